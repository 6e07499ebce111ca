# Finds the Lua of RACKSPACE_LUA under the names that systems give it.
# SPDX-License-Identifier: MIT
#
# Sets RACKSPACE_PC_LUA_* (as pkg_check_modules does), the pkg-config name that
# was found in RACKSPACE_PC_LUA_NAME, and LUA_SERIES ("5.4"). LuaJIT is a Lua
# 5.1: its modules and lua-cjson are those of 5.1.
if(RACKSPACE_LUA MATCHES "jit")
  set(LUA_SERIES 5.1)
  set(names ${RACKSPACE_LUA})
elseif(RACKSPACE_LUA MATCHES "5\\.?([1-5])")
  set(LUA_SERIES 5.${CMAKE_MATCH_1})
  math(EXPR next "${CMAKE_MATCH_1} + 1")
  set(names lua${LUA_SERIES} lua-${LUA_SERIES} lua5${CMAKE_MATCH_1}
      "lua>=${LUA_SERIES}")
else()
  message(FATAL_ERROR "RACKSPACE_LUA must be lua5.1 to lua5.5 or luajit, "
          "not '${RACKSPACE_LUA}'")
endif()
pkg_search_module(RACKSPACE_PC_LUA REQUIRED IMPORTED_TARGET ${names})
set(RACKSPACE_PC_LUA_NAME ${RACKSPACE_PC_LUA_MODULE_NAME})
if(next AND RACKSPACE_PC_LUA_VERSION VERSION_GREATER_EQUAL 5.${next})
  message(FATAL_ERROR "no Lua ${LUA_SERIES} here: pkg-config's "
          "'${RACKSPACE_PC_LUA_NAME}' is ${RACKSPACE_PC_LUA_VERSION}")
endif()
