/*
 * app/still: a picture that stands still while samples keep coming.
 *
 * The copy is made when the view is paused. It takes sort keys as the live model does, and gives its
 * orders back when the view goes on.
 */
#ifndef STALLTOP_APP_STILL_H
#define STALLTOP_APP_STILL_H

#include <stdbool.h>

#include "model/model.h"

/* All zero is a still that was never used. */
struct still {
	struct model model;
	struct sample sample; /* what the model shows */
	bool ready; /* both are initialised */
	bool on; /* the model is to be shown in place of the live one */
};

/*
 * Follows the view: paused or not. Returns whether it is paused now; it stays live when there is no
 * sample yet or no memory for a copy.
 */
bool still_follow(struct still *still, struct model *live, bool paused);
void still_release(struct still *still);

#endif
