--- sandbox.lua - what the sandbox's Customer Service does for all its rows
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local customer = {}

local elements = { [400] = "badRequest", [401] = "unauthorized",
  [403] = "forbidden", [404] = "notFound", [405] = "methodNotAllowed",
  [406] = "notAcceptable", [415] = "unsupportedMediaType",
  [500] = "internalServerError", [503] = "serviceUnavailable" }

--- A fault in its own element, as { notFound = { code =, message = } }.
function customer.fault(status, message)
  return status, { [elements[status] or "fault"] =
    { code = status, message = message } }
end

--- A fault as the OpenAPI document has it.
function customer.flat_fault(status, message)
  return status, { code = status, message = message,
    details = elements[status] or "fault" }
end

--- A token is refused by the proxy in front: no body, and where to log in.
function customer.refuse()
  return 401, "", { ["WWW-Authenticate"] =
    "Keystone uri=https://identity.api.rackspacecloud.com/v2.0" }
end

function customer.link(rel, href)
  return { rel = rel, href = href }
end

function customer.path(account)
  return "/v1/customer_accounts/" .. core.url.encode(account.type) .. "/" ..
    core.url.encode(account.id)
end

--- The limit of a query. One that is missing, wrong or too large is the
-- default, silently.
function customer.limit(query, default, largest)
  local limit = tonumber((query.limit or ""):match("^%d+$"))
  if limit and limit >= 1 and limit <= largest then
    return limit
  end
  return default
end

--- Calls fn with the account's index; 404 when the user can't see it.
function customer.with_account(fn)
  return function(sandbox, call)
    local index = sandbox.data:find(call.variables.accountType,
      call.variables.accountId)
    if not index or not sandbox.data:visible(call.user.sees, index) then
      return customer.fault(404, "Customer account not found")
    end
    return fn(sandbox, call, index)
  end
end

return customer
