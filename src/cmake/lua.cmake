# Finds the Lua of RACKSPACE_LUA under the names that systems give it.
# SPDX-License-Identifier: MIT
#
# Sets RACKSPACE_PC_LUA_* (as pkg_check_modules does), the pkg-config name that
# was found in RACKSPACE_PC_LUA_NAME, and LUA_SERIES ("5.4"). LuaJIT is a Lua
# 5.1: its modules and lua-cjson are those of 5.1.
if(RACKSPACE_LUA MATCHES "jit")
  set(LUA_SERIES 5.1)
  set(next 1000)
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
foreach(name ${names}) # each on its own, so that a change of Lua is noticed
  pkg_check_modules(RACKSPACE_PC_LUA QUIET IMPORTED_TARGET ${name})
  if(RACKSPACE_PC_LUA_FOUND)
    break()
  endif()
endforeach()
set(RACKSPACE_PC_LUA_NAME ${RACKSPACE_PC_LUA_MODULE_NAME})
set(wrong "")
if(NOT RACKSPACE_PC_LUA_FOUND)
  string(REPLACE ";" ", " wrong "pkg-config has none of ${names}")
elseif(RACKSPACE_PC_LUA_VERSION VERSION_GREATER_EQUAL 5.${next})
  set(wrong "pkg-config's '${RACKSPACE_PC_LUA_NAME}' is \
${RACKSPACE_PC_LUA_VERSION}")
endif()
if(wrong)
  message(FATAL_ERROR "No ${RACKSPACE_LUA} here: ${wrong}. Install its "
    "headers, say where it is by CMAKE_PREFIX_PATH or PKG_CONFIG_PATH, or "
    "choose another Lua by RACKSPACE_LUA.")
endif()
message(STATUS "Lua: ${RACKSPACE_PC_LUA_NAME} ${RACKSPACE_PC_LUA_VERSION}")
