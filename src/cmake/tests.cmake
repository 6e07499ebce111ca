# Registers the C units, the specs and the checks with ctest, each named
# "<build folder>/...", and says which build runs what.
# SPDX-License-Identifier: MIT
get_filename_component(prefix ${PROJECT_BINARY_DIR} NAME)
pkg_check_modules(RACKSPACE_PC_CMOCKA REQUIRED IMPORTED_TARGET cmocka)

# Lua 5.4 without sanitizers runs everything. What depends on the Lua runs on
# every Lua; what reaches C runs with the sanitizers.
set(is_whole FALSE)
if(RACKSPACE_LUA STREQUAL "lua5.4" AND NOT RACKSPACE_SANITIZE)
  set(is_whole TRUE)
endif()
set(on_every_lua base call core library login loop many row scripts session
    task sandbox/seed_spec.lua regress/46-clocks_over_http_spec.lua
    regress/85-proxies-that-refuse_spec.lua
    regress/95-records-given-back_spec.lua
    regress/98-metadata-of-the-last-call_spec.lua)
set(on_lua5.3 hosts)
set(on_luajit embed hosts regress/61-limits-in-lazy-modules_spec.lua
    regress/63-work-in-c_spec.lua)
set(on_sanitizers call core embed hostile httpd library login loop program task)
# Once more with a collector that never rests: C modules used in the
# interpreter that runs the specs.
set(on_collector call core login loop task)

# The seconds that the longest take, so that they start first. ctest measures
# for itself once it has run.
set(cost_valgrind 65)
set(cost_packed 95)
set(cost_lint 80)
set(cost_torture 70)
set(cost_rock 60)
set(cost_builds 60)
set(cost_hostile 40)
set(cost_whole 35)
set(cost_units_host 30)
set(cost_cage 30)
set(cost_embed 25)
set(cost_program 25)
set(cost_examples 20)
set(cost_command 15)
set(cost_core 15)

