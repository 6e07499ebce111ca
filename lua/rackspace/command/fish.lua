--- fish.lua - the script by which fish completes the command line
-- SPDX-License-Identifier: MIT
local choices = require("rackspace.command.choices")
local names = require("rackspace.command.names")

local head = [==[
# fish completion for rackspace: printed by rackspace completion fish
# To have it in every shell: rackspace completion fish \
#   > ~/.config/fish/completions/rackspace.fish

# Whether the command is one of these; without any, whether there is none yet.
function __rackspace_command
    set -l words (commandline -opc)
    set -l takes %s
    set -e words[1]
    while set -q words[1]
        switch $words[1]
            case '-*'
                contains -- $words[1] $takes; and set -e words[1]
            case '*'
                contains -- $words[1] $argv
                return
        end
        set -e words[1]
    end
    not set -q argv[1]
end

]==]

local function quote(text)
  return "'" .. text:gsub("[\\']", "\\%0") .. "'"
end

--- The first sentence of a text.
local function brief(text)
  local first = text:gsub("%s+", " "):match("^(.-[.:;])%f[%s%z]") or text
  return quote((first:gsub("[.:;]$", "")))
end

local function add(lines, condition, word, doc)
  lines[#lines + 1] = ("complete -c rackspace -n %s -a %s%s"):format(
    quote(condition), quote(quote(word)),
    doc and doc ~= "" and " -d " .. brief(doc) or "")
end

local function add_option(lines, option)
  local long = option.name:match("^%-%-(.+)$")
  lines[#lines + 1] = ("complete -c rackspace %s %s%s%s -d %s"):format(
    long and "-l" or "-s", long or option.name:sub(2),
    option.needs and " -r" or "", option.known and
    (" -f -a %s"):format(quote(table.concat(option.known, " "))) or "",
    brief(option.doc))
end

--- Parameters; where the values are known, each with them.
local function add_operation(lines, op)
  local condition = "__rackspace_command " .. op.full_name
  for _, one in ipairs(choices.parameters(op)) do
    add(lines, condition, one.name .. "=", one.doc)
    for _, value in ipairs(one.known or {}) do
      add(lines, condition, one.name .. "=" .. value)
    end
  end
end

local function takers()
  local list = {}
  for _, option in ipairs(choices.options()) do
    list[#list + 1] = option.needs and option.name or nil
  end
  return table.concat(list, " ")
end

--- The script.
return function()
  local lines = {}
  for _, one in ipairs(choices.commands()) do
    add(lines, "__rackspace_command", one[1], one[2])
  end
  for _, option in ipairs(choices.options()) do
    add_option(lines, option)
  end
  for _, name in ipairs(names.list()) do
    for _, word in ipairs(choices.words(name) or {}) do
      add(lines, "__rackspace_command " .. name, word)
    end
  end
  names.each_operation(function(op)
    add_operation(lines, op)
  end)
  return head:format(takers()) .. table.concat(lines, "\n") .. "\n"
end
