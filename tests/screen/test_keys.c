/* What the keys do on the real screen, over a copied machine whose every number is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "screen/session.h"
#include "ui/keys.h"
#include "ui/theme.h"

#define NOW "load 2.42"
#define SHOWN_MS 150 /* several samples' time: what would come has come */
#define FIRST_ROW 15 /* of the table, at 80x24 */

static const char *const fast[] = { "-d", "0.05", NULL };
static const struct term_options small = { .rows = 24, .cols = 80 };
static const struct term_options large = { .rows = 45, .cols = 160 };

static void open_web3(struct session *session, const struct term_options *options)
{
	session_settle(session, "web3", options, fast, WEB3_SETTLED);
}

/* The name in the first row of the table of 80x24. */
static bool leads(struct term *term, void *name)
{
	return strstr(term_row(term, FIRST_ROW), name) != NULL;
}

static void press_leads(struct session *session, const char *keys, const char *name)
{
	assert_int_equal(term_keys(session->term, keys), 0);
	assert_int_equal(term_wait(session->term, leads, (void *)name, TERM_WAIT_MS), 0);
}

static void space_holds_the_picture_while_samples_come(void **state)
{
	static char paused[16384];
	struct session session;

	(void)state;
	open_web3(&session, &small);
	session_press(&session, " ", "PAUSED");
	snprintf(paused, sizeof(paused), "%s", term_screen(session.term));
	session_tick_load(&session, "7.77");
	session_hang(&session);
	session_tick_load(&session, "8.88");
	assert_int_equal(term_idle(session.term, SHOWN_MS), 0);
	assert_string_equal(term_screen(session.term), paused);
	session_press(&session, " ", "load 7.77");
	assert_false(term_shows(session.term, "PAUSED"));
	assert_false(term_shows(session.term, WEB3_SETTLED));
	session_unhang(&session, 1);
	session_wait(&session, "load 8.88");
	session_quit(&session);
	session_close(&session);
}

static void keys_work_on_a_paused_picture(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, &small);
	session_press(&session, " ", "PAUSED");
	session_tick_load(&session, "7.77");
	press_leads(&session, "F", "python3");
	press_leads(&session, "r", "firefox");
	press_leads(&session, "M", "python3");
	session_press(&session, "z", "kworker");
	session_press_gone(&session, "\033", "kworker");
	session_press(&session, "?", "HELP");
	session_press_gone(&session, "?", "HELP");
	assert_true(term_shows(session.term, NOW));
	assert_true(term_shows(session.term, WEB3_SETTLED));
	/* The order that was chosen on it is kept. */
	press_leads(&session, "r", "kthreadd");
	session_press(&session, " ", "load 7.77");
	session_wait(&session, "RSS▴");
	session_quit(&session);
	session_close(&session);
}

static void the_delay_is_typed(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, &small);
	session_press(&session, "d", "delay in seconds [0.05]:");
	session_press(&session, "0.2\r", "proc");
	session_wait(&session, "0.2s");
	/* Samples come at the new delay. */
	session_tick_load(&session, "7.77");
	session_wait(&session, "load 7.77");
	session_press(&session, "d9999\r", "a delay is from 0.05 to 3600 seconds");
	assert_true(term_shows(session.term, "0.2s"));
	/* What was typed is there to be changed. */
	assert_true(term_shows(session.term, "]: 9999_"));
	session_press_gone(&session, "\033[D\033[D\x0b", "a delay is");
	assert_true(term_shows(session.term, "]: 99_"));
	session_press(&session,
		      "\x15"
		      "1.2.3\r",
		      "a delay is from");
	session_press(&session,
		      "\x15"
		      "7x\b\b3",
		      "]: 3_");
	session_press_gone(&session, "\033", "delay in seconds");
	assert_true(term_shows(session.term, "0.2s"));
	session_press(&session, "d", "delay in seconds");
	session_press_gone(&session, "\r", "delay in seconds");
	assert_true(term_shows(session.term, "0.2s"));
	session_press(&session, "d3\r", "3.0s");
	session_quit(&session);
	session_close(&session);
}

static void the_tables_have_a_key_each(void **state)
{
	static const struct {
		const char *key, *tab, *heading, *first;
	} tables[] = {
		{ "M", "[mem]", "RSS▾", "python3" },	  { "I", "[io]", "WR/s", "postgres" },
		{ "F", "[faults]", "MAJ/s▾", "python3" }, { "W", "[waits]", "WAIT%▾", "python3" },
		{ "P", "[cpu]", "CPU%▾", "python3" },
	};
	struct session session;

	(void)state;
	open_web3(&session, &small);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		session_press(&session, tables[i].key, tables[i].tab);
		assert_true(term_shows(session.term, tables[i].heading));
		assert_true(leads(session.term, (void *)tables[i].first));
	}
	session_quit(&session);
	session_close(&session);
}

