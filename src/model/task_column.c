#include "model/task_column.h"

#include <math.h>
#include <string.h>

#include "base/users.h"
#include "model/interval.h"
#include "model/time_split.h"

#define PCT_SHOWN 0.05 /* less than this is "0.0" on the screen */

static double value_pid(const struct task_view *view)
{
	return view->task->pid;
}

static double value_ppid(const struct task_view *view)
{
	return view->task->ppid;
}

static double value_cpu(const struct task_view *view)
{
	return view->cpu_pct;
}

static double value_bar(const struct task_view *view)
{
	return time_awake_pct(view);
}

static double value_time(const struct task_view *view)
{
	return known(view->task->cpu_ns) / 1e9;
}

static double value_rss(const struct task_view *view)
{
	return known(view->task->rss_bytes);
}

static double value_anon(const struct task_view *view)
{
	return known(view->task->anon_bytes);
}

static double value_swap(const struct task_view *view)
{
	return known(view->task->swap_bytes);
}

static double value_growth(const struct task_view *view)
{
	return view->rss_bytes_per_s;
}

static double value_read(const struct task_view *view)
{
	return view->read_bytes_per_s;
}

static double value_write(const struct task_view *view)
{
	return view->write_bytes_per_s;
}

static double value_io(const struct task_view *view)
{
	return sum_known(view->read_bytes_per_s, view->write_bytes_per_s);
}

static double value_minor(const struct task_view *view)
{
	return view->minor_per_s;
}

static double value_major(const struct task_view *view)
{
	return view->major_per_s;
}

static double value_runq(const struct task_view *view)
{
	return view->runq_pct;
}

static double value_disk(const struct task_view *view)
{
	return view->disk_wait_pct;
}

static double value_wait(const struct task_view *view)
{
	return (double)view->runq_pct + (double)view->disk_wait_pct;
}

static double value_blocked(const struct task_view *view)
{
	/* What is not in D has no age there. */
	return view->task->blocked_ns ? known(view->task->blocked_ns) / 1e9 : NAN;
}

static double value_voluntary(const struct task_view *view)
{
	return view->voluntary_per_s;
}

static double value_involuntary(const struct task_view *view)
{
	return view->involuntary_per_s;
}

static double value_threads(const struct task_view *view)
{
	return view->task->threads;
}

static double value_nice(const struct task_view *view)
{
	return view->task->nice;
}

static double value_text(const struct task_view *view)
{
	(void)view;
	return NAN;
}

const struct task_column task_columns[COLUMN_COUNT] = {
	[COL_PID] = { "pid", "PID", "process id", TYPE_ID, 7, true, value_pid },
	[COL_PPID] = { "ppid", "PPID", "process id of the parent", TYPE_ID, 7, true, value_ppid },
	[COL_USER] = { "user", "USER", "effective user", TYPE_NAME, 8, true, value_text },
	[COL_STATE] = { "state", "S", "state: R runs, D waits for a disk, S sleeps, Z ended",
			TYPE_NAME, 1, true, value_text },
	[COL_CPU] = { "cpu", "CPU%", "growth of utime + stime / interval, of one CPU", TYPE_PCT, 6,
		      false, value_cpu },
	[COL_BAR] = { "bar", "TIME BAR",
		      "of the interval: ran, waited for a CPU, in D, slept (threads added)",
		      TYPE_BAR, 12, false, value_bar },
	[COL_TIME] = { "time", "TIME", "utime + stime since it began", TYPE_DURATION, 8, false,
		       value_time },
	[COL_RSS] = { "rss", "RSS", "memory resident: rss * page size", TYPE_BYTES, 6, false,
		      value_rss },
	[COL_ANON] = { "anon", "ANON", "part of RSS that no file backs: RssAnon", TYPE_BYTES, 6,
		       false, value_anon },
	[COL_SWAP] = { "swap", "SWAP", "memory in swap: VmSwap", TYPE_BYTES, 6, false, value_swap },
	[COL_GROWTH] = { "growth", "GROW/s", "growth of RSS a second, negative when it shrinks",
			 TYPE_SIGNED_BYTES_RATE, 7, false, value_growth },
	[COL_READ] = { "read", "READ/s", "growth of read_bytes a second: fetched from storage",
		       TYPE_BYTES_RATE, 7, false, value_read },
	[COL_WRITE] = { "write", "WRITE/s", "growth of write_bytes a second: bound for storage",
			TYPE_BYTES_RATE, 8, false, value_write },
	[COL_IO] = { "io", "IO/s", "read and write together, a second", TYPE_BYTES_RATE, 7, false,
		     value_io },
	[COL_MINOR] = { "min", "MIN/s", "growth of min_flt a second: faults without a disk",
			TYPE_COUNT_RATE, 6, false, value_minor },
	[COL_MAJOR] = { "maj", "MAJ/s", "growth of maj_flt a second: faults that waited for a disk",
			TYPE_COUNT_RATE, 6, false, value_major },
	[COL_RUNQ] = { "runq", "RUNQ%",
		       "time it could run and waited for a CPU, summed over threads", TYPE_PCT, 6,
		       false, value_runq },
	[COL_DISK] = { "disk", "DISK%", "time it waited for a disk, summed over threads", TYPE_PCT,
		       6, false, value_disk },
	[COL_WAIT] = { "wait", "WAIT%", "RUNQ% and DISK% together; - while either is not known",
		       TYPE_PCT, 6, false, value_wait },
	[COL_BLOCKED] = { "dage", "D AGE",
			  "how long a thread of it has been in D, the longest; - none, or /proc",
			  TYPE_DURATION, 8, false, value_blocked },
	[COL_VOLUNTARY] = { "vcsw", "VCSW/s",
			    "voluntary context switches a second: it waited; - with /proc",
			    TYPE_COUNT_RATE, 6, false, value_voluntary },
	[COL_INVOLUNTARY] = { "ivcsw", "IVCSW/s",
			      "involuntary ones: its CPU was taken away; - with /proc",
			      TYPE_COUNT_RATE, 7, false, value_involuntary },
	[COL_THREADS] = { "threads", "THR", "threads: num_threads", TYPE_ID, 5, false,
			  value_threads },
	[COL_NICE] = { "nice", "NI", "niceness: -20 goes first, 19 last", TYPE_ID, 3, true,
		       value_nice },
	[COL_COMMAND] = { "command", "COMMAND", "name of the program", TYPE_NAME, 0, true,
			  value_text },
};

