/*
 * base/count: the number of elements of an array that stands in sight.
 */
#ifndef STALLTOP_BASE_COUNT_H
#define STALLTOP_BASE_COUNT_H

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
