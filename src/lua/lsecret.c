/* lsecret.c - values that Lua can pass on but not print by accident */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/signature.h"
#include "lua/lbuffer.h"
#include "lua/lclass.h"
#include "lua/lcore.h"
#include "lua/lsecret.h"
#include "lua/ltext.h"

#define SECRET_CLASS "rackspace.secret"

enum { SECRET_LIMIT = 1 << 24, SIGNATURE_LIMIT = 4096, SHORTEST = 6 };

typedef struct secret {
  size_t length;
  char bytes[1]; /* `length` bytes and a NUL */
} secret;

/* Pushes a secret and returns its bytes, which the caller sets. */
static char *secret_new(lua_State *L, size_t length)
{
  secret *s;
  if (length > SECRET_LIMIT)
    luaL_error(L, "a secret is longer than %d bytes", SECRET_LIMIT);
  s = lua_newuserdata(L, sizeof *s + length);
  s->length = length;
  s->bytes[length] = '\0';
  luaL_setmetatable(L, SECRET_CLASS);
  return s->bytes;
}

const char *lsecret_bytes(lua_State *L, int index, size_t *length)
{
  const secret *s;
  *length = 0;
  if (lua_type(L, index) == LUA_TSTRING)
    return lua_tolstring(L, index, length);
  s = luaL_testudata(L, index, SECRET_CLASS);
  if (s == NULL)
    return NULL;
  *length = s->length;
  return s->bytes;
}

static const char *check_bytes(lua_State *L, int index, size_t *length)
{
  const char *bytes = lsecret_bytes(L, index, length);
  if (bytes == NULL)
    luaL_error(L, "bad argument #%d (a string or a secret expected, got %s)",
               index, luaL_typename(L, index));
  return bytes;
}

/* A string or secret as a text of C. */
static const char *check_text(lua_State *L, int index)
{
  size_t length;
  const char *bytes = check_bytes(L, index, &length);
  return ltext_check_bytes(L, index, bytes, length);
}

/* secret(part, ...) -> secret: strings and secrets, one after another.
   Lua 5.4.4 may lose the end of a .. b .. c where c has a metamethod, when it
   makes a coroutine's stack smaller meanwhile: so three or more are put
   together here. */
static int secret_make(lua_State *L)
{
  int i, count = lua_gettop(L);
  size_t length, whole = 0;
  char *out;
  luaL_checkany(L, 1);
  for (i = 1; i <= count && whole <= SECRET_LIMIT; i++) {
    check_bytes(L, i, &length);
    whole += length;
  }
  out = secret_new(L, whole);
  for (i = 1; i <= count; i++) {
    const char *bytes = check_bytes(L, i, &length);
    memcpy(out, bytes, length);
    out += length;
  }
  return 1;
}

/* string .. secret, secret .. string: the whole is a secret */
static int secret_concat(lua_State *L)
{
  size_t left_length, right_length;
  const char *left, *right;
  char *bytes;
  if (lua_type(L, 1) == LUA_TNUMBER)
    lua_tostring(L, 1);
  if (lua_type(L, 2) == LUA_TNUMBER)
    lua_tostring(L, 2);
  left = check_bytes(L, 1, &left_length);
  right = check_bytes(L, 2, &right_length);
  if (left_length > SECRET_LIMIT || right_length > SECRET_LIMIT)
    return luaL_error(L, "a secret is longer than %d bytes", SECRET_LIMIT);
  bytes = secret_new(L, left_length + right_length);
  memcpy(bytes, left, left_length);
  memcpy(bytes + left_length, right, right_length);
  return 1;
}

/* Lua calls this for userdata of two different classes, too. */
static int secret_eq(lua_State *L)
{
  const secret *left = luaL_testudata(L, 1, SECRET_CLASS);
  const secret *right = luaL_testudata(L, 2, SECRET_CLASS);
  lua_pushboolean(L, left != NULL && right != NULL &&
                         secret_equal(left->bytes, left->length, right->bytes,
                                      right->length));
  return 1;
}

static int secret_gc(lua_State *L)
{
  secret *s = luaL_checkudata(L, 1, SECRET_CLASS);
  secret_wipe(s->bytes, s->length);
  s->length = 0;
  return 0;
}

