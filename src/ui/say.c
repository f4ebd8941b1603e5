#include "ui/say.h"

#include <stdio.h>
#include <string.h>

#include "ui/key_map.h"

static enum action named(const char *name, size_t length)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
		if (strlen(action_names[action]) == length &&
		    !strncmp(action_names[action], name, length))
			return (enum action)action;
	return ACTION_NONE;
}

char *say_text(char *dst, size_t cap, const struct key_map *map, const char *text)
{
	size_t used = 0;

	dst[0] = '\0';
	while (*text && used + 1 < cap) {
		size_t plain = strcspn(text, "{"), name;
		char key[KEY_NAME_MAX];

		snprintf(dst + used, cap - used, "%.*s", (int)plain, text);
		used += strlen(dst + used);
		text += plain;
		if (!*text)
			break;
		name = strcspn(text + 1, "}");
		snprintf(dst + used, cap - used, "%s", key_name(map, named(text + 1, name), key));
		used += strlen(dst + used);
		text += 1 + name + (text[1 + name] == '}');
	}
	return dst;
}

bool say(struct view *view, const char *text)
{
	say_text(view->message, sizeof(view->message), &view->keys, text);
	return true;
}
