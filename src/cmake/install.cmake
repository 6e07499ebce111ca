# Installs the program, the modules, the libraries and what finds them.
# SPDX-License-Identifier: MIT
set(LUA_SHARE ${CMAKE_INSTALL_DATADIR}/lua/${LUA_SERIES})
set(LUA_LIB ${CMAKE_INSTALL_LIBDIR}/lua/${LUA_SERIES})
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME dev)

# All can read the folders that an installation makes, whatever the umask, by
# which CMake goes: the new ones are noted first and opened at the end.
set(folders ${CMAKE_INSTALL_BINDIR} ${CMAKE_INSTALL_INCLUDEDIR}
    ${CMAKE_INSTALL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_LIBDIR}/cmake/rackspace
    ${LUA_LIB}/rackspace ${CMAKE_INSTALL_MANDIR}/man1)
foreach(file ${RACKSPACE_LUA_FILES})
  get_filename_component(folder ${LUA_SHARE}/${file} DIRECTORY)
  list(APPEND folders ${folder})
endforeach()
install(CODE "set(folders \"${folders}\")" ALL_COMPONENTS)
install(CODE [[
  set(new_folders "")
  foreach(folder ${folders})
    cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}")
    while(NOT EXISTS "$ENV{DESTDIR}${folder}" AND NOT folder STREQUAL "/")
      list(APPEND new_folders "$ENV{DESTDIR}${folder}")
      cmake_path(GET folder PARENT_PATH folder)
    endwhile()
  endforeach()
  list(REMOVE_DUPLICATES new_folders)
]] ALL_COMPONENTS)

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

install(CODE [[
  foreach(folder ${new_folders})
    if(EXISTS "${folder}")
      file(CHMOD "${folder}" DIRECTORY_PERMISSIONS
        OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
        WORLD_READ WORLD_EXECUTE)
    endif()
  endforeach()
]] ALL_COMPONENTS)
