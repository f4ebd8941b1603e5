/*
 * ui/mouse_report: what a terminal sends when the mouse is pressed, byte by byte. Rows and columns
 * count from 0. A press of the left button and the wheel are told; releases, motion and other buttons
 * end as MOUSE_NONE.
 *
 * Source: xterm's ctlseqs, "Mouse Tracking": SGR (1006) "ESC [ < button ; column ; row M", and X10,
 * "ESC [ M" and three bytes, which terminals that do not know the former send: up to column 223.
 */
#ifndef STALLTOP_UI_MOUSE_REPORT_H
#define STALLTOP_UI_MOUSE_REPORT_H

enum mouse_kind { MOUSE_NONE, MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
	enum mouse_kind kind;
	int row, column;
};

enum mouse_form {
	MOUSE_FORM_NONE, /* no report is under way */
	MOUSE_FORM_SGR,
	MOUSE_FORM_X10,
};

struct mouse_report {
	enum mouse_form form;
	int number[3]; /* button, column, row */
	int at; /* which of them comes */
};

enum mouse_progress {
	MOUSE_MORE, /* is wanted */
	MOUSE_DONE,
	MOUSE_BROKEN, /* this byte is not of it: it belongs to what comes next */
};

/* Its beginning, up to "<" or "M", has come. */
void mouse_report_begin(struct mouse_report *report, enum mouse_form form);

/* Takes a byte, or a key code beyond 255. With MOUSE_DONE *mouse is filled. */
enum mouse_progress mouse_report_take(struct mouse_report *report, int byte, struct mouse *mouse);

#endif
