/* json.c - decodes JSON with lua-cjson and repairs the values */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "lua/compat.h"
#include "rackspace.h"

/* An input has a JSON text and, after a NUL, a second text. The first is
   decoded, encoded, decoded and encoded again: both encodings must be the same.
   Then its value is repaired by the second text, which does not match it. */
static const char script[] =
    "local core = require('rackspace.core')\n"
    "local json = require('rackspace.base.json')\n"
    "local decode = require('cjson').decode\n"
    "local function check(value, depth)\n"
    "  assert(depth < 1000 and value ~= json.null)\n"
    "  assert(type(value) ~= 'userdata')\n"
    "  if type(value) == 'table' then\n"
    "    assert(not json.is_array(value) or next(value) == nil)\n"
    "    for key, inner in next, value do\n"
    "      check(key, depth)\n"
    "      check(inner, depth + 1)\n"
    "    end\n"
    "  end\n"
    "end\n"
    "function run(text, other)\n"
    "  local value = json.decode(text)\n"
    "  check(value, 0)\n"
    "  local first = value ~= nil and json.encode(value)\n"
    "  if first then\n"
    "    assert(first == json.encode(json.decode(first)), 'round trip')\n"
    "  end\n"
    "  pcall(core.json.repair, value, other, decode)\n"
    "end\n";

static rackspace *open_library(void)
{
  rackspace *rs = rackspace_new(NULL);
  fuzz_expect(rs != NULL, "the library starts");
  if (rackspace_run_string(rs, script) != 0)
    fuzz_expect(0, rackspace_error(rs)->message);
  return rs;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static rackspace *rs;
  const char *text = (const char *)data;
  const char *zero = size > 0 ? memchr(text, '\0', size) : NULL;
  size_t length = zero != NULL ? (size_t)(zero - text) : size;
  lua_State *L;
  if (rs == NULL)
    rs = open_library();
  L = rackspace_lua(rs);
  lua_getglobal(L, "run");
  lua_pushlstring(L, text, length);
  lua_pushlstring(L, zero != NULL ? zero + 1 : "",
                  zero != NULL ? size - length - 1 : 0);
  if (lua_pcall(L, 2, 0, 0) != 0)
    fuzz_expect(0, lua_tostring(L, -1));
  lua_settop(L, 0);
  return 0;
}
