--- tokens.lua - issues and describes tokens, and checks passcodes
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local date = require("rackspace.base.date")
local users = require("rackspace.sandbox.users")

local challenge_seconds = 600

local tokens = {}

local base64 =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

--- Returns pseudo-random characters of an alphabet, by default URL-safe base64.
-- They depend on the seed and on the number of earlier calls.
local function random_text(sandbox, length, alphabet)
  alphabet = alphabet or base64
  sandbox.store.issued = sandbox.store.issued + 1
  local state = (sandbox.seed * 7919 + sandbox.store.issued * 104729) %
    2147483647
  local letters = {}
  for i = 1, length do
    state = math.max(state, 1) * 16807 % 2147483647
    local position = state % #alphabet + 1
    letters[i] = alphabet:sub(position, position)
  end
  return table.concat(letters)
end

tokens.random = random_text

local function tenant_of(sandbox, user)
  local first = sandbox.data:select{ user = user.sees }:at(0)
  return first and sandbox.data:account(first).tenantId
end

--- Whether a tenant id belongs to an account that the user may see.
function tokens.has_tenant(sandbox, user, tenant)
  local index = sandbox.data:find_tenant(tenant)
  return index ~= nil and sandbox.data:visible(user.sees, index)
end

--- Issues a token of 142 characters that starts with AA, as real ones do. Its
-- lifetime varies by one percent, as real ones do. Returns its id and record.
function tokens.issue(sandbox, user, how, tenant)
  local id = "AA" .. random_text(sandbox, 140)
  local life = sandbox.token_seconds * (0.99 + sandbox.store.issued % 21 / 1000)
  sandbox.store.tokens[id] = { user = user.username, how = how,
    tenant = tenant or tenant_of(sandbox, user),
    expires = date.iso(sandbox:time() + life) }
  sandbox.store:save()
  return id, sandbox.store.tokens[id]
end

--- Issues a token of a user to an impersonator. Returns its id and record.
function tokens.impersonate(sandbox, impersonator, user, seconds)
  local id = "AA" .. random_text(sandbox, 140)
  sandbox.store.tokens[id] = { user = user.username, how = { "IMPERSONATION" },
    impersonator = impersonator.username,
    expires = date.iso(sandbox:time() + seconds) }
  sandbox.store:save()
  return id, sandbox.store.tokens[id]
end

--- Issues a token that only allows to set up multi-factor authentication.
-- Returns its id and record.
function tokens.issue_for_setup(sandbox, user)
  local id = "AA" .. random_text(sandbox, 140)
  sandbox.store.tokens[id] = { user = user.username, how = { "PASSWORD" },
    scope = "SETUP-MFA",
    expires = date.iso(sandbox:time() + sandbox.token_seconds) }
  sandbox.store:save()
  return id, sandbox.store.tokens[id]
end

local function roles_of(user)
  local roles = {}
  for i, name in ipairs(user.roles) do
    roles[i] = { id = tostring(100 + i), name = name, description = name }
  end
  return roles
end

--- Returns the `access` member of the response to a log-in or a validation.
function tokens.access(id, token)
  local user = users.by_name[token.user]
  local other = users.by_name[token.impersonator or ""]
  return {
    ["RAX-AUTH:impersonator"] = other and { id = other.id,
      name = other.username, roles = roles_of(other) },
    token = { id = id, expires = token.expires,
      tenant = token.tenant and { id = token.tenant, name = token.tenant },
      ["RAX-AUTH:authenticatedBy"] = token.how },
    user = { id = user.id, name = user.username, roles = roles_of(user),
      ["RAX-AUTH:defaultRegion"] = "ORD",
      ["RAX-AUTH:multiFactorEnabled"] = user.passcode ~= nil },
  }
end

--- Starts a passcode challenge, which expires with the code that was sent.
-- Returns the id for X-SessionId.
function tokens.challenge(sandbox, user)
  local id = random_text(sandbox, 120)
  sandbox.store.challenges[id] = { user = user.username,
    expires = date.iso(sandbox:time() + challenge_seconds) }
  sandbox.store:save()
  return id
end

--- Ends a challenge. Returns its user when the passcode is correct, or nil.
function tokens.answer(sandbox, id, passcode)
  local session = id and sandbox.store.challenges[id]
  local user = session and users.by_name[session.user]
  local expires = session and core.time(session.expires)
  if user and user.passcode == passcode and expires and
      expires > sandbox:time() then
    sandbox.store.challenges[id] = nil
    return user
  end
end

return tokens
