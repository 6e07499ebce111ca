# Installs the program, the modules, the libraries and what finds them.
# SPDX-License-Identifier: MIT
set(LUA_SHARE ${CMAKE_INSTALL_DATADIR}/lua/${LUA_SERIES})
set(LUA_LIB ${CMAKE_INSTALL_LIBDIR}/lua/${LUA_SERIES})
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME dev)
install(TARGETS rackspace_program DESTINATION ${CMAKE_INSTALL_BINDIR}
        COMPONENT runtime)
install(TARGETS rackspace_module_core rackspace_module_httpd
        DESTINATION ${LUA_LIB}/rackspace COMPONENT lua)
include(src/cmake/package.cmake)
install(FILES doc/rackspace.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
        COMPONENT manual)
foreach(file ${RACKSPACE_LUA_FILES})
  get_filename_component(folder ${file} DIRECTORY)
  install(FILES lua/${file} DESTINATION ${LUA_SHARE}/${folder} COMPONENT lua)
endforeach()
include(src/cmake/pack.cmake)