static const uint8_t columns_cpu[] = { COL_PID,	 COL_USER, COL_STATE,	COL_CPU,     COL_BAR,
				       COL_RUNQ, COL_TIME, COL_COMMAND, COLUMN_COUNT };
static const uint8_t columns_memory[] = { COL_PID,    COL_USER,	   COL_RSS,	COL_ANON,
					  COL_GROWTH, COL_COMMAND, COLUMN_COUNT };
static const uint8_t columns_io[] = { COL_PID,	 COL_USER,    COL_READ,
				      COL_WRITE, COL_COMMAND, COLUMN_COUNT };
static const uint8_t columns_faults[] = { COL_PID,   COL_USER,	  COL_MINOR,
					  COL_MAJOR, COL_COMMAND, COLUMN_COUNT };
static const uint8_t columns_waits[] = { COL_PID,  COL_USER,	COL_STATE,   COL_RUNQ,
					 COL_DISK, COL_COMMAND, COLUMN_COUNT };

const struct top_table top_tables[TOP_KINDS] = {
	[TOP_CPU] = { "cpu", "CPU", 'P', COL_CPU, COL_RUNQ, columns_cpu },
	[TOP_MEMORY] = { "memory", "MEMORY", 'M', COL_RSS, COL_GROWTH, columns_memory },
	[TOP_IO] = { "io", "I/O", 'I', COL_IO, COL_PID, columns_io },
	[TOP_FAULTS] = { "faults", "FAULTS", 'F', COL_MAJOR, COL_MINOR, columns_faults },
	[TOP_WAITS] = { "waits", "WAITS", 'W', COL_WAIT, COL_RUNQ, columns_waits },
};

/* A table's name stands for the column that it is ranked by: "mem" for RSS. */
int task_column_find(const char *key)
{
	for (int id = 0; id < COLUMN_COUNT; id++)
		if (!strcmp(task_columns[id].key, key))
			return id;
	for (int kind = 0; kind < TOP_KINDS; kind++)
		if (!strcmp(top_tables[kind].name, key))
			return (int)top_tables[kind].sort;
	return strcmp(key, "mem") ? -1 : COL_RSS;
}

/* Those that wait or work first: they are what one looks for. */
static int compare_state(char a, char b)
{
	static const char order[] = "DRZTtSIX";
	const char *at_a = a ? strchr(order, a) : NULL;
	const char *at_b = b ? strchr(order, b) : NULL;
	long rank_a = at_a ? at_a - order : (long)sizeof(order) + (unsigned char)a;
	long rank_b = at_b ? at_b - order : (long)sizeof(order) + (unsigned char)b;

	return (rank_a > rank_b) - (rank_a < rank_b);
}

static int compare_text(enum task_column_id column, const struct users *users, const struct task *a,
			const struct task *b)
{
	char name_a[USER_NAME_MAX], name_b[USER_NAME_MAX];

	switch (column) {
	case COL_STATE:
		return compare_state(a->state, b->state);
	case COL_COMMAND:
		return strcmp(a->comm, b->comm);
	case COL_USER:
		if (a->uid == b->uid)
			return 0;
		return strcmp(users_name(users, a->uid, name_a), users_name(users, b->uid, name_b));
	default:
		return 0;
	}
}

double task_column_key(enum task_column_id column, const struct task_view *view)
{
	const struct task_column *c = &task_columns[column];
	double value = c->value(view);

	if ((c->type == TYPE_PCT || c->type == TYPE_BAR) && value < PCT_SHOWN)
		return 0;
	return value;
}

/* In the column's own direction, against it when `reverse`; what is unknown last either way. */
static int compare_column(enum task_column_id column, bool reverse, const struct users *users,
			  const struct task_view *a, const struct task_view *b)
{
	const struct task_column *c = &task_columns[column];
	double value_a, value_b;
	int up;

	if (c->type == TYPE_NAME) {
		up = compare_text(column, users, a->task, b->task);
	} else {
		value_a = task_column_key(column, a);
		value_b = task_column_key(column, b);
		if (isnan(value_a) || isnan(value_b))
			return !!isnan(value_a) - !!isnan(value_b);
		up = (value_a > value_b) - (value_a < value_b);
	}
	return c->ascending != reverse ? up : -up;
}

int task_order_compare(const struct task_order *order, const struct task_view *a,
		       const struct task_view *b)
{
	int c = compare_column(order->sort, order->reverse, order->users, a, b);

	if (!c)
		c = compare_column(order->then, false, order->users, a, b);
	if (!c)
		c = (a->task->pid > b->task->pid) - (a->task->pid < b->task->pid);
	if (!c)
		c = (a->task->start_ns > b->task->start_ns) -
		    (a->task->start_ns < b->task->start_ns);
	return c;
}
