--- canary.lua - known secrets and people's data, and where they came to show
-- SPDX-License-Identifier: MIT
local canary = {}

canary.secrets = {
  api_key = "c0ffee-the-api-key-c0ffee", password = "the pass'word\\\"of ours",
  token = "AAD1c0ffee_the-token", passcode = "915243", session = "c0ffee-the-os-mf-session",
  secret_key = "QHOvchm/40czXhJ1OxfxK7jDHr3t", given_token = "AAD2c0ffee_another-token",
  proxy_password = "c0ffee-of-the-proxy", temp_url_sig = "5ca1ab1ec0ffee5ca1ab1e",
}

canary.personal = {
  name = "Ada King Lovelace", email = "ada+canary@example.com", phone = "+44 20 7946 0991",
  address = "12 St James's Square, London", text = "my \"disk\" sda & I\nfail; 100% broken?",
}

--- The forms in which a text may show.
local function forms_of(text)
  local function encode(byte)
    return ("%%%02X"):format(byte:byte())
  end
  local escaped = text:gsub('["\\]', "\\%0"):gsub("\n", "\\n")
  return { text, (text:gsub("[^%w%-._~]", encode)), escaped, (text:gsub("%s+", " ")),
    (text:gsub("[^%w%-._~ ]", encode):gsub(" ", "+")) }
end

local forms = {}
for _, list in ipairs{ canary.secrets, canary.personal } do
  for name, value in pairs(list) do
    for _, form in ipairs(forms_of(value)) do
      forms[form] = name
    end
  end
end

--- Fails when a text shows any of them. `where` says whose the text is.
function canary.check(text, where)
  for form, name in pairs(forms) do
    if text:find(form, 1, true) then
      error(("%s shows the %s: %s"):format(where, name, text), 0)
    end
  end
end

local walk

local function walk_parts(value, where, seen)
  if type(value) == "table" then
    for key, inner in next, value do
      walk(key, where .. "[key]", seen)
      walk(inner, where .. "." .. tostring(key), seen)
    end
  elseif type(value) == "function" then
    for i = 1, 255 do
      local name, inner = debug.getupvalue(value, i)
      if not name then
        break
      end
      walk(inner, where .. "^" .. name, seen)
    end
  end
  walk(debug.getmetatable(value), where .. "<mt>", seen)
end

function walk(value, where, seen)
  local kind = type(value)
  if kind == "string" then
    canary.check(value, where)
    seen.texts = seen.texts + 1
  elseif kind == "table" or kind == "function" or kind == "userdata" or kind == "thread" then
    if not seen[value] then
      seen[value] = true
      canary.check(tostring(value), "tostring of " .. where)
      walk_parts(value, where, seen)
    end
  end
end

--- Checks every text, and every tostring, that can be reached from a value:
-- through keys, metatables and what functions hold. Gives how many texts.
function canary.walk(value, where)
  local seen = { [_G] = true, [package] = true, [package.loaded] = true, [canary] = true,
    texts = 0 }
  if debug.getmetatable("") then
    seen[debug.getmetatable("")] = true
  end
  walk(value, where, seen)
  return seen.texts
end

return canary
