#include "ui/mouse_report.h"

#define NUMBER_MOST 10000 /* what goes beyond is on no screen */

/* Bits of the button. */
#define MOVED 32
#define WHEEL 64
#define FURTHER 128 /* buttons 8 to 11 */
#define WHICH 3 /* shift, alt and control, which lie between, make no difference */

void mouse_report_begin(struct mouse_report *report, enum mouse_form form)
{
	*report = (struct mouse_report){ .form = form };
}

static enum mouse_kind kind_of(int button)
{
	int which = button & WHICH;

	if (button < 0 || button & (MOVED | FURTHER))
		return MOUSE_NONE;
	if (!(button & WHEEL))
		return which == 0 ? MOUSE_CLICK : MOUSE_NONE;
	return which == 0 ? MOUSE_WHEEL_UP : which == 1 ? MOUSE_WHEEL_DOWN : MOUSE_NONE;
}

static enum mouse_progress end(struct mouse_report *report, struct mouse *mouse)
{
	const int *number = report->number;

	*mouse = (struct mouse){ kind_of(number[0]), number[2] - 1, number[1] - 1 };
	if (mouse->row < 0 || mouse->column < 0)
		mouse->kind = MOUSE_NONE;
	report->form = MOUSE_FORM_NONE;
	return MOUSE_DONE;
}

static enum mouse_progress take_sgr(struct mouse_report *report, int byte, struct mouse *mouse)
{
	int *number = &report->number[report->at];

	if (byte >= '0' && byte <= '9') {
		*number = *number * 10 + byte - '0';
		if (*number > NUMBER_MOST)
			*number = NUMBER_MOST;
		return MOUSE_MORE;
	}
	if (byte == ';' && report->at < 2) {
		report->at++;
		return MOUSE_MORE;
	}
	if (report->at == 2 && byte == 'M')
		return end(report, mouse);
	if (report->at == 2 && byte == 'm') {
		end(report, mouse);
		mouse->kind = MOUSE_NONE;
		return MOUSE_DONE;
	}
	report->form = MOUSE_FORM_NONE;
	return MOUSE_BROKEN;
}

/*
 * Always three, whatever they are, for one that was left would be a key: 'q' is column 81. A byte that
 * is a key of its own (DEL is Backspace) has lost its value.
 */
static enum mouse_progress take_x10(struct mouse_report *report, int byte, struct mouse *mouse)
{
	report->number[report->at++] = byte >= ' ' && byte <= 255 ? byte - ' ' : -1;
	return report->at < 3 ? MOUSE_MORE : end(report, mouse);
}

enum mouse_progress mouse_report_take(struct mouse_report *report, int byte, struct mouse *mouse)
{
	return report->form == MOUSE_FORM_X10 ? take_x10(report, byte, mouse)
					      : take_sgr(report, byte, mouse);
}
