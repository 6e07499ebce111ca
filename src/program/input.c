/* input.c - waits for standard input and for sockets together */
/* SPDX-License-Identifier: MIT */
#include "program/input.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
  PIECE = 1 << 16,    /* bytes that are read at a time */
  LONGEST = 24 * 3600 /* seconds of one wait */
};

static short events_of(const char *text)
{
  short events = 0;
  if (strchr(text, 'r') != NULL)
    events |= POLLIN;
  if (strchr(text, 'w') != NULL)
    events |= POLLOUT;
  return events;
}

static nfds_t count_entries(lua_State *L, int index)
{
  nfds_t count = 0;
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
    count++;
  return count;
}

/* Pushes a userdata with an entry for each descriptor, standard input first. */
static struct pollfd *push_entries(lua_State *L, int index, nfds_t count)
{
  struct pollfd *entries = lua_newuserdata(L, (count + 1) * sizeof *entries);
  nfds_t i = 0;
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1), i++) {
    struct pollfd entry = {0, 0, 0};
    entry.fd = (int)luaL_checkinteger(L, -2);
    entry.events = events_of(luaL_checkstring(L, -1));
    entries[i] = entry;
    if (entry.fd == STDIN_FILENO) {
      entries[i] = entries[0];
      entries[0] = entry;
    }
  }
  return entries;
}

static int milliseconds(lua_State *L, int index)
{
  double seconds = luaL_optnumber(L, index, -1);
  if (seconds < 0)
    return -1;
  return (int)((seconds < LONGEST ? seconds : LONGEST) * 1e3 + 0.999);
}

/* A descriptor that is closed or failed is ready for both. */
static int push_ready(lua_State *L, const struct pollfd *entry)
{
  int is_bad = (entry->revents & ~(POLLIN | POLLOUT)) != 0;
  int reads = is_bad || (entry->revents & POLLIN) != 0;
  int writes = is_bad || (entry->revents & POLLOUT) != 0;
  lua_pushinteger(L, entry->fd);
  lua_pushstring(L, reads && writes ? "rw" : reads ? "r" : "w");
  return 2;
}

int input_wait(lua_State *L)
{
  nfds_t i, count;
  struct pollfd *entries;
  luaL_checktype(L, 1, LUA_TTABLE);
  count = count_entries(L, 1);
  entries = push_entries(L, 1, count);
  if (poll(entries, count, milliseconds(L, 2)) <= 0)
    return 0; /* also after a signal, whose hook ends the program */
  for (i = 0; i < count; i++)
    if (entries[i].revents != 0)
      return push_ready(L, &entries[i]);
  return 0;
}

int input_read(lua_State *L)
{
  char bytes[PIECE];
  ssize_t count;
  do {
    count = read(STDIN_FILENO, bytes, sizeof bytes);
  } while (count < 0 && errno == EINTR);
  if (count > 0)
    return lua_pushlstring(L, bytes, (size_t)count), 1;
  lua_pushnil(L);
  if (count == 0)
    return 1;
  lua_pushstring(L, strerror(errno));
  return 2;
}
