# The Debian packages, by `cpack -G DEB`; script/package sets the rest.
# SPDX-License-Identifier: MIT
set(pack_date "Thu, 01 Jan 1970 00:00:00 +0000")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  string(TIMESTAMP pack_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
endif()
set(RACKSPACE_MAINTAINER "rackspace <rackspace@example.net>" CACHE STRING
    "Whose name and address the Debian packages bear")
set(RACKSPACE_PACK_WITH "" CACHE PATH
    "A folder whose content goes into lua-rackspace: for other Luas")
set(maintainer ${RACKSPACE_MAINTAINER})
file(WRITE ${PROJECT_BINARY_DIR}/pack/changelog
  "rackspace (${PROJECT_VERSION}) unstable; urgency=medium\n\n"
  "  * See CHANGELOG.md.\n\n -- ${maintainer}  ${pack_date}\n")
file(READ LICENSE license)
string(REGEX REPLACE "\n\n" "\n.\n" license "${license}")
string(REGEX REPLACE "\n(.)" "\n \\1" license "${license}")
file(WRITE ${PROJECT_BINARY_DIR}/pack/copyright
  "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
  "Upstream-Name: rackspace\n\nFiles: *\n"
  "Copyright: the rackspace authors\nLicense: Expat\n ${license}")
if(RACKSPACE_PACK_WITH)
  install(DIRECTORY ${RACKSPACE_PACK_WITH}/ DESTINATION . COMPONENT lua)
endif()
find_program(GZIP gzip)
if(GZIP)
  configure_file(doc/rackspace.1 ${PROJECT_BINARY_DIR}/pack/rackspace.1 COPYONLY)
  foreach(file changelog rackspace.1)
    execute_process(COMMAND ${GZIP} -9nf ${PROJECT_BINARY_DIR}/pack/${file})
  endforeach()
  install(FILES ${PROJECT_BINARY_DIR}/pack/rackspace.1.gz
          DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
          COMPONENT runtime EXCLUDE_FROM_ALL)
  foreach(pair runtime:rackspace dev:librackspace-dev lua:lua-rackspace)
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 component)
    list(GET pair 1 name)
    install(FILES ${PROJECT_BINARY_DIR}/pack/changelog.gz
            ${PROJECT_BINARY_DIR}/pack/copyright
            DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name}
            COMPONENT ${component} EXCLUDE_FROM_ALL)
  endforeach()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_COMPONENTS_ALL runtime dev lua)

# A package: its component, name, section and text.
function(rackspace_package component name section text)
  string(TOUPPER ${component} component)
  set(CPACK_DEBIAN_${component}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${component}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${component}_DESCRIPTION ${text} PARENT_SCOPE)
endfunction()
rackspace_package(runtime rackspace utils
  "A program that has a prompt, runs scripts and serves a sandbox of the\n\
account-facing services, and the library that carries it.")
rackspace_package(dev librackspace-dev libdevel
  "What is needed to build C programs with librackspace.")
rackspace_package(lua lua-rackspace interpreters
  "The account-facing services for any Lua, with a sandbox of them.")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "accounts and tickets at Rackspace, from Lua and C")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
file(WRITE ${PROJECT_BINARY_DIR}/pack/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA
    ${PROJECT_BINARY_DIR}/pack/triggers)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "libjq1")
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "rackspace (= ${PROJECT_VERSION}), libcurl4-openssl-dev, libmicrohttpd-dev, \
libutf8proc-dev")
set(CPACK_DEBIAN_LUA_PACKAGE_DEPENDS "lua-cjson")
set(CPACK_DEBIAN_LUA_PACKAGE_RECOMMENDS "lua-expat")
include(CPack)
