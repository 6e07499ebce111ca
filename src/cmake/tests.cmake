# Registers the C units and the specs with ctest, named "<build folder>/...".
# SPDX-License-Identifier: MIT
get_filename_component(prefix ${PROJECT_BINARY_DIR} NAME)
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)

foreach(unit ${RACKSPACE_UNITS})
  add_executable(units_${unit} spec/c/${unit}_units.c)
  target_link_libraries(units_${unit} PRIVATE
    rackspace_flags rackspace_plain PkgConfig::CMOCKA)
  add_test(NAME ${prefix}/units_${unit} COMMAND units_${unit})
endforeach()

add_executable(process spec/c/process.c)
target_link_libraries(process PRIVATE
  rackspace_flags rackspace_static PkgConfig::LUA)

# Only calls from our own objects are led to the torture's hooks. LuaJIT asks
# for memory outside of its allocator.
if(NOT RACKSPACE_LUA MATCHES "jit")
  add_executable(torture spec/c/torture.c)
  target_link_libraries(torture PRIVATE
    rackspace_flags rackspace_static PkgConfig::LUA)
  foreach(name malloc calloc realloc strdup strndup free)
    target_link_options(torture PRIVATE -Wl,--wrap=${name})
  endforeach()
endif()

foreach(target ${RACKSPACE_FUZZ_TARGETS})
  add_test(NAME ${prefix}/fuzz_${target}
    COMMAND fuzz_${target} ${PROJECT_SOURCE_DIR}/fuzz/corpus/${target})
endforeach()

# librackspace, by what it gives to its hosts
add_executable(units_host spec/c/host_units.c)
target_link_libraries(units_host PRIVATE
  rackspace_flags rackspace_static rackspace_plain PkgConfig::LUA
  PkgConfig::CMOCKA)
# LuaJIT itself dies of some of its allocations that fail.
target_compile_definitions(units_host PRIVATE
  IS_LUAJIT=$<STREQUAL:${RACKSPACE_LUA},luajit>)
add_test(NAME ${prefix}/units_host COMMAND units_host)
set(known_leaks ${PROJECT_SOURCE_DIR}/spec/support/lsan.supp)
set_tests_properties(${prefix}/units_host PROPERTIES
  ENVIRONMENT "RACKSPACE_TOKEN_CACHE=off;HOME=/dev/null;\
LSAN_OPTIONS=suppressions=${known_leaks}:print_suppressions=0")

# Once more, built so that races are seen.
if(prefix STREQUAL "lua5.4")
  add_executable(units_threads spec/c/threads_units.c ${RACKSPACE_HOST_C}
    src/lua/loader.c ${PROJECT_BINARY_DIR}/embedded.c ${RACKSPACE_CORE_C}
    ${RACKSPACE_CORE_BINDINGS} ${RACKSPACE_HTTPD_C})
  target_compile_options(units_threads PRIVATE -fsanitize=thread -g)
  target_link_options(units_threads PRIVATE -fsanitize=thread)
  target_link_libraries(units_threads PRIVATE
    rackspace_flags ${RACKSPACE_NEEDS} PkgConfig::LUA PkgConfig::CMOCKA)
  add_test(NAME ${prefix}/units_threads COMMAND units_threads)
  set_tests_properties(${prefix}/units_threads PROPERTIES
    ENVIRONMENT "RACKSPACE_TOKEN_CACHE=off;HOME=/dev/null")
endif()

function(rackspace_test name)
  add_test(NAME ${prefix}/${name} COMMAND ${ARGN}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${prefix}/${name} PROPERTIES TIMEOUT 1800)
endfunction()

if(NOT prefix STREQUAL "asan") # what hosts build is not
  rackspace_test(embed script/embed ${PROJECT_BINARY_DIR})
endif()

# A folder's specs at a time: what busted keeps of every spec makes each
# collection of the ones that follow dearer.
file(GLOB_RECURSE files RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
  spec/*_spec.lua)
set(folders "")
foreach(file ${files})
  get_filename_component(folder ${file} DIRECTORY)
  list(APPEND folders ${folder})
endforeach()
list(REMOVE_DUPLICATES folders)
set(specs script/specs ${RACKSPACE_LUA} ${PROJECT_BINARY_DIR} --no-recursive)
foreach(folder ${folders})
  rackspace_test(${folder} ${specs} ${folder})
  # Once more where C modules work in the interpreter that runs the specs.
  if(prefix STREQUAL "lua5.4" AND folder MATCHES "/(core|call|login|loop|many|task)$")
    rackspace_test(collected/${folder}
      ${CMAKE_COMMAND} -E env RACKSPACE_SPEC_GC=1 ${specs} ${folder})
  endif()
endforeach()
if(TARGET torture)
  rackspace_test(torture script/torture ${PROJECT_BINARY_DIR} 3)
endif()
if(prefix STREQUAL "lua5.4")
  rackspace_test(valgrind script/valgrind ${PROJECT_BINARY_DIR})
  rackspace_test(lint script/lint ${RACKSPACE_LINT})
  rackspace_test(rock script/rock)
  rackspace_test(abi script/abi)
  rackspace_test(packed script/packed)
endif()

# For the programs, as script/specs says.
if(RACKSPACE_SANITIZE)
  get_property(tests DIRECTORY PROPERTY TESTS)
  set_property(TEST ${tests} APPEND PROPERTY
    ENVIRONMENT ASAN_OPTIONS=intercept_tls_get_addr=0)
endif()
