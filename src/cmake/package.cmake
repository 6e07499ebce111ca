# Installs the libraries, their header, and what finds them.
# SPDX-License-Identifier: MIT
include(CMakePackageConfigHelpers)

set_target_properties(rackspace_shared PROPERTIES EXPORT_NAME rackspace)
set_target_properties(rackspace_static PROPERTIES EXPORT_NAME static)
set_target_properties(rackspace_open_shared PROPERTIES EXPORT_NAME open)
set_target_properties(rackspace_open_static PROPERTIES EXPORT_NAME open_static)
install(TARGETS rackspace_shared rackspace_static rackspace_open_shared
        rackspace_open_static EXPORT rackspace
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime
                NAMELINK_COMPONENT dev
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES src/rackspace.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/rackspace)
install(EXPORT rackspace NAMESPACE rackspace:: FILE targets.cmake
        DESTINATION ${package})
configure_package_config_file(src/cmake/rackspace-config.cmake.in
  ${PROJECT_BINARY_DIR}/rackspace-config.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/rackspace-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/rackspace-config.cmake
        ${PROJECT_BINARY_DIR}/rackspace-config-version.cmake
        DESTINATION ${package})

# lua-cjson by its path, where it is linked at all: -lcjson would be another
# library. -lm is behind the archive, whose name loses its escaped spaces in
# pkgconf when an option without a name of a library comes next.
set(needs "libcurl libcrypto libmicrohttpd libutf8proc")
set(private_libraries "-lm ${RACKSPACE_CJSON} -pthread")

# A file for pkg-config: its name, what it is, and "Libs:" and all else that a
# shared or a static library makes of it. What is static has a name of its own,
# since `pkg-config --static` would want all of libcurl's static needs, too.
file(RELATIVE_PATH PC_UP ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
     ${CMAKE_INSTALL_PREFIX})
function(rackspace_pc name what libraries)
  set(PC_NAME ${name})
  set(PC_WHAT ${what})
  set(PC_LIBRARIES ${libraries})
  set(PC_REST "${ARGN}")
  configure_file(src/cmake/rackspace.pc.in ${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc
          DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()

rackspace_pc(rackspace "${PROJECT_DESCRIPTION}" "-lrackspace"
  "")
rackspace_pc(rackspace-static "${PROJECT_DESCRIPTION} (static)"
  "\${libdir}/librackspace.a ${private_libraries}"
  "Requires: ${needs} ${RACKSPACE_PC_LUA_NAME}")
rackspace_pc(rackspace-open
  "The library rackspace for hosts with their own Lua" "-lrackspace_open"
  "")
