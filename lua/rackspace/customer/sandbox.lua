--- sandbox.lua - helpers of the sandbox's Customer Service
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local customer = {}

local elements = { [400] = "badRequest", [401] = "unauthorized",
  [403] = "forbidden", [404] = "notFound", [405] = "methodNotAllowed",
  [406] = "notAcceptable", [415] = "unsupportedMediaType",
  [500] = "internalServerError", [503] = "serviceUnavailable" }

--- Returns a fault with its own member, { notFound = { code =, message = } }.
function customer.fault(status, message)
  return status, { [elements[status] or "fault"] =
    { code = status, message = message } }
end

--- Returns a fault in the format of the OpenAPI document.
function customer.flat_fault(status, message)
  return status, { code = status, message = message,
    details = elements[status] or "fault" }
end

--- Returns the refusal of a token, as the service's proxy sends it: without a
-- body, with the URL to log in at.
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

--- Returns the limit of a query, or the default when it is missing, wrong or
-- too large: the service reports no error.
function customer.limit(query, default, largest)
  local limit = tonumber((query.limit or ""):match("^%d+$"))
  if limit and limit >= 1 and limit <= largest then
    return limit
  end
  return default
end

--- Returns a handler that calls fn(sandbox, call, index) with the index of the
-- path's account, or returns 404 when the user can't see it.
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
