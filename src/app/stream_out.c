#include "app/stream_out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/line_writer.h"
#include "app/look.h"
#include "out/json.h"
#include "out/waybar.h"

#define CAP_AT_FIRST 65536
#define CAP_MAX (64u << 20)

static unsigned screen_rows(void)
{
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row > 4)
		return size.ws_row;
	return 24;
}

static bool terminal_has_color(void)
{
	const char *term = getenv("TERM");

	return term && *term && strcmp(term, "dumb") != 0;
}

int stream_out_init(struct stream_out *out, const struct options *options,
		    const struct model *model, const char *source)
{
	bool terminal = isatty(STDOUT_FILENO);

	*out = (struct stream_out){
		.options = options,
		.model = model,
		.source = source,
		.delay_s = options->delay_s,
		.terminal = terminal,
		.rows = { .color = terminal && terminal_has_color() && look_color(options),
			  .messages = terminal,
			  .timestamp = options->timestamp,
			  .memory_unit = options->memory_unit },
		.buf = malloc(CAP_AT_FIRST),
		.cap = CAP_AT_FIRST,
	};
	return out->buf ? 0 : -ENOMEM;
}

void stream_out_release(struct stream_out *out)
{
	free(out->buf);
	*out = (struct stream_out){ 0 };
}

static long format(struct stream_out *out)
{
	struct json_info json = { .source = out->source };
	struct waybar_info bar = { .delay_s = out->delay_s };

	switch (out->options->output) {
	case OUTPUT_ROWS:
		return row_text(&out->rows, out->model, out->buf, out->cap);
	case OUTPUT_WAYBAR:
		return waybar_line(out->model, &bar, out->buf, out->cap);
	case OUTPUT_JSON:
	case OUTPUT_NONE:
	case OUTPUT_TUI:
		break;
	}
	return json_line(out->model, &json, out->buf, out->cap);
}

/* Formats the model, growing the buffer as a machine with more CPUs or disks needs. */
static long format_grown(struct stream_out *out)
{
	long len;

	while ((len = format(out)) == -ENOSPC && out->cap < CAP_MAX) {
		char *grown = realloc(out->buf, 2 * out->cap);

		if (!grown)
			return -ENOMEM;
		out->buf = grown;
		out->cap *= 2;
	}
	return len;
}

int stream_out_format(struct stream_out *out)
{
	long len, messages = 0;

	out->len = out->messages_len = 0;
	if (out->options->output == OUTPUT_NONE)
		return 1;
	if (out->terminal)
		out->rows.screen_rows = screen_rows();
	len = format_grown(out);
	if (len <= 0)
		return (int)len;
	out->len = (size_t)len;
	/* What the rows that go to a file or a pipe do not say themselves. */
	if (out->options->output == OUTPUT_ROWS && !out->terminal)
		messages = row_messages(out->model, out->buf + len, out->cap - out->len);
	out->messages_len = messages > 0 ? (size_t)messages : 0;
	return 1;
}

int stream_out_send(const struct stream_out *out)
{
	int err = out->len ? line_write(out->buf, out->len) : 0;

	/* Nobody may be there to read them: the rows matter. */
	if (!err && out->messages_len &&
	    write(STDERR_FILENO, out->buf + out->len, out->messages_len) < 0)
		return 0;
	return err;
}
