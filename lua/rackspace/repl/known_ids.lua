--- known_ids.lua - collects the ids in results, for completion
-- SPDX-License-Identifier: MIT
local value = require("rackspace.show.value")

-- Has: ids = { [field] = list of ids }, has = { [field] = set of ids },
-- examined = the tables whose ids are collected.
local known_ids_methods = {}
local known_ids_mt = { __index = known_ids_methods }

local MAX_IDS = 500 -- of one field
local MAX_MEMBERS = 300 -- of one table that are examined
local MAX_DEPTH = 3 -- of tables inside tables

local function is_id(name, text)
  return type(name) == "string" and type(text) == "string" and
    text ~= "" and #text < 80 and not text:find("%s") and
    (name:find("[iI]d$") or name:find("Number$") or name == "rcn" or
      name == "username" or name == "key")
end

local function add_id(known_ids, name, text)
  local list, has = known_ids.ids[name], known_ids.has[name]
  if not list then
    list, has = {}, {}
    known_ids.ids[name], known_ids.has[name] = list, has
  end
  if not has[text] and #list < MAX_IDS then
    has[text] = true
    list[#list + 1] = text
  end
end

local function add_account(known_ids, object)
  local kind, id = rawget(object, "type"), rawget(object, "id")
  if type(kind) == "string" and type(id) == "string" and
      kind:find("^%u[%u_]+$") then
    add_id(known_ids, "account", kind .. "/" .. id)
  end
end

--- Adds the ids in a value; each table is examined once.
local function add(known_ids, object, depth)
  if not value.is_data(object) or known_ids.examined[object] or depth == 0 then
    return
  end
  known_ids.examined[object] = true
  add_account(known_ids, object)
  local count = 0
  for key, inner in next, object do
    count = count + 1
    if count > MAX_MEMBERS then
      return
    elseif type(inner) == "table" then
      add(known_ids, inner, depth - 1)
    elseif is_id(key, inner) then
      add_id(known_ids, key, inner)
    end
  end
end

--- Adds the ids in a value.
function known_ids_methods:add(object)
  add(self, object, MAX_DEPTH)
end

--- Adds the ids in the results of a session's calls.
-- @param session or nil
function known_ids_methods:add_session(session)
  for object in next, session and rawget(session, "metas") or {} do
    add(self, object, MAX_DEPTH)
  end
end

local function new()
  return setmetatable({ ids = {}, has = {},
    examined = setmetatable({}, { __mode = "k" }) }, known_ids_mt)
end

return { new = new }
