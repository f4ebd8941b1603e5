/* What terminals send for the mouse, byte by byte: whole, cut short, and hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/mouse_report.h"

/* Takes bytes until the report ends; the count of those taken, or of those before the one refused. */
static int take(enum mouse_form form, const char *bytes, enum mouse_progress *progress,
		struct mouse *mouse)
{
	struct mouse_report report;
	int taken = 0;

	*mouse = (struct mouse){ MOUSE_NONE, -7, -7 };
	mouse_report_begin(&report, form);
	*progress = MOUSE_MORE;
	while (bytes[taken] && *progress == MOUSE_MORE)
		*progress = mouse_report_take(&report, (unsigned char)bytes[taken++], mouse);
	assert_int_equal(report.form, *progress == MOUSE_MORE ? form : MOUSE_FORM_NONE);
	return *progress == MOUSE_BROKEN ? taken - 1 : taken;
}

static void sgr_reports_are_read(void **state)
{
	static const struct {
		const char *bytes;
		struct mouse mouse;
	} good[] = {
		{ "0;1;1M", { MOUSE_CLICK, 0, 0 } },
		{ "0;300;45M", { MOUSE_CLICK, 44, 299 } },
		{ "0;300;45m", { MOUSE_NONE, 44, 299 } },
		{ "64;5;6M", { MOUSE_WHEEL_UP, 5, 4 } },
		{ "65;5;6M", { MOUSE_WHEEL_DOWN, 5, 4 } },
		{ "66;5;6M", { MOUSE_NONE, 5, 4 } },
		{ "1;5;6M", { MOUSE_NONE, 5, 4 } },
		{ "2;5;6M", { MOUSE_NONE, 5, 4 } },
		{ "32;5;6M", { MOUSE_NONE, 5, 4 } },
		{ "128;5;6M", { MOUSE_NONE, 5, 4 } },
		/* With shift, alt and control. */
		{ "28;5;6M", { MOUSE_CLICK, 5, 4 } },
		{ "81;5;6M", { MOUSE_WHEEL_DOWN, 5, 4 } },
		/* On no screen. */
		{ "0;0;3M", { MOUSE_NONE, 2, -1 } },
		{ ";;M", { MOUSE_NONE, -1, -1 } },
		{ "0;99999999999999;3M", { MOUSE_CLICK, 2, 9999 } },
	};
	enum mouse_progress progress;
	struct mouse mouse;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		take(MOUSE_FORM_SGR, good[i].bytes, &progress, &mouse);
		assert_int_equal(progress, MOUSE_DONE);
		assert_int_equal(mouse.kind, good[i].mouse.kind);
		assert_int_equal(mouse.row, good[i].mouse.row);
		assert_int_equal(mouse.column, good[i].mouse.column);
	}
}

static void what_is_no_report_is_given_back(void **state)
{
	static const struct {
		const char *bytes;
		int taken;
	} broken[] = {
		{ "q", 0 },	   { "0;1q", 3 },    { "0M", 1 },	  { "0;1M", 3 },
		{ "0;1;2;3M", 5 }, { "-1;1;1M", 0 }, { "0;1;2\033[", 5 },
	};
	enum mouse_progress progress;
	struct mouse mouse;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		assert_int_equal(take(MOUSE_FORM_SGR, broken[i].bytes, &progress, &mouse),
				 broken[i].taken);
		assert_int_equal(progress, MOUSE_BROKEN);
	}
	take(MOUSE_FORM_SGR, "0;12;", &progress, &mouse);
	assert_int_equal(progress, MOUSE_MORE);
}

/* Three bytes, whatever they are. */
static void x10_reports_are_read(void **state)
{
	struct mouse_report report;
	enum mouse_progress progress;
	struct mouse mouse;

	(void)state;
	assert_int_equal(take(MOUSE_FORM_X10, " !!qqq", &progress, &mouse), 3);
	assert_int_equal(mouse.kind, MOUSE_CLICK);
	assert_int_equal(mouse.row, 0);
	assert_int_equal(mouse.column, 0);
	take(MOUSE_FORM_X10, "a\377$", &progress, &mouse);
	assert_int_equal(mouse.kind, MOUSE_WHEEL_DOWN);
	assert_int_equal(mouse.column, 222);
	assert_int_equal(mouse.row, 3);
	take(MOUSE_FORM_X10, "#!!", &progress, &mouse);
	assert_int_equal(mouse.kind, MOUSE_NONE);
	assert_int_equal(take(MOUSE_FORM_X10, "\001\002\003q", &progress, &mouse), 3);
	assert_int_equal(progress, MOUSE_DONE);
	assert_int_equal(mouse.kind, MOUSE_NONE);
	/* A byte that came as a key. */
	mouse_report_begin(&report, MOUSE_FORM_X10);
	assert_int_equal(mouse_report_take(&report, ' ', &mouse), MOUSE_MORE);
	assert_int_equal(mouse_report_take(&report, 0x107, &mouse), MOUSE_MORE);
	assert_int_equal(mouse_report_take(&report, '!', &mouse), MOUSE_DONE);
	assert_int_equal(mouse.kind, MOUSE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sgr_reports_are_read),
		cmocka_unit_test(what_is_no_report_is_given_back),
		cmocka_unit_test(x10_reports_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
