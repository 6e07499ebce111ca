/* ldate.c - dates and clocks for Lua */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "base/clock.h"
#include "base/date.h"
#include "lua/compat.h"
#include "lua/lbudget.h"
#include "lua/lcore.h"

/* time(text) -> seconds since 1970, or nil and a message */
int ldate_time(lua_State *L)
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  double seconds;
  if (date_parse(text, length, &seconds) != 0) {
    lua_pushnil(L);
    lua_pushfstring(L, "'%s' is not a date of ISO 8601 or HTTP", text);
    return 2;
  }
  if (seconds == floor(seconds))
    compat_pushwhole(L, seconds);
  else
    lua_pushnumber(L, (lua_Number)seconds);
  return 1;
}

/* retry_after(text, now) -> seconds to wait, or nil */
int ldate_retry_after(lua_State *L)
{
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  double now = luaL_checknumber(L, 2), seconds;
  if (date_retry_after(text, length, now, &seconds) != 0)
    lua_pushnil(L);
  else
    lua_pushnumber(L, (lua_Number)seconds);
  return 1;
}

/* now() -> seconds since 1970 */
int ldate_now(lua_State *L)
{
  lua_pushnumber(L, (lua_Number)clock_time());
  return 1;
}

/* monotonic() -> seconds on a clock that never goes back */
int ldate_monotonic(lua_State *L)
{
  lua_pushnumber(L, (lua_Number)clock_monotonic());
  return 1;
}

/* sleep(seconds); a signal ends it early, so that a hook can run */
int ldate_sleep(lua_State *L)
{
  double seconds = luaL_checknumber(L, 1);
  const budget *b = lbudget_get(L);
  if (b == NULL) {
    clock_sleep(seconds);
    return 0;
  }
  lbudget_charge(L, 0);
  budget_sleep(b, seconds);
  lbudget_charge(L, 0);
  return 0;
}
