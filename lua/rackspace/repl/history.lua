--- history.lua - the entries of earlier prompts, kept in a file without secrets
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("rackspace.base.file")
local home = require("rackspace.base.home")
local lexer = require("rackspace.scripts.lexer")
local secret = require("rackspace.show.secret")

local history_methods = {}
local history_mt = { __index = history_methods }

local file_name = "history"
local entry_limit = 1000
local length_limit = 10000 -- bytes of an entry
local shortest_secret = 6 -- bytes

-- ---- secrets ----------------------------------------------------------------

local function text_of(part)
  return part.kind == "string" and (part.text:match("^['\"](.*)['\"]$") or
    part.text:match("^%[(=*)%[.*%]%1%]$") and
    part.text:gsub("^%[=*%[", ""):gsub("%]=*%]$", "")) or part.text
end

local function is_text(part, text)
  return part ~= nil and part.kind == "symbol" and part.text == text
end

-- What may stand between the names of a list that is assigned to.
local passed = { [","] = true, ["."] = true, ["["] = true, ["]"] = true,
  ["<"] = true, [">"] = true }

--- Returns the position behind what may stand between a name and the sign that
-- assigns to it: a bracket, an attribute, and further names of a list.
local function position_of_sign(parts, at)
  if is_text(parts[at], "]") then
    at = at + 1
  elseif is_text(parts[at], "<") and is_text(parts[at + 2], ">") then
    at = at + 3
  end
  if is_text(parts[at], ",") then
    repeat
      at = at + 1
    until not parts[at] or parts[at].kind == "symbol" and
      not passed[parts[at].text]
  end
  return at
end

--- Returns the text of a part that ends at `i`: of a string also what is joined
-- before it, as in "api" .. "_key".
local function joined_text(parts, i)
  local text = text_of(parts[i])
  while parts[i].kind == "string" and is_text(parts[i - 1], "..") and
      parts[i - 2] and parts[i - 2].kind == "string" do
    i = i - 2
    text = text_of(parts[i]) .. text
  end
  return text
end

--- Whether what follows the name at `i` gives it a value: = in an assignment,
-- an argument of a call, "in" of a loop, and behind a name in quotes the next
-- one of the values among which it stands.
local function is_given(parts, i)
  local at = position_of_sign(parts, i + 1)
  local sign, follows = parts[at], parts[i + 1]
  if sign and is_text(sign, "=") then
    return not is_text(parts[at + 1], "=")
  elseif parts[i].kind == "string" and is_text(follows, ",") then
    return text_of(parts[i]):find("^[%w_%-]+$") ~= nil
  end
  return follows and (is_text(follows, "(") or is_text(follows, "{") or
    follows.kind == "string" or follows.kind == "name" and
    follows.text == "in")
end

--- Whether the tokens of a text give a value to the name of a secret:
-- x.token = ..., ["token"] = ..., passcode(...), a, password = ...,
-- set("token", ...)
local function gives_secret(parts)
  for i, part in ipairs(parts) do
    if part.kind ~= "symbol" and is_given(parts, i) and
        secret.is_like_name(joined_text(parts, i)) then
      return true
    end
  end
  return false
end

-- What gives a value to a name in a comment or a string: a line of a header or
-- of a file, an element of XML, an option of a command.
local tellings = { "([%w_%-]+)[\"'%]%s]*[:=]%s*[^%s=]", "<([%w_%-]+)>%s*[^%s<]",
  "%-%-([%w_%-]+)%s+[^%s%-]" }

--- Whether a comment or a string gives a value to the name of a secret, has a
-- URL with a password, or curl's option for one.
local function tells_secret(text)
  for _, telling in ipairs(tellings) do
    for name in text:gmatch(telling) do
      if secret.is_like_name(name) then
        return true
      end
    end
  end
  return text:find("://[^/%s]*:[^/%s]*@") ~= nil or
    text:find("%s%-u%s*[^%s:]+:%S") ~= nil or
    text:find("%s%-%-user[%s=]+[^%s:]+:%S") ~= nil
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
  local parts = {}
  for _, part in ipairs(lexer.read(text)) do
    local is_prose = part.kind == "comment" or part.kind == "string"
    if part.kind ~= "symbol" and looks_secret(part.text) or
        is_prose and tells_secret(part.text) then
      return true
    elseif part.kind ~= "comment" then
      parts[#parts + 1] = part
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
