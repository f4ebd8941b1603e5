#include "sample/record_views.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define STRING(text) #text
#define EXPANDED(text) STRING(text)
#define BITS EXPANDED(ROW_BITS)
#define DROPPED_SECTION "faults."

/* Rows of a sample: ids that begin with its own. */
#define ROWS_OF(table, sample) \
	table ".id BETWEEN " sample " << " BITS " AND (" sample " + 1 << " BITS ") - 1"

#define GREW(name) "(CASE WHEN s." name " >= p." name " THEN s." name " - p." name " END)"
/* iowait goes back at times: that is no growth, and of the others' shares nothing is lost. */
#define TICKS(prefix, name) "max(coalesce(s." prefix name " - p." prefix name ", 0), 0)"
#define ALL_TICKS(prefix) \
	"nullif(" TICKS(prefix, "user") " + " TICKS(prefix, "nice") " + " TICKS(prefix, "system") " + " TICKS( \
		prefix, \
		"idle") " + " TICKS(prefix, \
				    "iowait") " + " TICKS(prefix, \
							  "irq") " + " TICKS(prefix, \
									     "softirq") " + " TICKS(prefix, \
												    "steal") ", 0)"
#define SHARE(prefix, name) \
	", 100.0 * " TICKS(prefix, name) " / " ALL_TICKS(prefix) " AS " name "_pct"
#define BUSY(prefix) \
	", 100 - 100.0 * (" TICKS(prefix, "idle") " + " TICKS(prefix, "iowait") ") / " ALL_TICKS( \
		prefix) " AS busy_pct"
#define SHARES(prefix) \
	BUSY(prefix) \
	SHARE(prefix, "user") \
	SHARE(prefix, "nice") \
	SHARE(prefix, "system") \
	SHARE(prefix, "idle") \
	SHARE(prefix, "iowait") SHARE(prefix, "irq") SHARE(prefix, "softirq") SHARE(prefix, "steal")
#define CPU_TOTAL(name) \
	", (100.0 * " TICKS("stat_", name) " / " ALL_TICKS("stat_") ") AS cpu_" name "_pct"

/* A suspend is told as the model tells it: the clock that counts it ran ahead of the other. */
static const char instant[] =
	"CREATE VIEW instant AS SELECT s.id, s.session, s.real_ns / 1e9 AS unix, "
	"strftime('%Y-%m-%dT%H:%M:%S', s.real_ns / 1000000000, 'unixepoch') || "
	"printf('.%03dZ', s.real_ns / 1000000 % 1000) AS time, "
	"CASE WHEN s.mono_ns > p.mono_ns AND NOT (s.boot_ns - p.boot_ns - (s.mono_ns - p.mono_ns) "
	"> max(1e8, 0.1 * (s.mono_ns - p.mono_ns))) "
	"THEN (s.mono_ns - p.mono_ns) / 1e9 END AS interval_s, "
	"p.id AS before, s.level, s.verdict FROM sample s "
	"LEFT JOIN sample p ON p.id = s.id - 1 AND p.session = s.session";

/* What the model computes from more than one value. */
static const char computed[] = ", max(" GREW("vm_pgfault") " - " GREW(
	"vm_pgmajfault") ", 0) / i.interval_s AS minor_per_s"
			 ", " GREW(
				 "vm_pswpin") " * s.page_bytes / i.interval_s AS swap_in_bytes_per_s"
					      ", " GREW(
						      "vm_pswpout") " * s.page_bytes / i.interval_s AS swap_out_bytes_per_s"
								    ", (100 - 100.0 * (" TICKS("stat_", "idle") " + " TICKS(
									    "stat_",
									    "iowait") ") / " ALL_TICKS("stat_") ") AS cpu_busy_pct" CPU_TOTAL("user")
									    CPU_TOTAL("nice") CPU_TOTAL(
										    "system") CPU_TOTAL("idle")
										    CPU_TOTAL("iowait") CPU_TOTAL(
											    "irq") CPU_TOTAL("softirq")
											    CPU_TOTAL(
												    "steal") ", s.mem_memavailable_kb * 1024 AS memory_available_bytes"
													     ", (s.mem_memtotal_kb - s.mem_memavailable_kb) * 1024 AS memory_used_bytes"
													     ", (s.mem_swaptotal_kb - s.mem_swapfree_kb) * 1024 AS memory_swap_used_bytes"
													     ", max(s.mem_cached_kb + s.mem_buffers_kb - s.mem_shmem_kb, 0) * 1024 AS page_cache_size_bytes";

static const char cpu_rates[] =
	"CREATE VIEW cpu_rates AS SELECT i.time, i.unix, i.id AS sample, i.interval_s, s.cpu" SHARES("") " FROM instant i JOIN cpu s ON " ROWS_OF(
		"s",
		"i.id") " LEFT JOIN cpu p ON " ROWS_OF("p",
						       "i.before") " AND p.cpu = s.cpu "
								   "AND i.interval_s IS NOT NULL";

static const char disk_rates[] =
	"CREATE VIEW disk_rates AS SELECT i.time, i.unix, i.id AS sample, i.interval_s, s.name, " GREW("sectors_read") " * 512 / i.interval_s AS read_bytes_per_s, " GREW("sectors_written") " * 512 / i.interval_s AS write_bytes_per_s, " GREW(
		"reads") " / i.interval_s AS reads_per_s, " GREW("writes") " / i.interval_s AS writes_per_s, "
									   "min(100, " GREW(
										   "io_ms") " / i.interval_s / 10) AS util_pct, s.in_flight "
											    "FROM instant i JOIN disk s ON " ROWS_OF("s", "i.id") " LEFT JOIN disk p ON " ROWS_OF(
												    "p",
												    "i.before") " AND p.name = s.name "
														"AND i.interval_s IS NOT NULL";