static int secret_tostring(lua_State *L)
{
  lua_pushliteral(L, "<secret>");
  return 1;
}

/* secret:reveal() -> the bytes, as a Lua string */
static int secret_reveal(lua_State *L)
{
  const secret *s = luaL_checkudata(L, 1, SECRET_CLASS);
  lua_pushlstring(L, s->bytes, s->length);
  return 1;
}

/* The first occurrence of a secret's bytes in a text, or the text's end. */
static const char *find(const char *text, const char *end, const secret *s)
{
  for (; (size_t)(end - text) >= s->length; text++)
    if (memcmp(text, s->bytes, s->length) == 0)
      return text;
  return end;
}

/* secret:hide(text) -> the text with <secret> where these bytes stand in it.
   What is shorter than SHORTEST would be found in any text. */
static int secret_hide(lua_State *L)
{
  const secret *s = luaL_checkudata(L, 1, SECRET_CLASS);
  size_t length;
  const char *text = luaL_checklstring(L, 2, &length), *end = text + length;
  const char *at = s->length >= SHORTEST ? find(text, end, s) : end;
  luaL_Buffer b;
  lua_settop(L, 2);
  if (at == end)
    return 1;
  luaL_buffinit(L, &b);
  for (; at != end; at = find(text, end, s)) {
    luaL_addlstring(&b, text, (size_t)(at - text));
    luaL_addstring(&b, "<secret>");
    text = at + s->length;
  }
  luaL_addlstring(&b, text, (size_t)(end - text));
  luaL_pushresult(&b);
  return 1;
}

static size_t quoted_size(unsigned char c)
{
  if (c == '"' || c == '\\')
    return 2;
  return c < 0x20 ? 6 : 1;
}

static char *quote_byte(char *out, unsigned char c)
{
  char escape[7];
  if (quoted_size(c) == 1) {
    *out = (char)c;
  } else if (quoted_size(c) == 2) {
    out[0] = '\\';
    out[1] = (char)c;
  } else {
    snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
    memcpy(out, escape, 6);
  }
  return out + quoted_size(c);
}

/* secret:quoted() -> a secret: the bytes as a JSON string */
static int secret_quoted(lua_State *L)
{
  const secret *s = luaL_checkudata(L, 1, SECRET_CLASS);
  size_t i, length = 2;
  char *out;
  for (i = 0; i < s->length; i++)
    length += quoted_size((unsigned char)s->bytes[i]);
  out = secret_new(L, length);
  *out++ = '"';
  for (i = 0; i < s->length; i++)
    out = quote_byte(out, (unsigned char)s->bytes[i]);
  *out = '"';
  return 1;
}

/* signature(user_key, user_agent, timestamp, secret_key) -> secret */
int lsecret_signature(lua_State *L)
{
  const char *user_key = check_text(L, 1), *user_agent = check_text(L, 2);
  const char *timestamp = check_text(L, 3), *secret_key = check_text(L, 4);
  buffer *out = lbuffer_new(L, SIGNATURE_LIMIT);
  if (signature_make(out, user_key, user_agent, timestamp, secret_key) != 0)
    return luaL_error(L, "the signature could not be made");
  memcpy(secret_new(L, out->length), out->bytes, out->length);
  return 1;
}

/* timestamp(seconds) -> yyyyMMddHHmmss in UTC */
int lsecret_timestamp(lua_State *L)
{
  char text[15];
  luaL_argcheck(L, signature_timestamp(luaL_checknumber(L, 1), text) == 0, 1,
                "not a time of the years 1 to 9999");
  lua_pushstring(L, text);
  return 1;
}

static const luaL_Reg metamethods[] = {
    {"__concat", secret_concat},     {"__eq", secret_eq}, {"__gc", secret_gc},
    {"__tostring", secret_tostring}, {NULL, NULL},
};

static const luaL_Reg methods[] = {
    {"hide", secret_hide},
    {"quoted", secret_quoted},
    {"reveal", secret_reveal},
    {NULL, NULL},
};

void lsecret_push(lua_State *L)
{
  lclass_make(L, SECRET_CLASS, metamethods, methods);
  lua_pushcfunction(L, secret_make);
}
