/*
 * app/tui_settings: the dashboard and its settings: what the file says at the start, and what keys
 * ask for later.
 */
#ifndef STALLTOP_APP_TUI_SETTINGS_H
#define STALLTOP_APP_TUI_SETTINGS_H

#include "app/tui_state.h"

/* After view_init(), with the screen open. Says in the message what was wrong with the file. */
void tui_settings_apply(struct tui *tui);

/* After keys: another theme, or the settings are to be written. */
void tui_settings_follow(struct tui *tui);

#endif
