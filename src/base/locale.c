/* locale.c - the C locale for a while, and the decimal point of the locale */
/* SPDX-License-Identifier: MIT */
#include "base/locale.h"

#include <locale.h>
#include <stddef.h>

#ifdef __APPLE__
#include <xlocale.h>
#endif

const char *locale_point(void)
{
  const char *point = localeconv()->decimal_point;
  return point[0] != '\0' ? point : ".";
}

#ifdef LC_GLOBAL_LOCALE

void locale_take(locale_hold *hold)
{
  locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  hold->own = NULL;
  hold->plain = (void *)plain;
  if (plain != (locale_t)0)
    hold->own = (void *)uselocale(plain);
}

void locale_release(locale_hold *hold)
{
  if (hold->own == NULL)
    return;
  uselocale((locale_t)hold->own);
  freelocale((locale_t)hold->plain);
}

#else

void locale_take(locale_hold *hold)
{
  hold->own = hold->plain = NULL;
}

void locale_release(locale_hold *hold)
{
  (void)hold;
}

#endif
