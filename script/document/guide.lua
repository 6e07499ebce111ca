--- guide.lua - prints the pages of doc/guide as a Lua module
-- SPDX-License-Identifier: MIT

local FOLDER = "doc/guide/"

local head = [[
--- guide.lua - the pages of the guide; printed by script/print from doc/guide
-- SPDX-License-Identifier: MIT
-- luacheck: no max line length
return {
]]

--- Returns a long string of Lua's.
local function quote(text)
  local level = ""
  while text:find("]" .. level .. "]", 1, true) do
    level = level .. "="
  end
  return ("[%s[\n%s]%s]"):format(level, text, level)
end

--- Returns the names of the pages, in the order in which the guide's own page
-- of contents names them.
local function names_of(contents)
  local names = {}
  for name in contents:gmatch("%]%(([%w-]+)%.md%)") do
    names[#names + 1] = name
  end
  return names
end

--- Returns the module's text.
-- @param read function(path), which returns a file's content
local function print_guide(read)
  local parts = { head }
  for _, name in ipairs(names_of(assert(read(FOLDER .. "README.md")))) do
    parts[#parts + 1] = ("  { name = %q, text = %s },\n"):format(name,
      quote(assert(read(FOLDER .. name .. ".md"))))
  end
  parts[#parts + 1] = "}\n"
  return table.concat(parts)
end

return { print = print_guide }
