# A program that holds Lua, lua-cjson, libmicrohttpd, libutf8proc and libedit.
# SPDX-License-Identifier: MIT
#
# libcurl stays dynamic, and with it OpenSSL: Debian has no static GSSAPI, which
# its libcurl.a needs, and two copies of OpenSSL in one process are one too many.
# GnuTLS, which libmicrohttpd needs, stays dynamic too: there is no static
# p11-kit.
list(GET RACKSPACE_PC_LUA_LIBRARIES 0 lua)
find_library(STATIC_LUA NAMES lib${lua}.a
             HINTS ${RACKSPACE_PC_LUA_LIBRARY_DIRS} REQUIRED)
if(RACKSPACE_CJSON_SOURCE)
  set(STATIC_CJSON "")
else()
  find_library(STATIC_CJSON NAMES liblua${LUA_SERIES}-cjson.a REQUIRED)
endif()
find_library(STATIC_MICROHTTPD NAMES libmicrohttpd.a REQUIRED)
find_library(STATIC_UTF8PROC NAMES libutf8proc.a REQUIRED)
pkg_check_modules(RACKSPACE_PC_GNUTLS REQUIRED IMPORTED_TARGET gnutls)
# What an archive needs comes after it.
set_property(TARGET rackspace_static PROPERTY INTERFACE_LINK_LIBRARIES
  ${STATIC_CJSON} ${STATIC_MICROHTTPD} ${STATIC_UTF8PROC}
  PkgConfig::RACKSPACE_PC_GNUTLS PkgConfig::RACKSPACE_PC_CURL
  PkgConfig::RACKSPACE_PC_CRYPTO Threads::Threads m ${CMAKE_DL_LIBS})
if(RACKSPACE_PC_LIBEDIT_FOUND)
  set(program_libedit)
  foreach(name edit tinfo bsd md)
    find_library(STATIC_${name} NAMES lib${name}.a REQUIRED)
    list(APPEND program_libedit ${STATIC_${name}})
  endforeach()
endif()
# All of Lua, and seen from outside, for C modules that a script loads.
set(program_lua -Wl,--whole-archive ${STATIC_LUA} -Wl,--no-whole-archive)
target_include_directories(rackspace_program PRIVATE
  ${RACKSPACE_PC_LUA_INCLUDE_DIRS})
set_target_properties(rackspace_program PROPERTIES ENABLE_EXPORTS ON)
target_link_options(rackspace_program PRIVATE -static-libgcc)
