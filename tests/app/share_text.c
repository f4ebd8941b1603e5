#include "share_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "app/option_table.h"
#include "model/alert.h"
#include "ui/keys.h"

#define WORDS_MAX 1024

/* --- what an option's argument may be */

static void columns_of(char *words, size_t cap)
{
	words[0] = '\0';
	for (int i = 0; i < COLUMN_COUNT; i++)
		snprintf(words + strlen(words), cap - strlen(words), "%s%s", i ? " " : "",
			 task_columns[i].key);
}

/* The words that an option takes: it names them when it is given another one. */
static void words_of(const struct option_row *row, char *words, size_t cap)
{
	static const char list[] = " is not one of ";
	char given[64], why[256] = "";
	char *argv[] = { "stalltop", given, NULL };
	struct options options;
	const char *at;

	words[0] = '\0';
	if (!strcmp(row->argument, "FIELD")) {
		columns_of(words, cap);
		return;
	}
	snprintf(given, sizeof(given), "--%s=?", row->name);
	if (!options_parse(&options, 2, argv, true, why, sizeof(why)))
		return;
	at = strstr(why, list);
	for (at = at ? at + sizeof(list) - 1 : ""; *at; at += *at == ',' ? 2 : 0) {
		size_t len = strcspn(at, ",");

		snprintf(words + strlen(words), cap - strlen(words), "%s%.*s", *words ? " " : "",
			 (int)len, at);
		at += len;
	}
}

/* How each shell completes an argument that is no list of words. */
static const struct {
	const char *argument, *bash, *zsh, *fish;
} kinds[] = {
	{ "FILE", "-f", "_files", "-r -F" },
	{ "DIR", "-d", "_files -/", "-x -a '(__fish_complete_directories)'" },
	{ "USER", "-u", "_users", "-x -a '(__fish_complete_users)'" },
	{ "PID", NULL, "_pids", "-x -a '(__fish_complete_pids)'" },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t kind_of(const struct option_row *row)
{
	size_t kind = 0;

	while (kind < KINDS && strcmp(kinds[kind].argument, row->argument) != 0)
		kind++;
	return kind;
}

/* --- the man page */

static void put_roff(FILE *out, const char *text)
{
	static const struct {
		char c;
		const char *roff;
	} escapes[] = { { '\\', "\\e" },  { '-', "\\-" },   { '\'', "\\(aq" },
			{ '~', "\\(ti" }, { '^', "\\(ha" }, { '`', "\\(ga" } };

	if (*text == '.')
		fputs("\\&", out);
	for (; *text; text++) {
		const char *roff = NULL;

		for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
			if (escapes[i].c == *text)
				roff = escapes[i].roff;
		if (roff)
			fputs(roff, out);
		else
			fputc(*text, out);
	}
}

/* %s stands for a text that is escaped here; the rest is roff as it is. */
static void put_page(FILE *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	for (const char *place; (place = strstr(format, "%s")); format = place + 2) {
		fwrite(format, 1, (size_t)(place - format), out);
		put_roff(out, va_arg(arguments, const char *));
	}
	fputs(format, out);
	va_end(arguments);
}

static void put_man_options(FILE *out)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		char letter[2] = { row->letter, '\0' };

		fputs(".TP\n", out);
		if (row->letter)
			put_page(out, "\\fB\\-%s\\fR, ", letter);
		put_page(out, "\\fB\\-\\-%s\\fR", row->name);
		if (row->argument)
			put_page(out, " \\fI%s\\fR", row->argument);
		put_page(out, "\n%s\n", row->help);
	}
}

static void put_man_keys(FILE *out)
{
	for (size_t i = 0; i < key_binding_count; i++)
		put_page(out, ".TP\n\\fB%s\\fR\n%s\n", key_bindings[i].cap, key_bindings[i].help);
}

static void put_man_columns(FILE *out)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		put_page(out, ".TP\n\\fB%s\\fR (%s)\n%s\n", task_columns[i].key,
			 task_columns[i].heading, task_columns[i].help);
}

