/* output.c - what confined scripts print */
/* SPDX-License-Identifier: MIT */
#include "host/output.h"

#include <stdio.h>

#include "host/bounds.h"
#include "host/host.h"

enum { PIECE = 4096 }; /* bytes that never block where poll() lets one in */

/* Waits until a piece can be written. A descriptor that is closed or broken is
   ready as well: writing to it fails at once. */
static void wait_for_room(lua_State *L)
{
  const budget *b = &bounds_host(L)->budget;
  while (!budget_wait_to_write(b, fileno(stdout)))
    bounds_work(L, 0);
}

int output_write(lua_State *L)
{
  size_t length, size;
  const char *text = luaL_checklstring(L, 1, &length);
  wait_for_room(L);
  fflush(stdout); /* what the host has written before */
  for (; length > 0; text += size, length -= size) {
    size = length < PIECE ? length : PIECE;
    wait_for_room(L);
    fwrite(text, 1, size, stdout);
    fflush(stdout);
  }
  return 0;
}