static void the_sort_column_moves_and_turns(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, &small);
	assert_true(term_shows(session.term, "CPU%▾"));
	session_press(&session, ">", "RSS▾");
	session_press(&session, ">", "RD/s▾");
	press_leads(&session, ">", "postgres");
	assert_true(term_shows(session.term, "WR/s▾"));
	session_press(&session, "<<", "RSS▾");
	session_press(&session, "r", "RSS▴");
	session_press(&session, "r", "RSS▾");
	/* Another column, another table: each starts with its largest. */
	session_press(&session, "r<", "CPU%▾");
	press_leads(&session, "r", "kthreadd");
	press_leads(&session, "P", "python3");
	session_quit(&session);
	session_close(&session);
}

/* Whether the corner of the frame with that title has the colour of the focus. */
static bool is_accented(struct term *term, const char *title)
{
	int row, column;

	if (!term_find(term, title, &row, &column))
		return false;
	return term_cell(term, row, column).fg.index ==
	       theme_look(DEPTH_256, STYLE_FOCUS, false).fg;
}

static bool only_accented(struct term *term, void *title)
{
	static const char *const frames[] = { "╭─ CPU",	    "╭─ MEMORY",     "╭─ PRESSURE",
					      "╭─ FAULTS",  "╭─ TOP CPU",    "╭─ TOP MEMORY",
					      "╭─ TOP I/O", "╭─ TOP FAULTS", "╭─ TOP WAITS" };
	bool good = is_accented(term, title);

	for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++)
		if (strcmp(frames[i], title) && is_accented(term, frames[i]))
			good = false;
	return good;
}

static void tab_moves_the_focus_both_ways_round(void **state)
{
	static const char *const forth[] = { "╭─ TOP MEMORY", "╭─ TOP I/O", "╭─ TOP FAULTS",
					     "╭─ TOP WAITS",  "╭─ CPU",	    "╭─ MEMORY",
					     "╭─ PRESSURE",   "╭─ FAULTS",  "╭─ TOP CPU" };
	struct session session;

	(void)state;
	open_web3(&session, &large);
	assert_true(only_accented(session.term, "╭─ TOP CPU"));
	for (size_t i = 0; i < 9; i++) {
		term_keys(session.term, "\t");
		assert_int_equal(
			term_wait(session.term, only_accented, (void *)forth[i], TERM_WAIT_MS), 0);
	}
	for (size_t i = 8; i-- > 0;) {
		term_keys(session.term, "\033[Z");
		assert_int_equal(
			term_wait(session.term, only_accented, (void *)forth[i], TERM_WAIT_MS), 0);
	}
	session_quit(&session);
	session_close(&session);
}

static void a_pane_is_zoomed_and_given_back(void **state)
{
	static const char *const leave[] = { "\033", "z", "\r" };
	struct session session;

	(void)state;
	open_web3(&session, &small);
	for (size_t i = 0; i < sizeof(leave) / sizeof(*leave); i++) {
		session_press(&session, i ? "z" : "\r", "kworker");
		assert_false(term_shows(session.term, "PRESSURE"));
		session_press(&session, leave[i], "PRESSURE");
		assert_false(term_shows(session.term, "kworker"));
	}
	/* While zoomed, Tab shows the next pane whole. */
	session_press(&session, "\tz", "busy   us");
	session_press(&session, "\t", "Cached");
	session_press(&session, "\033", "PRESSURE");
	session_quit(&session);
	session_close(&session);
}

/* The name on the selected row, told by its background; "" if none is. */
static const char *selected(struct term *term)
{
	int background = theme_look(DEPTH_256, STYLE_TEXT, true).bg;

	for (int row = 0; row < term_rows(term); row++)
		if (term_cell(term, row, 10).bg.index == background)
			return term_row(term, row);
	return "";
}

static bool is_selected(struct term *term, void *name)
{
	return *(char *)name ? strstr(selected(term), name) != NULL : !*selected(term);
}

static void press_selects(struct session *session, const char *keys, const char *name)
{
	assert_int_equal(term_keys(session->term, keys), 0);
	assert_int_equal(term_wait(session->term, is_selected, (void *)name, TERM_WAIT_MS), 0);
}

static void the_selection_stays_with_its_process(void **state)
{
	struct session session;

	(void)state;
	session_open(&session, "web3", &small, fast);
	assert_true(is_selected(session.term, ""));
	/* Without rates the order is by process id: 1, 2, 88. */
	press_selects(&session, "\033[B", "systemd");
	press_selects(&session, "\033[B", "kthreadd");
	press_selects(&session, "\033[B", "kswapd0");
	assert_false(leads(session.term, "python3"));
	assert_int_equal(tree_advance(&session.tree, 1), 0);
	session_wait(&session, WEB3_SETTLED);
	assert_true(leads(session.term, "python3"));
	assert_true(is_selected(session.term, "kswapd0"));
	press_selects(&session, "\033[A", "python3");
	press_selects(&session, "\033[A", "python3");
	press_selects(&session, "\033OB", "kswapd0");
	/* In the zoomed table too, and Esc takes it away only there where it is seen. */
	session_press(&session, "z", "kworker");
	assert_true(is_selected(session.term, "kswapd0"));
	press_selects(&session, "\033[F", "kworker");
	press_selects(&session, "\033[H", "python3");
	session_press(&session, "\033", "PRESSURE");
	assert_true(is_selected(session.term, "python3"));
	press_selects(&session, "\033", "");
	session_quit(&session);
	session_close(&session);
}

