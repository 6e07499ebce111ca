--- files.lua - the printed files: writes or checks them
-- SPDX-License-Identifier: MIT
local describe = require("rackspace.manual.describe")
local guide = require("script.document.guide")
local luacats = require("script.document.luacats")
local markdown = require("script.document.markdown")
local methods = require("script.document.methods")
local page = require("script.document.page")

local first_mark, last_mark = "<!-- coverage -->", "<!-- /coverage -->"

local function read(path)
  local file, message = io.open(path, "rb")
  if not file then
    return nil, message
  end
  local content = file:read("*a")
  file:close()
  return content
end

local function write(path, content)
  local file = assert(io.open(path, "wb"))
  assert(file:write(content))
  assert(file:close())
end

--- Returns a text with what is between the marks replaced; nil and a message
-- when a mark is missing.
local function replace(content, printed)
  local _, from = content:find(first_mark .. "\n", 1, true)
  local to = from and content:find(last_mark, from, true)
  if not to then
    return nil, ("no %s and %s"):format(first_mark, last_mark)
  end
  return content:sub(1, from) .. "\n" .. printed .. "\n" .. content:sub(to)
end

local function documented()
  local found = {}
  for _, source in ipairs(methods.sources) do
    found[source.name] = methods.read(assert(read(source.path)), source)
  end
  return found
end

--- Returns the contents of the printed files by their paths.
local function print_all()
  local all, found = describe.all(), documented()
  return {
    ["doc/coverage.md"] = assert(replace(assert(read("doc/coverage.md")),
      markdown.coverage(all))),
    ["doc/rackspace.1"] = page.print(),
    ["doc/reference.md"] = markdown.reference(all, found),
    ["lua/rackspace/manual/guide.lua"] = guide.print(read),
    ["types/rackspace.lua"] = luacats.print(all, found),
  }
end

--- Writes the printed files, or with "--check" compares them with the files on
-- disk. Returns an exit code.
local function main(arguments)
  local is_check = arguments[1] == "--check"
  if arguments[1] and not is_check or arguments[2] then
    io.stderr:write("usage: script/print [--check]\n")
    return 2
  end
  local code = 0
  for path, content in pairs(print_all()) do
    local is_same = read(path) == content
    if not is_same and is_check then
      io.write(path, " is not what the rows say: run script/print\n")
      code = 1
    elseif not is_same then
      write(path, content)
      io.write("printed ", path, "\n")
    end
  end
  return code
end

return { main = main, print = print_all, replace = replace }
