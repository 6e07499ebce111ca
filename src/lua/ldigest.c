/* ldigest.c - SHA-256 for Lua */
/* SPDX-License-Identifier: MIT */
#include "base/digest.h"
#include "lua/lcore.h"
#include "lua/lsecret.h"

static const char *check_bytes(lua_State *L, int index, size_t *length)
{
  const char *bytes = lsecret_bytes(L, index, length);
  luaL_argcheck(L, bytes != NULL, index, "string or secret expected");
  return bytes;
}

/* digest(bytes [, key]) -> 64 hexadecimal digits: SHA-256, or with a key
   HMAC-SHA256 */
int ldigest_make(lua_State *L)
{
  size_t length, key_length;
  const char *bytes = check_bytes(L, 1, &length), *key;
  char hex[DIGEST_HEX + 1];
  int status;
  if (lua_isnoneornil(L, 2)) {
    status = digest_sha256(bytes, length, hex);
  } else {
    key = check_bytes(L, 2, &key_length);
    status = digest_hmac(key, key_length, bytes, length, hex);
  }
  if (status != 0)
    return luaL_error(L, "the digest could not be made");
  lua_pushlstring(L, hex, DIGEST_HEX);
  return 1;
}
