/* unit.h - what the C units include */
/* SPDX-License-Identifier: MIT */
#ifndef RACKSPACE_UNIT_H
#define RACKSPACE_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* `bytes` and `length` as two arguments, from a literal that may hold NULs. */
#define LITERAL(text) (text), (sizeof(text) - 1)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
