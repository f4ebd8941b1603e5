#include "ui/filter_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static void append(char *text, size_t cap, const char *format,
							 ...)
{
	size_t used = strlen(text);
	va_list args;

	va_start(args, format);
	vsnprintf(text + used, cap - used, format, args);
	va_end(args);
}

void filter_text_append(char *text, size_t cap, const struct model *model)
{
	const struct task_filter *filter = &model->filter;
	char user[USER_NAME_MAX];

	if (filter->by_uid)
		append(text, cap, "  user %s",
		       users_name(model->current->users, filter->uid, user));
	if (filter->pattern)
		append(text, cap, "  \\%s", filter->pattern->text);
	if (filter->root_pid)
		append(text, cap, "  below %u", filter->root_pid);
	if (filter->no_kernel)
		append(text, cap, "  no kernel threads");
}

const char *filter_text_remedy(const struct task_filter *filter)
{
	if (filter->by_uid && filter->pattern)
		return "{user} Enter and {filter} Enter show all";
	if (filter->by_uid)
		return "{user} Enter shows all users";
	if (filter->pattern)
		return "{filter} Enter shows all";
	return filter->no_kernel ? "{kernel} shows those" : "";
}

void filter_text_empty(char *text, size_t cap, const struct model *model)
{
	const struct task_filter *filter = &model->filter;
	char user[USER_NAME_MAX];

	if (!filter->by_uid && !filter->pattern && !filter->root_pid && !filter->no_kernel) {
		snprintf(text, cap, "no processes");
		return;
	}
	snprintf(text, cap, "no process");
	if (filter->by_uid)
		append(text, cap, " of user %s",
		       users_name(model->current->users, filter->uid, user));
	if (filter->root_pid)
		append(text, cap, " %u or below it (-p)", filter->root_pid);
	if (filter->pattern && filter->pattern->compiled)
		append(text, cap, " whose name matches %s", filter->pattern->text);
	else if (filter->pattern)
		append(text, cap, " with '%s' in its name", filter->pattern->text);
	if (filter->no_kernel)
		append(text, cap, " but kernel threads");
}
