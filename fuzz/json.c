/* json.c - bodies in JSON: lua-cjson's reading, and its repair */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "lua/compat.h"
#include "rackspace.h"

/* Left with each input: a body, and a second text that the repair of the
   first one's value is misled with. What was decoded is encoded and decoded
   again: the same text must come. */
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
    "    assert(first == json.encode(json.decode(first)), 'a change')\n"
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
