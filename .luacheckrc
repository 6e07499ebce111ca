-- .luacheckrc - what every Lua from 5.1 to 5.4 and LuaJIT knows, and no more
-- SPDX-License-Identifier: MIT
std = "min"
max_line_length = 80
exclude_files = { "build", "build-*", "lua_modules" }

-- Read only to choose between the Luas.
read_globals = {
  "jit", "loadstring", "setfenv", "unpack",
  math = { fields = { "type", "tointeger" } },
  table = { fields = { "pack", "unpack" } },
}

files["spec"] = { std = "min+busted", max_line_length = 100 }
files["rockspec"] = { std = "rockspec", max_line_length = 100 }
