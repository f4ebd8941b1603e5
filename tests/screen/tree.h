/*
 * Test support: a copied machine that the program watches, and that moves on when the test says so.
 *
 * The program reads a folder in which the files of one instant of a fixture lie. tree_advance() puts
 * those of another instant there, with proc/uptime last: it is the clock of a copied tree, so until
 * it changes the program sees no new instant.
 */
#ifndef TESTS_SCREEN_TREE_H
#define TESTS_SCREEN_TREE_H

#include "support/term.h"

struct tree {
	char root[128]; /* a temporary folder with proc, sys and etc in it */
	const char *machine;
};

/* Copies instant `instant` of the fixture into a new temporary folder. 0 or -errno. */
int tree_create(struct tree *tree, const char *machine, int instant);
int tree_advance(struct tree *tree, int instant);
void tree_remove(struct tree *tree);

/* Starts $STALLTOP on the tree with these further arguments, ended by NULL. */
struct term *tree_start(const struct tree *tree, const struct term_options *options,
			const char *const *arguments);

#endif