/* Unchanged since its row before, so all of the growth is of this one interval. */
static const char task_rates[] =
	"CREATE VIEW task_rates AS SELECT i.time, i.unix, i.id AS sample, i.interval_s, q.pid, "
	"q.comm, coalesce(u.name, s.uid) AS user, s.state, " GREW("cpu_ns") " / 1e7 / i.interval_s AS cpu_pct, s.rss_bytes, " GREW("read_bytes") " / i.interval_s AS read_bytes_per_s, " GREW("write_bytes") " / i.interval_s AS write_bytes_per_s, " GREW("minor_faults") " / i.interval_s AS minor_per_s, " GREW(
		"major_faults") " / i.interval_s AS major_per_s, " GREW("run_delay_ns") " / 1e7 / i.interval_s AS runq_pct, " GREW("disk_wait_ns") " / 1e7 / i.interval_s AS disk_wait_pct, s.threads, q.start_ns "
																		   "FROM instant i JOIN task s ON " ROWS_OF(
																			   "s",
																			   "i.id") " JOIN process q ON q.id = s.process LEFT JOIN user u ON u.uid = s.uid "
																				   "LEFT JOIN task p ON p.id = s.before AND i.interval_s IS NOT NULL";

#define PRESSURE(kind, line) \
	"SELECT i.time, i.unix, i.id AS sample, i.interval_s, '" kind "' AS kind, '" line \
	"' AS line, min(100, " GREW( \
		"psi_" kind "_" line \
		"_total_us") " / 1e4 / i.interval_s) AS now_pct, s.psi_" kind "_" line \
			     "_avg10_centi / 100.0 AS avg10_pct, s.psi_" kind "_" line \
			     "_avg60_centi / 100.0 AS avg60_pct, s.psi_" kind "_" line \
			     "_avg300_centi / 100.0 AS avg300_pct, s.psi_" kind "_" line \
			     "_total_us AS total_us " \
			     "FROM instant i JOIN sample s ON s.id = i.id LEFT JOIN sample p ON p.id = i.before"

static const char pressure[] =
	"CREATE VIEW pressure AS " PRESSURE("cpu", "some") " UNION ALL " PRESSURE("cpu", "full") " UNION ALL " PRESSURE("memory", "some") " UNION ALL " PRESSURE(
		"memory",
		"full") " UNION ALL " PRESSURE("io",
					       "some") " UNION ALL " PRESSURE("io",
									      "full") " UNION ALL " PRESSURE("irq",
													     "some") " UNION ALL " PRESSURE("irq",
																	    "full");

static const char *const fixed[] = { instant, cpu_rates, disk_rates, task_rates, pressure };

static const char *const names[] = { "instant",	   "cpu_rates", "disk_rates",
				     "task_rates", "pressure",	"rates" };

/* "cpu.load1" becomes cpu_load1, and "faults.major_per_s" major_per_s. */
static void add_name(struct sql *sql, const char *metric)
{
	size_t section = strlen(DROPPED_SECTION);

	if (!strncmp(metric, DROPPED_SECTION, section))
		metric += section;
	sql_add(sql, " AS ");
	for (; *metric; metric++)
		sql_add(sql, "%c", *metric == '.' ? '_' : *metric);
}

static void add_metric(struct sql *sql, const struct record_metric *metric)
{
	const struct field *field = field_at(&sample_fields, metric->raw);
	const char *name = field ? field->name : NULL;

	if (!name || !(metric->gauge || metric->rate))
		return;
	sql_add(sql, metric->share && metric->rate ? ", min(100, " : ", (");
	if (metric->gauge)
		sql_add(sql, "s.%s * %.15g)", name, metric->scale);
	else
		sql_add(sql,
			"(CASE WHEN s.%s >= p.%s THEN s.%s - p.%s END) * %.15g / i.interval_s)",
			name, name, name, name, metric->scale);
	add_name(sql, metric->name);
}

static int make_rates(sqlite3 *db, const struct record_options *options, struct sql *sql)
{
	sql->len = 0;
	sql_add(sql,
		"CREATE VIEW rates AS SELECT i.time, i.unix, i.id AS sample, i.interval_s, "
		"i.level, i.verdict%s",
		computed);
	for (size_t i = 0; i < options->metric_count; i++)
		add_metric(sql, &options->metric[i]);
	sql_add(sql, " FROM instant i JOIN sample s ON s.id = i.id "
		     "LEFT JOIN sample p ON p.id = i.before AND i.interval_s IS NOT NULL");
	return sql->cut ? -EOVERFLOW : db_exec(db, sql->buf);
}

int record_views(sqlite3 *db, const struct record_options *options, struct sql *sql)
{
	int err = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !err; i++) {
		sql->len = 0;
		sql_add(sql, "DROP VIEW IF EXISTS %s", names[i]);
		err = db_exec(db, sql->buf);
	}
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]) && !err; i++)
		err = db_exec(db, fixed[i]);
	return err ? err : make_rates(db, options, sql);
}