static void put_man_alerts(FILE *out)
{
	static const char *const tests[] = {
		[ABOVE] = "above", [FROM] = "from", [AT_MOST] = "at most"
	};

	for (size_t i = 0; i < alert_rule_count; i++) {
		const struct alert_rule *rule = &alert_rules[i];
		char warn[64] = "", crit[64] = "";

		if (!isnan(rule->warn))
			snprintf(warn, sizeof(warn), "warning %s %g", tests[rule->test],
				 rule->warn);
		if (!isnan(rule->crit))
			snprintf(crit, sizeof(crit), "critical %s %g", tests[rule->test],
				 rule->crit);
		put_page(out, ".TP\n\\fB%s\\fR (%s)\n%s, by %s: %s%s%s\n", rule->name,
			 rule->headline, metrics[rule->metric].help, metrics[rule->metric].name,
			 warn, *warn && *crit ? ", " : "", crit);
	}
}

/* --- the shells */

/* Text inside single quotes; brackets are marked for zsh. */
static void put_quoted(FILE *out, const char *text, bool zsh)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else if (zsh && (*text == '[' || *text == ']' || *text == ':'))
			fprintf(out, "\\%c", *text);
		else if (!zsh && *text == '\\')
			fputs("\\\\", out);
		else
			fputc(*text, out);
	}
}

static void put_bash_options(FILE *out)
{
	fputs("\t\tlocal options=(\n", out);
	for (size_t i = 0; i < option_row_count; i++) {
		if (option_rows[i].letter)
			fprintf(out, "\t\t\t-%c --%s\n", option_rows[i].letter,
				option_rows[i].name);
		else
			fprintf(out, "\t\t\t--%s\n", option_rows[i].name);
	}
	fputs("\t\t)\n", out);
}

static void put_bash_values(FILE *out)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		char words[WORDS_MAX];
		size_t kind;

		if (!row->argument)
			continue;
		fputc('\t', out);
		if (row->letter)
			fprintf(out, "-%c | ", row->letter);
		fprintf(out, "--%s)\n", row->name);
		words_of(row, words, sizeof(words));
		kind = kind_of(row);
		if (*words)
			fprintf(out, "\t\tmapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\")\n",
				words);
		else if (kind < KINDS && kinds[kind].bash)
			fprintf(out, "%s\t\tmapfile -t COMPREPLY < <(compgen %s -- \"$word\")\n",
				strcmp(row->argument, "USER") ? "\t\tcompopt -o filenames\n" : "",
				kinds[kind].bash);
		fputs("\t\treturn\n\t\t;;\n", out);
	}
}

static void put_zsh_options(FILE *out)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		const char *plus = row->argument ? "+" : "", *equal = row->argument ? "=" : "";
		char words[WORDS_MAX];
		size_t kind;

		if (row->letter)
			fprintf(out, "\t'(-%c --%s)'{-%c%s,--%s%s}'[", row->letter, row->name,
				row->letter, plus, row->name, equal);
		else
			fprintf(out, "\t'--%s%s[", row->name, equal);
		put_quoted(out, row->help, true);
		fputc(']', out);
		if (row->argument) {
			words_of(row, words, sizeof(words));
			kind = kind_of(row);
			fputc(':', out);
			put_quoted(out, row->argument, true);
			if (*words)
				fprintf(out, ":(%s)", words);
			else
				fprintf(out, ":%s", kind < KINDS ? kinds[kind].zsh : " ");
		}
		fputs("'\n", out);
	}
}

static void put_fish_options(FILE *out)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		char words[WORDS_MAX];
		size_t kind;

		fputs("complete -c stalltop", out);
		if (row->letter)
			fprintf(out, " -s %c", row->letter);
		fprintf(out, " -l %s", row->name);
		if (row->argument) {
			words_of(row, words, sizeof(words));
			kind = kind_of(row);
			if (*words)
				fprintf(out, " -x -a '%s'", words);
			else
				fprintf(out, " %s", kind < KINDS ? kinds[kind].fish : "-x");
		}
		fputs(" -d '", out);
		put_quoted(out, row->help, false);
		fputs("'\n", out);
	}
}

const struct share_part share_parts[] = {
	{ "stalltop.1", "options", put_man_options },
	{ "stalltop.1", "keys", put_man_keys },
	{ "stalltop.1", "columns", put_man_columns },
	{ "stalltop.1", "alerts", put_man_alerts },
	{ "stalltop.bash", "values", put_bash_values },
	{ "stalltop.bash", "options", put_bash_options },
	{ "_stalltop", "options", put_zsh_options },
	{ "stalltop.fish", "options", put_fish_options },
};

const size_t share_part_count = sizeof(share_parts) / sizeof(share_parts[0]);
