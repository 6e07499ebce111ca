--- options.lua - reads the options of a command line by a table of them
-- SPDX-License-Identifier: MIT

-- An option is a table:
--   name          how it is typed: "--max", "-o"
--   alias         another name for it
--   value         what its value is called; an option without takes none
--   is_optional   the value may be left out, which gives true
--   allows_empty  the value may be ""
--   is_list       it may be repeated: its values are collected in a list
--   is_integer    the value is a whole number from `least` (1) to `most`
--   known         a list of values, or a function that returns one
--   is_closed     only the known values are taken
--   is_file       the value names a file
--   wanted        what the value has to be, for the message when it is not
--   field         where the value is kept: "--dry-run" in dry_run by default
--   doc           one or two sentences
local options = {}

--- Returns the name of the field that an option's value is kept in.
function options.field(option)
  return option.field or (option.name:gsub("^%-+", ""):gsub("-", "_"))
end

--- Returns how an option is typed: "--max=N", "--sandbox[=URL]", "-e CODE".
-- `separator` comes before a value that must be given ("=").
function options.spelling(option, separator)
  if not option.value then
    return (option.alias and option.alias .. ", " or "") .. option.name
  elseif option.is_optional then
    return ("%s[=%s]"):format(option.name, option.value)
  end
  separator = #option.name == 2 and " " or separator or "="
  return option.name .. separator .. option.value
end

--- Returns the known values of an option, or nil; of a command, those that may
-- follow the words before them.
function options.known(option, before)
  if type(option.known) == "function" then
    return option.known(before)
  end
  return option.known
end

-- Loaded only for a message: most runs of the program need none.
local function hint(name, known)
  return require("rackspace.base.nearest").hint(name, known)
end

local function integer_of(option, text)
  local least, most = option.least or 1, option.most or math.huge
  local number = text:find("^%d+$") and tonumber(text)
  if number and number >= least and number <= most then
    return number
  end
  return nil, ("needs a whole number from %d on, not '%s'"):format(least, text)
end

local function closed_value(option, text)
  local known = options.known(option)
  for _, value in ipairs(known) do
    if value == text then
      return value
    end
  end
  return nil, ("must be one of %s, not '%s'%s"):format(
    table.concat(known, ", "), text, hint(text, known))
end

local function read_value(option, text)
  if text == nil or text == "" and not option.allows_empty then
    return nil, "needs a value, as in " .. options.spelling(option)
  elseif option.is_integer then
    return integer_of(option, text)
  elseif option.is_closed then
    return closed_value(option, text)
  end
  return text
end

local function keep(given, option, value)
  local field = options.field(option)
  if option.is_list then
    given[field] = given[field] or {}
    table.insert(given[field], value)
  else
    given[field] = value
  end
end

local parser_methods = {}
local parser_mt = { __index = parser_methods }

--- Returns the option that a word names, or nil; the name; and what follows
-- its "=", or nil.
function parser_methods:find(word)
  local name, text = word:match("^(%-%-[%w-]+)=(.*)$")
  name = name or word
  return self.by_name[name], name, text
end

local function is_complete(option, text)
  return not option.value or text == nil and option.is_optional
end

--- Returns what is wrong with a word that names no option, or one that takes
-- no value.
local function word_problem(parser, word)
  local option, name = parser:find(word)
  if parser.title then
    return ("%s has no option '%s'"):format(parser.title, word)
  elseif option then
    return ("%s takes no value"):format(name)
  end
  return ("there is no option '%s'%s"):format(name, hint(name, parser.names))
end

--- Reads the option words[i] into `given`. Returns the index after it and its
-- value, or nil and what is wrong.
function parser_methods:read_option(given, words, i)
  local option, name, text = self:find(words[i])
  if not option or text and not option.value then
    return nil, word_problem(self, words[i])
  elseif is_complete(option, text) then
    keep(given, option, true)
    return i + 1
  elseif not text then
    i = i + 1
    text = words[i]
  end
  local value, problem = read_value(option, text)
  if value == nil then
    return nil, name .. " " ..
      (option.wanted and "needs " .. option.wanted or problem)
  end
  keep(given, option, value)
  return i + 1
end

--- Reads the options before the first other word into `given`. Returns the
-- index of that word, or nil and what is wrong.
function parser_methods:read_leading(given, words)
  local i, problem = 1
  while words[i] and words[i]:find("^%-.") do
    i, problem = self:read_option(given, words, i)
    if not i then
      return nil, problem
    end
  end
  return i
end

--- Reads the options from words[i] on into `given`; behind "--" there are
-- none. Returns the list of the other words, or nil and what is wrong. A
-- parser with a title takes no other words.
function parser_methods:read(given, words, i)
  local others, problem = {}
  while words[i] do
    local word = words[i]
    if self.title or word:find("^%-.") and word ~= "--" then
      i, problem = self:read_option(given, words, i)
      if not i then
        return nil, problem
      end
    elseif word == "--" then
      for j = i + 1, #words do
        others[#others + 1] = words[j]
      end
      break
    else
      others[#others + 1] = word
      i = i + 1
    end
  end
  return others
end

--- Makes a parser of a list of options. `title` is the name of a command that
-- takes options only: messages begin with it.
function options.parser(list, title)
  local parser = { list = list, title = title, by_name = {}, names = {} }
  for i, option in ipairs(list) do
    parser.by_name[option.name], parser.names[i] = option, option.name
    if option.alias then
      parser.by_name[option.alias] = option
    end
  end
  return setmetatable(parser, parser_mt)
end

return options
