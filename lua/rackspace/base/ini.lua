--- ini.lua - a parser of INI files
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local mark = require("rackspace.base.mark")

--- Removes the white space around a text, in linear time.
local function trim(text)
  local from = text:find("%S")
  return from and text:match(".*%S", from) or ""
end

--- Returns a value without its quotes, which a comment may follow, and whether
-- it had any.
local function unquote(text)
  local inner = text:match('^"(.*)"$') or text:match("^'(.*)'$") or
    text:match('^"([^"]*)"%s+[#;]') or text:match("^'([^']*)'%s+[#;]")
  return inner or text, inner ~= nil
end

--- Returns what a line is: "section" and its name; "key", the key in lower case
-- with "_" for "-", its value and whether that was quoted; "nothing" for a
-- comment or an empty line; or nil.
local function read_line(line)
  line = trim(line)
  local name = line:match("^%[(.+)%]$") or line:match("^%[([^%]]+)%]%s*[#;]")
  local key, value = line:match("^([^=:]+)[=:](.*)$")
  if line == "" or line:find("^[#;]") then
    return "nothing"
  elseif name then
    return "section", trim(name)
  elseif key then
    key = ascii.lower(trim(key)):gsub("-", "_")
    return "key", key, unquote(trim(value))
  end
end

--- Returns an iterator over the lines of a text, without their ends and without
-- marks of byte order, which stand before each file that was put into it.
local function each_line(text)
  text = text:gsub("\r\n?", "\n")
  local is_whole = text == "" or text:sub(-1) == "\n"
  local next_line = (is_whole and text or text .. "\n"):gmatch("([^\n]*)\n")
  return function()
    local line = next_line()
    return line and mark.skip(line)
  end
end

--- Returns why a text can't be read, or nil.
local function problem_of(text)
  local byte = text:find("%z")
  if text:find("^\255\254") or text:find("^\254\255") then
    return "line 1 is UTF-16: save the file as UTF-8"
  elseif byte then
    local _, ends = text:sub(1, byte):gsub("\n", "")
    return ("line %d holds a NUL byte: save the file as UTF-8"):format(ends + 1)
  end
end

--- Parses an INI text. A key ends at "=" or ":". Keys before the first section
-- belong to the section "".
-- @return { [section] = { [key] = value } }, and in the same form where they
--   stand: { number = of the line, is_quoted = }; or nil and a message with
--   the number of the line that can't be read
local function parse(text)
  local problem = problem_of(text)
  if problem then
    return nil, problem
  end
  local sections, places = { [""] = {} }, { [""] = {} }
  local section, number = "", 0
  for line in each_line(text) do
    local kind, name, value, is_quoted = read_line(line)
    number = number + 1
    if kind == "section" then
      section = name
      sections[name], places[name] = sections[name] or {}, places[name] or {}
    elseif kind == "key" then
      sections[section][name] = value
      places[section][name] = { number = number, is_quoted = is_quoted }
    elseif not kind then
      return nil, ("line %d is neither a [section] nor key = value")
        :format(number)
    end
  end
  return sections, places
end

return { each_line = each_line, parse = parse, read_line = read_line,
  trim = trim }
