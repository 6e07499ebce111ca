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

static void set_part(lua_State *L, const char *name, unsigned value)
{
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

/* date(seconds) -> a table as os.date("!*t") makes it, or nil for a time
   outside the years 1 to 9999. The system's time_t may hold fewer years. */
int ldate_date(lua_State *L)
{
  date_parts parts;
  if (date_split(luaL_checknumber(L, 1), &parts) != 0) {
    lua_pushnil(L);
    return 1;
  }
  lua_createtable(L, 0, 7);
  set_part(L, "year", parts.year);
  set_part(L, "month", parts.month);
  set_part(L, "day", parts.day);
  set_part(L, "hour", parts.hour);
  set_part(L, "min", parts.minute);
  set_part(L, "sec", parts.second);
  set_part(L, "wday", parts.weekday);
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
