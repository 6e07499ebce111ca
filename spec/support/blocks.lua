--- blocks.lua - runs a document's blocks of code, and compares what they print
-- SPDX-License-Identifier: MIT
--
-- A document becomes one Lua script whose lines are the document's own: what is
-- no ```lua block is blank, but that a ```sh or ```c block is a call which runs
-- it. So its blocks share one environment and their locals, run in their order,
-- and an error names the document's line. An ```ini block is the profile's file,
-- a ```json block one of faults, which a sandbox has to take, or an object,
-- which only has to be JSON.
--
-- What a block prints is what stands after `-->` in it, or the ```text block
-- that follows; `...` is any text there, and white space counts as one space. A
-- statement before a line of `--> script.lua:` is one that raises.
local support = require("spec.sandbox.support")

local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

local blocks = {}

local known = { lua = true, sh = true, c = true, ini = true, json = true, text = true }

-- ---- reading ----------------------------------------------------------------

--- The blocks of a document: { language =, first = and last = the lines of its
-- fences, lines = }, in their order.
function blocks.read(text)
  local list, open, number = {}, nil, 0
  for line in text:gmatch("([^\n]*)\n") do
    number = number + 1
    local language = line:match("^```(.*)$")
    if open and language then
      assert(language == "", "line " .. number .. ": a block in a block")
      open.last, open = number, nil
    elseif language then
      open = { language = language, first = number, lines = {} }
      list[#list + 1] = open
    elseif open then
      table.insert(open.lines, line)
    end
  end
  assert(not open, "a block has no end")
  return list
end

--- What a block is to print, as lines; nil where nothing says so.
local function expected_of(block, following)
  local lines = {}
  if following and following.language == "text" and following.first == block.last + 1 then
    return following.lines
  elseif block.language == "lua" then
    for _, line in ipairs(block.lines) do
      lines[#lines + 1] = line:match("%-%-> (.*)$")
    end
  end
  return lines
end

-- ---- the script -------------------------------------------------------------

local preamble = [[local __folder = %q; local function __mark(n, word)
io.stdout:write("\1", n, word, "\1") io.stdout:flush() end
local function __run(n) io.stdout:flush()
os.execute("cd " .. __folder .. " && sh -e " .. n .. ".sh; echo $? >" .. n .. ".code") end
local function __raises(fn) local ok, message = pcall(fn)
assert(not ok, "nothing was raised")
io.stdout:write((tostring(message):gsub("^.-:%%d+: ", "script.lua:12: ")), "\n") end ]]

--- Lua's lines; what is to raise is caught.
local function lua_lines(block)
  local lines = {}
  for i, line in ipairs(block.lines) do
    if (block.lines[i + 1] or ""):find("^%-%-> script%.lua:") then
      line = "__raises(function() " .. line .. " end)"
    end
    lines[i] = line
  end
  return lines
end

local c_head = "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"

--- A whole program; of statements, one around them.
local function c_program(block)
  local text = table.concat(block.lines, "\n") .. "\n"
  if text:find("int main", 1, true) then
    return text
  end
  local includes = {}
  text = text:gsub("#include[^\n]*\n", function(line)
    includes[#includes + 1] = line
    return ""
  end)
  return table.concat(includes) .. c_head .. "int main(void)\n{\n" .. text .. "return 0;\n}\n"
end

local make_c = "cc -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -I%s/src -o %d %d.c " ..
  "-L%s -lrackspace -Wl,-rpath,%s && ./%d\n"

local writers = {
  sh = function(block)
    return table.concat(block.lines, "\n") .. "\n"
  end,
  c = function(block, folder, number)
    local here = support.output("pwd"):gsub("\n", "")
    support.write(("%s/%d.c"):format(folder, number), c_program(block))
    return make_c:format(here, number, number, build, build, number)
  end,
  ini = function(block)
    return ("umask 077\nmkdir -p ~/.config/rackspace\ncat >~/.config/rackspace/config <<'END'\n" ..
      "%s\nEND\n"):format(table.concat(block.lines, "\n"))
  end,
  json = function(block)
    local is_settings = block.lines[1] == "{"
    if is_settings then
      return ("jq -e . >/dev/null <<'END'\n%s\nEND\n"):format(table.concat(block.lines, "\n"))
    end
    return ("cat >faults.json <<'END'\n%s\nEND\nrackspace sandbox --faults faults.json " ..
      "--with-stdin </dev/null >/dev/null\n"):format(table.concat(block.lines, "\n"))
  end,
}

--- What the document takes for granted before a block.
local function before(block, texts)
  for _, line in ipairs(block.lines) do
    for text, lua in pairs(texts or {}) do
      if line:find(text, 1, true) then
        return lua:gsub("\n", " ")
      end
    end
  end
  return ""
end

--- The script of a document's blocks; what it runs is put into the folder.
local function script_of(list, folder, options, name)
  local lines = {}
  for number, block in ipairs(list) do
    assert(known[block.language], ("%s:%d: nothing runs a block of '%s'"):format(name, block.first,
      block.language))
    lines[block.first] = before(block, options.before) ..
      ("__mark(%d, ' begins')"):format(number)
    if block.language == "lua" then
      for i, line in ipairs(lua_lines(block)) do
        lines[block.first + i] = line
      end
    elseif block.language ~= "text" then
      support.write(("%s/%d.sh"):format(folder, number),
        "exec 2>&1\n" .. writers[block.language](block, folder, number))
      lines[block.last - 1] = ("__run(%d)"):format(number)
    end
    lines[block.last] = ("__mark(%d, ' ends')"):format(number)
  end
  local last = list[#list] and list[#list].last or 0
  local text = { (preamble:format(folder) .. (options.prelude or "")):gsub("\n", " ") .. "" }
  for i = 2, last do
    text[i] = lines[i] or ""
  end
  return table.concat(text, "\n") .. "\n"
end

-- ---- comparing ----------------------------------------------------------------

local function plain(text)
  return (text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

--- Whether a text is what is expected, with `...` for any text.
function blocks.is_like(text, expected)
  text, expected = plain(text), plain(expected)
  local pattern = expected:gsub("%p", "%%%0"):gsub("%%%.%%%.%%%.", ".-")
  return text:find("^" .. pattern .. "$") ~= nil
end

--- What each block printed, by its number; nil of one that did not end.
local function printed_of(output)
  local printed = {}
  for begun, text, ended in output:gmatch("\1(%d+) begins\1(.-)\1(%d+) ends\1") do
    assert(begun == ended)
    printed[tonumber(begun)] = text
  end
  return printed
end

--- Whether what a block printed is what it should be.
local function is_right(block, printed, expected, is_loose)
  return printed and (block.language == "text" or is_loose and expected == "" or
    blocks.is_like(printed, expected))
end

--- What is not as the blocks say, each a text.
local function compare(path, list, printed, folder, is_loose)
  local problems = {}
  for number, block in ipairs(list) do
    local expected = table.concat(expected_of(block, list[number + 1]), "\n")
    local code = io.open(("%s/%d.code"):format(folder, number))
    code = code and { code:read("*n"), code:close() }
    if code and code[1] ~= 0 then
      problems[#problems + 1] = ("%s:%d: ended with %d: %s"):format(path, block.first, code[1],
        printed[number] or "")
    elseif not is_right(block, printed[number], expected, is_loose) then
      problems[#problems + 1] = ("%s:%d: expected\n%s\nbut it printed\n%s"):format(path,
        block.first, expected, printed[number] or "(it did not end)")
    end
  end
  return problems
end

--- The document's blocks but for those that can't be run here.
local function read_file(path, skip)
  local kept = {}
  for _, block in ipairs(blocks.read(support.read(path))) do
    if not (skip and skip(block)) then
      kept[#kept + 1] = block
    end
  end
  return kept
end

--- Runs a document. Returns the list of what is not as it says, each a text, and
-- how many blocks were run. Its calls are examples: some of them fail.
-- @param options.settings variables of the environment, as for env
-- @param options.prelude Lua before the first block
-- @param options.before { [a text] = Lua before the block that has it }
-- @param options.skip function(block): whether it can't be run here
-- @param options.is_loose whether a block that doesn't say what it prints may
--   print what it likes
function blocks.run(path, options)
  local folder, list = support.folder(), read_file(path, options.skip)
  local name = path:gsub("^/", ""):gsub("/", ".")
  support.write(folder .. "/" .. name, script_of(list, folder, options, path))
  local job = support.start(("env %s HOME=%s PATH=%s:\"$PATH\" " ..
    "sh -c 'cd %s && exec rackspace --quiet-failures ./%s'"):format(options.settings, folder,
    build, folder, name), "/dev/null")
  local code, output, said = job:finish()
  local problems = compare(path, list, printed_of(output), folder, options.is_loose)
  if code ~= 0 or said ~= "" then
    table.insert(problems, 1, ("%s: ended with %d: %s"):format(path, code, said))
  end
  support.remove(folder)
  return problems, #list
end

return blocks
