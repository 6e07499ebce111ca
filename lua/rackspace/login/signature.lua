--- signature.lua - signs the requests of the Email & Apps API
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")

--- Adds the header X-Api-Signature, computed from the headers' User-Agent, the
-- session's time and its keys. The signature is a secret, since it does not
-- cover the request: with it, any request can be sent. Returns it, or nil and
-- an error.
local function sign(session, op, headers)
  local keys = session.settings.credentials
  if not (keys.user_key and keys.secret_key) then
    return nil, fault.new{ kind = "config", operation = op.full_name,
      text = "there are no keys of the Email & Apps API: give the session " ..
        "email = { user_key =, secret_key = }, or set " ..
        "RACKSPACE_EMAIL_USER_KEY and RACKSPACE_EMAIL_SECRET_KEY" }
  end
  local signature = core.signature(keys.user_key, headers["User-Agent"],
    core.timestamp(session:time()), keys.secret_key)
  headers["X-Api-Signature"] = signature
  return signature
end

return { sign = sign }
