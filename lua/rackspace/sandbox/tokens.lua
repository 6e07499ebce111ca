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
  local issued = sandbox.store:add("issued", 1)
  local state = (sandbox.seed * 7919 + issued * 104729) %
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

--- Adds a token of 142 characters that starts with AA, as real ones do, which
-- is good for `seconds`. Returns its id and record.
local function add(sandbox, record, seconds)
  local id = "AA" .. random_text(sandbox, 140)
  record.expires = date.iso(sandbox:time() + seconds)
  sandbox.store:set({ "tokens", id }, record)
  return id, record
end

--- Issues a token, whose lifetime varies by one percent, as that of real ones
-- does. Returns its id and record.
function tokens.issue(sandbox, user, how, tenant)
  local turn = (sandbox.store.numbers.issued + 1) % 21
  return add(sandbox, { user = user.username, how = how,
    tenant = tenant or tenant_of(sandbox, user) },
    sandbox.token_seconds * (0.99 + turn / 1000))
end

--- Issues a token of a user to an impersonator. Returns its id and record.
function tokens.impersonate(sandbox, impersonator, user, seconds)
  return add(sandbox, { user = user.username, how = { "IMPERSONATION" },
    impersonator = impersonator.username }, seconds)
end

--- Issues a token that only allows to set up multi-factor authentication.
-- Returns its id and record.
function tokens.issue_for_setup(sandbox, user)
  return add(sandbox, { user = user.username, how = { "PASSWORD" },
    scope = "SETUP-MFA" }, sandbox.token_seconds)
end

--- Returns the `access` member of the response to a log-in; to a validation,
-- with `is_checked`.
function tokens.access(id, token, is_checked)
  local user = users.by_name[token.user]
  local other = users.by_name[token.impersonator or ""]
  return {
    ["RAX-AUTH:impersonator"] = other and { id = other.id,
      name = other.username, roles = users.roles_of(other, is_checked) },
    token = { id = id, expires = token.expires,
      tenant = token.tenant and { id = token.tenant, name = token.tenant },
      ["RAX-AUTH:authenticatedBy"] = token.how },
    user = { id = user.id, name = user.username,
      roles = users.roles_of(user, is_checked),
      ["RAX-AUTH:defaultRegion"] = "ORD",
      ["RAX-AUTH:multiFactorEnabled"] = user.passcode ~= nil },
  }
end

--- Starts a passcode challenge, which expires with the code that was sent.
-- Returns the id for X-SessionId.
function tokens.challenge(sandbox, user)
  local id = random_text(sandbox, 120)
  sandbox.store:set({ "challenges", id }, { user = user.username,
    expires = date.iso(sandbox:time() + challenge_seconds) })
  return id
end

--- Ends a challenge. Returns its user when the passcode is correct, or nil.
function tokens.answer(sandbox, id, passcode)
  local session = id and sandbox.store.challenges[id]
  local user = session and users.by_name[session.user]
  local expires = session and core.time(session.expires)
  if user and user.passcode == passcode and expires and
      expires > sandbox:time() then
    sandbox.store:set({ "challenges", id }, nil)
    return user
  end
end

return tokens