static void a_zoomed_table_scrolls_through_all(void **state)
{
	static const char *const slow[] = { "-d", "0.05", NULL };
	const struct term_options low = { .rows = 12, .cols = 80 };
	struct session session;

	(void)state;
	session_open(&session, "hostile", &low, slow);
	session_press(&session, "z", "COMMAND");
	session_wait(&session, "1-");
	assert_true(term_shows(session.term, "of 23"));
	session_press_gone(&session, "\033[6~", " 1-");
	session_press(&session, "\033[F", "-23 of 23");
	session_press(&session, "\033[6~", "-23 of 23");
	session_press_gone(&session, "\033[5~", "-23 of 23");
	session_press(&session, "\033[H", " 1-");
	session_press(&session, "\033[5~", " 1-");
	session_quit(&session);
	session_close(&session);
}

/* Goes through the page until the text has been on the screen. */
static void scroll_to(struct session *session, const char *text)
{
	term_keys(session->term, "\033[H");
	for (int i = 0; i < 80 && !term_shows(session->term, text); i++) {
		term_keys(session->term, "\033[B");
		assert_int_equal(term_wait_quiet(session->term, TERM_SETTLED_MS, TERM_WAIT_MS), 0);
	}
	assert_true(term_shows(session->term, text));
}

static void the_help_lists_every_key_and_scrolls(void **state)
{
	struct session session;

	(void)state;
	open_web3(&session, &(const struct term_options){ .rows = 60, .cols = 160 });
	session_press(&session, "?", "HELP");
	for (size_t i = 0; i < key_binding_count; i++) {
		assert_true(term_shows(session.term, key_bindings[i].cap));
		assert_true(term_shows(session.term, key_bindings[i].help));
	}
	/* Opaque: nothing of the panes is to be seen through it. */
	assert_false(term_shows(session.term, "PRESSURE"));
	assert_false(term_shows(session.term, "postgres"));
	assert_int_equal(term_resize(session.term, 24, 80), 0);
	session_wait(&session, "HELP");
	assert_true(term_shows(session.term, "move the focus to the next pane"));
	assert_false(term_shows(session.term, "leave stalltop"));
	scroll_to(&session, "leave stalltop");
	scroll_to(&session, "critical");
	session_press_gone(&session, "\033[F", "move the focus to the next pane");
	session_press(&session, "\033[H", "move the focus to the next pane");
	session_press(&session, "\033", "PRESSURE");
	session_press(&session, "\033OP", "HELP");
	session_quit(&session);
	session_close(&session);
}

static void options_sort_and_choose_as_keys_do(void **state)
{
	static const char *const by_memory[] = { "-d", "0.05", "-s", "rss", NULL };
	static const char *const by_column[] = { "-d", "0.05", "--sort=min", NULL };
	static const char *const of_user[] = { "-d", "0.05", "-u", "postgres", NULL };
	struct session session;

	(void)state;
	session_settle(&session, "web3", &small, by_memory, WEB3_SETTLED);
	assert_true(term_shows(session.term, "[mem]"));
	assert_true(term_shows(session.term, "RSS▾"));
	session_quit(&session);
	session_close(&session);
	session_settle(&session, "web3", &small, by_column, WEB3_SETTLED);
	assert_true(term_shows(session.term, "MIN/s▾"));
	assert_true(leads(session.term, "firefox"));
	session_quit(&session);
	session_close(&session);
	session_settle(&session, "web3", &small, of_user, WEB3_SETTLED);
	assert_true(leads(session.term, "postgres"));
	session_press(&session, "z", "TOP CPU");
	assert_false(term_shows(session.term, "kswapd0"));
	session_quit(&session);
	session_close(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(space_holds_the_picture_while_samples_come),
		cmocka_unit_test(keys_work_on_a_paused_picture),
		cmocka_unit_test(the_delay_is_typed),
		cmocka_unit_test(the_tables_have_a_key_each),
		cmocka_unit_test(the_sort_column_moves_and_turns),
		cmocka_unit_test(tab_moves_the_focus_both_ways_round),
		cmocka_unit_test(a_pane_is_zoomed_and_given_back),
		cmocka_unit_test(the_selection_stays_with_its_process),
		cmocka_unit_test(a_zoomed_table_scrolls_through_all),
		cmocka_unit_test(options_sort_and_choose_as_keys_do),
		cmocka_unit_test(the_help_lists_every_key_and_scrolls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
