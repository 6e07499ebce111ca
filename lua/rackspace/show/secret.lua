--- secret.lua - tells by a field's name whether its value is secret
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local settings = require("rackspace.session.settings")

--- A name in lower case, letters and digits only.
local function plain(name)
  return (ascii.lower(name):gsub("[^%w]", ""))
end

-- Plain names: those below and those of the settings.
local names = {
  secret = true, logintoken = true, accesstoken = true, authtoken = true,
  controltoken = true, sandboxtoken = true,
  xauthtoken = true, authorization = true, xapisignature = true,
  passwd = true, passphrase = true, privatekey = true, phonepin = true,
}
for _, name in ipairs(settings.secret_names()) do
  names[plain(name)] = true
end

--- Returns whether the name of a field or a variable is that of a secret.
local function is_name(name)
  return type(name) == "string" and names[plain(name)] == true
end

--- Returns whether a name ends as that of a secret does: old_password.
local function is_like_name(name)
  name = plain(name)
  for from = 1, #name do
    if names[name:sub(from)] then
      return true
    end
  end
  return false
end

--- Returns whether a field holds a secret: a text under a secret's name.
local function is_field(name, value)
  return type(value) == "string" and value ~= "" and is_name(name)
end

return { is_field = is_field, is_like_name = is_like_name, is_name = is_name,
  mask = "<secret>" }
