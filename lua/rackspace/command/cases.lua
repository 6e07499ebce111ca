--- cases.lua - what may stand where, as functions of bash and zsh
-- SPDX-License-Identifier: MIT
local choices = require("rackspace.command.choices")
local names = require("rackspace.command.names")

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

--- A line of a case: what is printed for a pattern.
local function add_case(lines, pattern, words)
  local quoted = {}
  for i, word in ipairs(words) do
    quoted[i] = quote(word)
  end
  lines[#lines + 1] = ("  %s) printf '%%s\\n' %s ;;"):format(pattern,
    table.concat(quoted, " "))
end

local function names_of(parameters)
  local list = {}
  for i, one in ipairs(parameters) do
    list[i] = one.name .. "="
  end
  return list
end

local function add_words(lines)
  local commands = {}
  for i, one in ipairs(choices.commands()) do
    commands[i] = one[1]
  end
  lines[#lines + 1] = "_rackspace_words() {\n  case $1 in"
  add_case(lines, "''", commands)
  for _, name in ipairs(names.list()) do
    if choices.words(name) then
      add_case(lines, name, choices.words(name))
    end
  end
  names.each_operation(function(op)
    add_case(lines, op.full_name, names_of(choices.parameters(op)))
  end)
  lines[#lines + 1] = "  esac\n}\n"
end

local function add_values(lines)
  lines[#lines + 1] = "_rackspace_values() {\n  case $1:$2 in"
  for _, option in ipairs(choices.options()) do
    if option.known then
      add_case(lines, "*:" .. option.name, option.known)
    end
  end
  names.each_operation(function(op)
    for _, one in ipairs(choices.parameters(op)) do
      if one.known then
        add_case(lines, op.full_name .. ":" .. one.name, one.known)
      end
    end
  end)
  lines[#lines + 1] = "  esac\n}\n"
end

local function add_options(lines)
  local spelt, takers = {}, {}
  for _, option in ipairs(choices.options()) do
    spelt[#spelt + 1] = option.name ..
      (option.needs and #option.name > 2 and "=" or "")
    takers[#takers + 1] = option.needs and option.name or nil
  end
  lines[#lines + 1] = "_rackspace_options() {"
  lines[#lines + 1] = "  printf '%s\\n' " .. table.concat(spelt, " ") .. "\n}\n"
  lines[#lines + 1] = ("_rackspace_takes() {\n  case $1 in\n  %s) return 0 " ..
    ";;\n  esac\n  return 1\n}"):format(table.concat(takers, " | "))
end

--- The functions _rackspace_words COMMAND, _rackspace_values COMMAND NAME and
-- _rackspace_options, which print words, one to a line, and _rackspace_takes
-- OPTION, whether the next word is its value.
return function()
  local lines = {}
  add_words(lines)
  add_values(lines)
  add_options(lines)
  return table.concat(lines, "\n") .. "\n"
end
