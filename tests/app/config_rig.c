#include "app/config_rig.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int config_rig_setup(void **state)
{
	struct config_rig *rig = calloc(1, sizeof(*rig));

	assert_non_null(rig);
	snprintf(rig->folder, sizeof(rig->folder), "/tmp/stalltop-config-XXXXXX");
	assert_non_null(mkdtemp(rig->folder));
	snprintf(rig->path, sizeof(rig->path), "%s/config", rig->folder);
	unsetenv("HOME");
	unsetenv("XDG_CONFIG_HOME");
	*state = rig;
	return 0;
}

static int take_away(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

int config_rig_teardown(void **state)
{
	struct config_rig *rig = *state;

	nftw(rig->folder, take_away, 8, FTW_DEPTH | FTW_PHYS);
	free(rig);
	return 0;
}

const struct config *config_of(struct config_rig *rig, const char *text)
{
	memset(&rig->config, 0, sizeof(rig->config));
	settings_default(&rig->config.settings);
	config_parse(&rig->config, text, strlen(text));
	return &rig->config;
}

void rig_write(const char *path, const char *text, size_t length)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

const char *rig_read(const char *path)
{
	static char text[CONFIG_MAX];
	FILE *file = fopen(path, "r");

	text[0] = '\0';
	if (!file)
		return text;
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	return text;
}

const char *rig_path(const struct config_rig *rig, const char *name)
{
	static char path[192];

	snprintf(path, sizeof(path), "%s/%s", rig->folder, name);
	return path;
}

void assert_note(const struct config *config, int line, const char *text)
{
	assert_int_equal(config->notes.count, 1);
	assert_int_equal(config->notes.note[0].line, line);
	if (!strstr(config->notes.note[0].text, text))
		fail_msg("'%s' is not in '%s'", text, config->notes.note[0].text);
}
