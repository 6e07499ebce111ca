--- profile.lua - the names of profiles, and one set in the file's text
-- SPDX-License-Identifier: MIT
local credentials = require("rackspace.login.credentials")
local file = require("rackspace.base.file")
local ini = require("rackspace.base.ini")
local members = require("rackspace.base.members")

local profile = {}

-- Keys that name a user: a new profile replaces all of them.
local replaced = { username = true, user_name = true, api_key = true,
  apikey = true, password = true, token = true, tenant = true,
  tenant_id = true }

local order = { "username", "api_key", "password", "region" }

--- A value in the form that ini.parse reads as the same value.
local function quote(value)
  if value:find("^%s") or value:find("%s$") or value:find("%s[#;]") or
      value:find("^[\"']") then
    return '"' .. value .. '"'
  end
  return value
end

local function lines_of(values)
  local lines = {}
  for _, name in ipairs(order) do
    if values[name] then
      lines[#lines + 1] = name .. " = " .. quote(values[name])
    end
  end
  return table.concat(lines, "\n")
end

--- The problem of a name that can't be a section's, or nil.
function profile.problem(name)
  if name:find("[%[%]%c]") or ini.trim(name) ~= name or name == "" then
    return "a profile's name has no brackets and no spaces around it"
  end
end

--- Returns the names of the profiles in the program's own file.
function profile.names()
  local path = credentials.own_file(os.getenv)
  local text = path and file.read_trusted(path)
  local sections = text and ini.parse(text) or {}
  sections[""] = nil
  return members.keys(sections)
end

--- The text of a configuration file with these values in the section `name`,
-- which is appended when there is none; everything else is kept. nil and a
-- problem when the text can't be parsed.
function profile.set(text, name, values)
  local sections, problem = ini.parse(text)
  if not sections then
    return nil, problem
  end
  local lines, is_inside, is_done = {}, false, false
  for line in ini.each_line(text) do
    local kind, key = ini.read_line(line)
    if kind == "section" then
      is_inside = key == name
    end
    local goes = is_inside and kind == "key" and
      (replaced[key] or key == "region" and values.region)
    lines[#lines + 1] = not goes and line or nil
    if kind == "section" and is_inside and not is_done then
      lines[#lines + 1], is_done = lines_of(values), true
    end
  end
  if not is_done then
    lines[#lines + 1] = lines[1] and "" or nil
    lines[#lines + 1] = ("[%s]\n%s"):format(name, lines_of(values))
  end
  return table.concat(lines, "\n") .. "\n"
end

return profile
