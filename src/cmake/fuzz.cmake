# The fuzz targets: with libFuzzer, or with a main that replays the corpus.
# SPDX-License-Identifier: MIT
set(RACKSPACE_FUZZ_TARGETS challenge columns cursor date json printable url)

foreach(target ${RACKSPACE_FUZZ_TARGETS})
  add_executable(fuzz_${target} fuzz/${target}.c)
  target_link_libraries(fuzz_${target} PRIVATE rackspace_flags)
  if(target STREQUAL "json")
    target_link_libraries(fuzz_${target} PRIVATE
      rackspace_static PkgConfig::RACKSPACE_PC_LUA)
  else()
    target_link_libraries(fuzz_${target} PRIVATE rackspace_plain)
  endif()
  if(RACKSPACE_FUZZ)
    target_link_options(fuzz_${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${target} PRIVATE fuzz/replay.c)
  endif()
endforeach()
