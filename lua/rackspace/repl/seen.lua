--- seen.lua - the ids that a conversation has met, to be completed
-- SPDX-License-Identifier: MIT
local value = require("rackspace.show.value")

local seen_methods = {}
local seen_mt = { __index = seen_methods }

local most = 500 -- of one field
local most_records = 300 -- of one list
local deepest = 3

local function is_id(name, text)
  return type(name) == "string" and type(text) == "string" and
    text ~= "" and #text < 80 and not text:find("%s") and
    (name:find("[iI]d$") or name:find("Number$") or name == "rcn" or
      name == "username" or name == "key")
end

local function add(self, name, text)
  local list, has = self.ids[name], self.has[name]
  if not list then
    list, has = {}, {}
    self.ids[name], self.has[name] = list, has
  end
  if not has[text] and #list < most then
    has[text] = true
    list[#list + 1] = text
  end
end

local function add_account(self, object)
  local kind, id = rawget(object, "type"), rawget(object, "id")
  if type(kind) == "string" and type(id) == "string" and
      kind:find("^%u[%u_]+$") then
    add(self, "account", kind .. "/" .. id)
  end
end

--- Notes the ids in a value; each table once.
local function note(self, object, depth)
  if not value.is_data(object) or self.noted[object] or depth == 0 then
    return
  end
  self.noted[object] = true
  add_account(self, object)
  local count = 0
  for key, inner in next, object do
    count = count + 1
    if count > most_records then
      return
    elseif type(inner) == "table" then
      note(self, inner, depth - 1)
    elseif is_id(key, inner) then
      add(self, key, inner)
    end
  end
end

function seen_methods:note(object)
  note(self, object, deepest)
end

--- Notes what a session's calls gave, in this conversation or in a script.
function seen_methods:note_session(session)
  for object in next, session and rawget(session, "metas") or {} do
    note(self, object, deepest)
  end
end

local function new()
  return setmetatable({ ids = {}, has = {},
    noted = setmetatable({}, { __mode = "k" }) }, seen_mt)
end

return { new = new }
