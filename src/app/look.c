#include "app/look.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "ui/console.h"

static bool use_ascii(const struct options *options)
{
	return options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

bool look_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"); /* no-color.org: set and not empty */

	return !options->no_color && !(no_color && *no_color);
}

struct screen_options look_of(const struct options *options)
{
	return (struct screen_options){ .color = look_color(options),
					.ascii = use_ascii(options),
					.console = console_is(getenv("TERM")),
					.palette = options->config->settings.palette };
}
