#include "ui/filter_text.h"

#include <stdio.h>

void filter_text_append(char *text, size_t cap, const struct model *model)
{
	const struct task_filter *filter = &model->filter;
	char user[USER_NAME_MAX];

	if (filter->by_uid)
		text_append(text, cap, "  user %s",
			    users_name(model->current->users, filter->uid, user));
	if (filter->pattern)
		text_append(text, cap, "  \\%s", filter->pattern->text);
	if (filter->root_pid)
		text_append(text, cap, "  below %u", filter->root_pid);
	if (filter->no_kernel)
		text_append(text, cap, "  no kernel threads");
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
		text_append(text, cap, " of user %s",
			    users_name(model->current->users, filter->uid, user));
	if (filter->root_pid)
		text_append(text, cap, " %u or below it (-p)", filter->root_pid);
	if (filter->pattern && filter->pattern->compiled)
		text_append(text, cap, " whose name matches %s", filter->pattern->text);
	else if (filter->pattern)
		text_append(text, cap, " with '%s' in its name", filter->pattern->text);
	if (filter->no_kernel)
		text_append(text, cap, " but kernel threads");
}
