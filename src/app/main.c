#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/bar_signals.h"
#include "app/bench.h"
#include "app/config.h"
#include "app/config_save.h"
#include "app/options.h"
#include "app/profile.h"
#include "app/replaying.h"
#include "app/session.h"
#include "base/text.h"
#include "out/metric_list.h"
#include "sample/live.h"
#include "tasks/bpf_refusal.h"

#define EXIT_USAGE 2
#define USAGE_MAX 8192

static int print_usage(void)
{
	char text[USAGE_MAX];

	options_usage(text, sizeof(text));
	return fputs(text, stdout) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int print_columns(void)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		printf("%-10s %-8s %s\n", task_columns[i].key, task_columns[i].heading,
		       task_columns[i].help);
	return EXIT_SUCCESS;
}

static int print_some(void *to, const char *text, size_t len)
{
	return fwrite(text, 1, len, to) == len ? 0 : -errno;
}

static int print_metrics(const struct options *options)
{
	int err = options->output == OUTPUT_JSON ? metric_list_json(print_some, stdout)
						 : metric_list(print_some, stdout);

	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int choose_user(const struct options *options, const struct feed *feed, struct model *model)
{
	if (!options->user)
		return 0;
	model->filter.by_uid = true;
	return users_find(feed_users(feed), options->user, &model->filter.uid);
}

static void print_no_user(const char *name)
{
	char clean[80];

	text_clean(clean, sizeof(clean), name, strlen(name));
	fprintf(stderr, "stalltop: no user '%s'\n", clean);
}

/* collector is NULL when the feed is a recording. */
static int sample(const struct options *options, struct feed *feed, struct collector *collector)
{
	struct model model;
	int status = EXIT_FAILURE;

	if (options->profile_s > 0)
		return profile_run(options, collector);
	if (model_init(&model)) {
		fprintf(stderr, "stalltop: out of memory\n");
		return EXIT_FAILURE;
	}
	settings_to_model(&options->config->settings, &model);
	model.filter.root_pid = options->pid;
	if (choose_user(options, feed, &model)) {
		print_no_user(options->user);
		status = EXIT_USAGE;
	} else if (options->bench) {
		status = bench_run(options, collector, &model);
	} else {
		status = session_run(options, feed, &model);
	}
	model_release(&model);
	return status;
}

static bool process_exists(const char *proc_root, uint32_t pid)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%u", proc_root, pid);
	return !access(path, F_OK);
}

static int run_replay(const struct options *options)
{
	char why[REPLAY_WHY_MAX];
	struct replay *replay;
	uint64_t damaged;
	int status;

	bpf_caps_drop(true);
	if (replaying_open(&replay, options, why)) {
		fprintf(stderr, "stalltop: %s\n", why);
		return EXIT_FAILURE;
	}
	status = sample(options, replay_feed(replay), NULL);
	damaged = replay_damaged(replay);
	replay_close(replay);
	if (!damaged)
		return status;
	fprintf(stderr, "stalltop: the recording is damaged: %llu samples were left out\n",
		(unsigned long long)damaged);
	return EXIT_FAILURE;
}

static int run(const struct options *options)
{
	struct collector_options how = options->collector;
	char why[SOURCE_WHY_MAX] = "";
	struct collector *collector;
	struct live live;
	int err, status;

	if (options->output == OUTPUT_WAYBAR)
		bar_signals_hold();
	how.why = why;
	err = collector_open(&collector, &how);
	if (err) {
		if (*why)
			fprintf(stderr, "stalltop: bpf: %s\n", why);
		else
			fprintf(stderr, "stalltop: %s: %s\n", how.proc_root, strerror(-err));
		return EXIT_FAILURE;
	}
	/* The probe has given up what it needed; without it nobody ever needed it. */
	if (strcmp(collector_source(collector), "bpf"))
		bpf_caps_drop(true);
	if (options->pid && !process_exists(how.proc_root, options->pid)) {
		fprintf(stderr, "stalltop: no process %u\n", options->pid);
		status = EXIT_FAILURE;
	} else {
		status = sample(options, live_feed(&live, collector), collector);
	}
	collector_close(collector);
	return status;
}

static int write_config(const struct options *options)
{
	struct settings settings = options->config->settings;
	struct model model;
	struct view view;
	char what[256];
	int err;

	if (model_init(&model)) {
		fprintf(stderr, "stalltop: out of memory\n");
		return EXIT_FAILURE;
	}
	view_init(&view, options->delay_s);
	settings_to_model(&settings, &model);
	settings_to_view(&settings, &view);
	if (options->sort_given)
		view_sort(&view, &model, options->sort);
	settings_from(&settings, &view, &model);
	settings_from_options(&settings, options);
	err = config_save(options->config, &settings, what, sizeof(what));
	fprintf(err ? stderr : stdout, "%s%s\n", err ? "stalltop: " : "", what);
	view_release(&view);
	model_release(&model);
	return err ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The dashboard says it on its screen. */
static void print_notes(const struct setting_notes *notes)
{
	for (int i = 0; i < notes->count && i < NOTES_MAX; i++) {
		if (notes->note[i].line)
			fprintf(stderr, "stalltop: %s:%d: %s\n", notes->path, notes->note[i].line,
				notes->note[i].text);
		else
			fprintf(stderr, "stalltop: %s: %s\n", notes->path, notes->note[i].text);
	}
	if (notes->count > NOTES_MAX)
		fprintf(stderr, "stalltop: %s: and %d more\n", notes->path,
			notes->count - NOTES_MAX);
}

static int configure_and_run(struct options *options)
{
	struct config config;
	char why[320];
	int err = config_load(&config, options->config_file, why, sizeof(why));

	/* What is to be written need not be there. */
	if (err && !(err == -ENOENT && options->write_config)) {
		fprintf(stderr, "stalltop: %s\n", why);
		return EXIT_FAILURE;
	}
	options->config = &config;
	settings_to_options(&config.settings, options);
	if (options->write_config || options->output != OUTPUT_TUI || options->bench ||
	    options->profile_s > 0)
		print_notes(&config.notes);
	return options->write_config ? write_config(options)
	       : options->replay     ? run_replay(options)
				     : run(options);
}

static int obey(struct options *options)
{
	switch (options->command) {
	case COMMAND_HELP:
		return print_usage();
	case COMMAND_VERSION:
		printf("stalltop %s\n", STALLTOP_VERSION);
		return EXIT_SUCCESS;
	case COMMAND_METRICS:
		return print_metrics(options);
	case COMMAND_SORT_HELP:
		return print_columns();
	case COMMAND_RUN:
		break;
	}
	return configure_and_run(options);
}

/* What still lay in the buffer may not have gone out. */
static int close_output(int status)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	if (errno == EPIPE)
		return status;
	fprintf(stderr, "stalltop: %s\n", strerror(errno));
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct options options;
	char why[256];

	/* Numbers use '.' in every locale; the locale decides only what the terminal can show. */
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	if (options_parse(&options, argc, argv, isatty(STDIN_FILENO) && isatty(STDOUT_FILENO), why,
			  sizeof(why))) {
		fprintf(stderr, "stalltop: %s\n", why);
		return EXIT_USAGE;
	}
	return close_output(obey(&options));
}
