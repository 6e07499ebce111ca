--- secret.lua - fields that are not shown
-- SPDX-License-Identifier: MIT

-- Without their case, and without what stands between their words.
local names = {
  apikey = true, password = true, passcode = true, secret = true,
  secretkey = true, token = true, logintoken = true, accesstoken = true,
  authtoken = true, xauthtoken = true, authorization = true,
  xapisignature = true,
}

--- Whether a name, of a field or of a variable, is a secret's.
local function is_name(name)
  return type(name) == "string" and
    names[(name:lower():gsub("[^%w]", ""))] == true
end

--- Whether a field holds a secret: a text by a secret's name.
local function is_field(name, value)
  return type(value) == "string" and value ~= "" and is_name(name)
end

return { is_field = is_field, is_name = is_name, mask = "<secret>" }
