/* lprintable.c - texts of others made safe to print, for Lua */
/* SPDX-License-Identifier: MIT */
#include "base/printable.h"
#include "lua/lbudget.h"
#include "lua/lbuffer.h"
#include "lua/lcore.h"

/* printable(text [, style]) -> the text as it is safe to print, and how many
   bytes of it are not UTF-8; the style is "line" (by default), "lines",
   "json" or "marks" */
int lprintable_make(lua_State *L)
{
  static const char *const styles[] = {"line", "lines", "json", "marks", NULL};
  size_t length, invalid = 0;
  const char *text = luaL_checklstring(L, 1, &length);
  int style = luaL_checkoption(L, 2, "line", styles);
  buffer *out;
  lbudget_charge(L, (double)length);
  lua_settop(L, 1);
  if (printable_ascii(text, length) < length) {
    out = lbuffer_new(L, printable_limit(length));
    lbuffer_push(
        L, out,
        printable_add(out, text, length, (printable_style)style, &invalid));
  }
  lua_pushinteger(L, (lua_Integer)invalid);
  return 2;
}
