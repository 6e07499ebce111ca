--- history.lua - the entries of earlier prompts, kept in a file without secrets
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local home = require("rackspace.base.home")
local lexer = require("rackspace.repl.lexer")
local secret = require("rackspace.show.secret")

local history_methods = {}
local history_mt = { __index = history_methods }

local file_name = "history"
local entry_limit = 1000
local length_limit = 10000 -- bytes of an entry
local shortest_secret = 6 -- bytes

-- ---- secrets ----------------------------------------------------------------

local function text_of(part)
  return part.kind == "string" and part.text:match("^['\"](.*)['\"]$") or
    part.text
end

--- Whether the tokens of a text assign to the name of a secret, or call it:
-- x.token = ..., ["token"] = ..., passcode(...).
local function gives_secret(parts)
  for i, part in ipairs(parts) do
    local after, at = parts[i + 1], i + 1
    if after and after.text == "]" then
      at = i + 2
      after = parts[at]
    end
    local is_given = after and (after.text == "(" or after.kind == "string" or
      after.text == "=" and (not parts[at + 1] or parts[at + 1].text ~= "="))
    if is_given and secret.is_name(text_of(part)) then
      return true
    end
  end
  return false
end

--- Whether a text contains what looks like a key or a token: 32 hexadecimal
-- digits, or 40 characters with letters and digits that are no path.
local function looks_secret(text)
  for word in text:gmatch("[%w_%-+/=]+") do
    local is_hex = #word >= 32 and word:find("^%x+$")
    if is_hex or #word >= 40 and word:find("%d") and word:find("%a") and
        not word:find("^[%l_/%-]+%d*$") then
      return true
    end
  end
  return false
end

--- Whether a text must not be kept: it contains one of `secrets`, a list of
-- known ones, or what looks like a secret.
local function holds_secret(text, secrets)
  for _, known in ipairs(secrets or {}) do
    if #known >= shortest_secret and text:find(known, 1, true) then
      return true
    end
  end
  local parts = lexer.read(text)
  for _, part in ipairs(parts) do
    if part.kind ~= "comment" and part.kind ~= "symbol" and
        looks_secret(part.text) then
      return true
    end
  end
  return gives_secret(parts)
end

-- ---- the file ---------------------------------------------------------------

local function escape(entry)
  return (entry:gsub("[\\\n]", { ["\\"] = "\\\\", ["\n"] = "\\n" }))
end

local function unescape(line)
  return (line:gsub("\\(.)", { n = "\n", ["\\"] = "\\" }))
end

--- Appends an entry to a list, removes it where it stood before, and keeps the
-- list within its limit.
local function add(list, entry)
  for i = #list, 1, -1 do
    if list[i] == entry then
      table.remove(list, i)
    end
  end
  list[#list + 1] = entry
  if #list > entry_limit then
    table.remove(list, 1)
  end
end

local function read(history)
  local list = {}
  local text, problem = core.file.read_private(history.folder, file_name)
  for line in (text or ""):gmatch("([^\n]+)") do
    add(list, unescape(line))
  end
  return list, problem
end

--- The entries of the file, the oldest first; and the problem when they can't
-- be read.
function history_methods:load()
  if not self.folder then
    return {}
  end
  return read(self)
end

--- Writes the file with an entry at its end: true, or nil and the problem.
local function append(history, entry)
  local list, problem = read(history)
  if problem then
    return nil, problem
  end
  add(list, entry)
  for i, one in ipairs(list) do
    list[i] = escape(one)
  end
  return core.file.write_private(history.folder, file_name,
    table.concat(list, "\n") .. "\n")
end

--- Appends an entry to the file, and removes it where it stood before. Entries
-- that other programs add at the same time are kept. Returns whether the entry
-- may be recalled at the prompt, and the problem when it can't be written.
function history_methods:keep(entry, secrets)
  if not entry:find("%S") or #entry > length_limit or
      holds_secret(entry, secrets) then
    return false
  elseif not self.folder then
    return true
  end
  local _, problem = file.locked(self.folder, append, self, entry)
  return true, problem
end

--- The history of a user, in the folder for state.
local function new(getenv)
  return setmetatable({ folder = home.folder("XDG_STATE_HOME", getenv) },
    history_mt)
end

return { holds_secret = holds_secret, new = new }
