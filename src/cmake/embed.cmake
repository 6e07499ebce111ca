# Writes the Lua sources as one C file of rows { module, chunk name, bytes }.
# SPDX-License-Identifier: MIT
# cmake -DLUA_DIR=lua -DLIST=files.cmake -DOUTPUT=embedded.c -P embed.cmake
include(${LIST})

set(arrays "")
set(rows "")
set(number 0)
foreach(file ${RACKSPACE_LUA_FILES})
  file(READ ${LUA_DIR}/${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(/init)?\\.lua$" "" module ${file})
  string(REPLACE "/" "." module ${module})
  string(APPEND arrays
    "static const unsigned char source_${number}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${module}\", \"@${file}\", source_${number},\n"
    "     sizeof source_${number} - 1},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUTPUT} "/* embedded.c - written by embed.cmake */
#include \"lua/embedded.h\"

${arrays}
const embedded_source embedded_sources[] = {
${rows}    {0, 0, 0, 0},
};
")
