# Finds lua-cjson for the chosen Lua, in the first of these forms:
#   its source       -DRACKSPACE_CJSON_SOURCE=DIR, built into the binaries
#   a library        liblua5.4-cjson, as Debian has it, linked
#   a Lua module     cjson.so, loaded by its path at the first use
# SPDX-License-Identifier: MIT
#
# Sets RACKSPACE_CJSON_C (the file of src/ that opens it) and, each perhaps empty,
# RACKSPACE_CJSON (what to link), _OBJECTS and _DEFINE. The library is found by
# its path: its .pc file would add a second Lua beside LuaJIT, and a library
# that is called cjson alone is another one.
set(RACKSPACE_CJSON_SOURCE "" CACHE PATH
    "A folder with lua-cjson's source, to be built into the binaries")
set(RACKSPACE_CJSON_C lua/lcjson.c)
set(RACKSPACE_CJSON "")
set(RACKSPACE_CJSON_OBJECTS "")
set(RACKSPACE_CJSON_DEFINE "")

if(RACKSPACE_CJSON_SOURCE)
  set(cjson_sources lua_cjson.c strbuf.c fpconv.c)
  list(TRANSFORM cjson_sources PREPEND ${RACKSPACE_CJSON_SOURCE}/)
  foreach(file ${cjson_sources})
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "RACKSPACE_CJSON_SOURCE has no lua-cjson: there is "
        "no ${file}.")
    endif()
  endforeach()
  add_library(rackspace_cjson OBJECT ${cjson_sources})
  target_include_directories(rackspace_cjson PRIVATE
    ${RACKSPACE_PC_LUA_INCLUDE_DIRS})
  # Its own style of C, and warnings that are its authors' concern.
  set_target_properties(rackspace_cjson PROPERTIES
    C_STANDARD 99 C_EXTENSIONS ON)
  target_compile_options(rackspace_cjson PRIVATE -w)
  set(RACKSPACE_CJSON_OBJECTS $<TARGET_OBJECTS:rackspace_cjson>)
  return()
endif()

# What was found for another Lua in this build folder is of no use.
if(NOT "${RACKSPACE_CJSON_SERIES}" STREQUAL LUA_SERIES)
  if(RACKSPACE_CJSON_SERIES)
    unset(RACKSPACE_CJSON_LIBRARY CACHE)
    unset(RACKSPACE_CJSON_MODULE CACHE)
  endif()
  set(RACKSPACE_CJSON_SERIES ${LUA_SERIES} CACHE INTERNAL "")
endif()
find_library(RACKSPACE_CJSON_LIBRARY NAMES lua${LUA_SERIES}-cjson
             DOC "lua-cjson's library for this Lua, one that can be linked")
if(RACKSPACE_CJSON_LIBRARY)
  set(RACKSPACE_CJSON ${RACKSPACE_CJSON_LIBRARY})
  return()
endif()

# Where modules of this Lua lie: its own word, then what is usual.
set(cjson_folders "")
pkg_get_variable(folder ${RACKSPACE_PC_LUA_NAME} INSTALL_CMOD)
list(APPEND cjson_folders ${folder})
foreach(prefix ${CMAKE_PREFIX_PATH} ${RACKSPACE_PC_LUA_PREFIX}
        ${CMAKE_SYSTEM_PREFIX_PATH} $ENV{HOME}/.luarocks)
  foreach(lib ${CMAKE_INSTALL_LIBDIR} lib lib64)
    list(APPEND cjson_folders ${prefix}/${lib}/lua/${LUA_SERIES})
  endforeach()
endforeach()
find_file(RACKSPACE_CJSON_MODULE NAMES cjson.so PATHS ${cjson_folders}
          NO_DEFAULT_PATH DOC "lua-cjson as a module of this Lua")
if(NOT RACKSPACE_CJSON_MODULE)
  message(FATAL_ERROR "No lua-cjson for Lua ${LUA_SERIES} here. Install it, by "
    "the system's packages or by 'luarocks --lua-version ${LUA_SERIES} install "
    "lua-cjson', or set RACKSPACE_CJSON_SOURCE to a folder with its source.")
endif()
set(RACKSPACE_CJSON_C lua/lcjson_module.c)
set(RACKSPACE_CJSON_DEFINE RACKSPACE_CJSON_MODULE="${RACKSPACE_CJSON_MODULE}")
