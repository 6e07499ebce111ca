/* locale.h - the C locale for a while, and the decimal point of the locale */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_LOCALE_H
#define RACKSPACE_LOCALE_H

#pragma GCC visibility push(hidden)

/* The decimal point of the calling thread's locale: one byte or several. */
const char *locale_point(void);

typedef struct locale_hold {
  void *own; /* the thread's locale before; NULL where nothing is held */
  void *plain;
} locale_hold;

/* Gives the calling thread the C locale until locale_release. Other threads
   keep theirs. Does nothing on a system without uselocale(). */
void locale_take(locale_hold *hold);
void locale_release(locale_hold *hold);

#pragma GCC visibility pop

#endif
