--- secret.lua - tells by a field's name whether its value is secret
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

-- Names in lower case, letters and digits only.
local names = {
  apikey = true, password = true, passcode = true, secret = true,
  secretkey = true, token = true, logintoken = true, accesstoken = true,
  authtoken = true, xauthtoken = true, authorization = true,
  xapisignature = true, controltoken = true, sandboxtoken = true,
}

--- Returns whether the name of a field or a variable is that of a secret.
local function is_name(name)
  return type(name) == "string" and
    names[(ascii.lower(name):gsub("[^%w]", ""))] == true
end

--- Returns whether a field holds a secret: a text under a secret's name.
local function is_field(name, value)
  return type(value) == "string" and value ~= "" and is_name(name)
end

return { is_field = is_field, is_name = is_name, mask = "<secret>" }
