# Writes the Lua sources as one C file of rows { module, chunk name, bytes }.
# SPDX-License-Identifier: MIT
# cmake -DLUA_DIR=lua -DLIST=files.cmake -DOUTPUT=embedded.c -P embed.cmake
include(${LIST})

# Texts, a line of source on each line: a compiler reads them many times faster
# than lists of numbers. A question mark could begin a trigraph.
set(texts "")
set(rows "")
set(number 0)
foreach(file ${RACKSPACE_LUA_FILES})
  file(READ ${LUA_DIR}/${file} text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "?" "\\?" text "${text}")
  string(REPLACE "\n" "\\n\"\n\"" text "${text}")
  string(REGEX REPLACE "(/init)?\\.lua$" "" module ${file})
  string(REPLACE "/" "." module ${module})
  string(APPEND texts
    "static const char source_${number}[] = \"${text}\";\n")
  string(APPEND rows "    {\"${module}\", \"@${file}\", source_${number},\n"
    "     sizeof source_${number} - 1},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE ${OUTPUT} "/* embedded.c - written by embed.cmake */
#include \"lua/embedded.h\"

${texts}
const embedded_source embedded_sources[] = {
${rows}    {0, 0, 0, 0},
};
")