function(rackspace_test name)
  add_test(NAME ${prefix}/${name} COMMAND ${ARGN}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  get_filename_component(last ${name} NAME)
  if(NOT DEFINED cost_${last})
    set(cost_${last} 1)
  endif()
  set_tests_properties(${prefix}/${name} PROPERTIES
    TIMEOUT 1800 COST ${cost_${last}})
endfunction()

# ---- C units and fuzz targets that need no Lua
if(is_whole OR RACKSPACE_SANITIZE)
  foreach(unit ${RACKSPACE_UNITS})
    add_executable(units_${unit} spec/c/${unit}_units.c)
    target_link_libraries(units_${unit} PRIVATE
      rackspace_flags rackspace_plain PkgConfig::RACKSPACE_PC_CMOCKA)
    rackspace_test(units_${unit} units_${unit})
  endforeach()
  if(NOT RACKSPACE_FUZZ)
    include(src/cmake/fuzz.cmake)
  endif()
  foreach(target ${RACKSPACE_FUZZ_TARGETS})
    rackspace_test(fuzz_${target}
      fuzz_${target} ${PROJECT_SOURCE_DIR}/fuzz/corpus/${target})
  endforeach()
endif()

# ---- librackspace, by what it gives to its hosts
set(host_environment "RACKSPACE_TOKEN_CACHE=off;HOME=/dev/null;\
LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/spec/support/lsan.supp\
:print_suppressions=0;\
TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/spec/support/tsan.supp")

# The oldest Lua, the newest and LuaJIT are enough.
if(NOT RACKSPACE_LUA MATCHES "^lua5\\.[23]$")
  add_executable(units_host spec/c/host_units.c)
  target_link_libraries(units_host PRIVATE
    rackspace_flags rackspace_static rackspace_plain PkgConfig::RACKSPACE_PC_LUA
    PkgConfig::RACKSPACE_PC_CMOCKA)
  # LuaJIT itself dies of some of its allocations that fail.
  target_compile_definitions(units_host PRIVATE
    IS_LUAJIT=$<STREQUAL:${RACKSPACE_LUA},luajit>)
  rackspace_test(units_host units_host)
  set_tests_properties(${prefix}/units_host PROPERTIES
    ENVIRONMENT "${host_environment}")
endif()

# Programs that specs run.
foreach(name cage confined patterns process)
  add_executable(${name} spec/c/${name}.c)
  target_link_libraries(${name} PRIVATE
    rackspace_flags rackspace_static PkgConfig::RACKSPACE_PC_LUA)
endforeach()

rackspace_test(patterns patterns 5000)
if(is_whole)
  rackspace_test(cage cage 2000)
endif()

# Only calls from our own objects are led to the torture's hooks.
if(is_whole OR RACKSPACE_SANITIZE)
  add_executable(torture spec/c/torture.c)
  target_link_libraries(torture PRIVATE
    rackspace_flags rackspace_static PkgConfig::RACKSPACE_PC_LUA)
  foreach(name malloc calloc realloc strdup strndup free)
    target_link_options(torture PRIVATE -Wl,--wrap=${name})
  endforeach()
  if(RACKSPACE_SANITIZE)
    rackspace_test(torture script/torture ${PROJECT_BINARY_DIR} 3)
  endif()
endif()

# ---- what one build is enough for
# Once more, built so that races are seen. The sanitizer is for 64 bits only.
if(prefix STREQUAL "lua5.4" AND CMAKE_SIZEOF_VOID_P EQUAL 8)
  add_executable(units_threads spec/c/threads_units.c ${RACKSPACE_HOST_C}
    src/lua/loader.c src/${RACKSPACE_CJSON_C}
    $<TARGET_OBJECTS:rackspace_embedded> ${RACKSPACE_CJSON_OBJECTS}
    ${RACKSPACE_CORE_C} ${RACKSPACE_CORE_BINDINGS} ${RACKSPACE_HTTPD_C})
  target_compile_definitions(units_threads PRIVATE ${RACKSPACE_CJSON_DEFINE})
  target_compile_options(units_threads PRIVATE -fsanitize=thread -g)
  target_link_options(units_threads PRIVATE -fsanitize=thread)
  target_link_libraries(units_threads PRIVATE
    rackspace_flags ${RACKSPACE_NEEDS} PkgConfig::RACKSPACE_PC_LUA
    PkgConfig::RACKSPACE_PC_CMOCKA)
  rackspace_test(units_threads units_threads)
  set_tests_properties(${prefix}/units_threads PROPERTIES
    ENVIRONMENT "${host_environment}")
endif()
if(prefix STREQUAL "lua5.4")
  rackspace_test(embed script/embed ${PROJECT_BINARY_DIR})
  rackspace_test(valgrind script/valgrind ${PROJECT_BINARY_DIR})
  rackspace_test(lint script/lint ${RACKSPACE_LINT})
  rackspace_test(rock script/rock 5.1) # script/packed has that of 5.4
  rackspace_test(abi script/abi)
  rackspace_test(packed script/packed)
  rackspace_test(builds script/builds)
endif()

# ---- specs, a folder at a time: what busted keeps of every spec makes each
# collection of the ones that follow slower
set(specs script/specs ${RACKSPACE_LUA} ${PROJECT_BINARY_DIR} --no-recursive)
file(GLOB_RECURSE files RELATIVE ${PROJECT_SOURCE_DIR}/spec CONFIGURE_DEPENDS
  spec/*_spec.lua)
set(folders "")
foreach(file ${files})
  get_filename_component(folder ${file} DIRECTORY)
  list(APPEND folders ${folder})
endforeach()
list(REMOVE_DUPLICATES folders)
if(RACKSPACE_SANITIZE)
  set(folders ${on_sanitizers})
elseif(NOT is_whole)
  set(folders ${on_every_lua} ${on_${RACKSPACE_LUA}})
endif()
foreach(folder ${folders})
  rackspace_test(spec/${folder} ${specs} spec/${folder})
endforeach()
if(prefix STREQUAL "lua5.4")
  foreach(folder ${on_collector})
    rackspace_test(collected/spec/${folder} ${CMAKE_COMMAND} -E env
      RACKSPACE_SPEC_GC=1 ${specs} spec/${folder})
  endforeach()
endif()

# For the programs, as script/specs says.
if(RACKSPACE_SANITIZE)
  get_property(tests DIRECTORY PROPERTY TESTS)
  set_property(TEST ${tests} APPEND PROPERTY
    ENVIRONMENT ASAN_OPTIONS=intercept_tls_get_addr=0)
endif()
