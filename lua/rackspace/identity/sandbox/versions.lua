--- versions.lua - which versions of Identity there are
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")

local versions = {}

local paths = { ["/"] = true, ["/v2.0"] = true, ["/v2.0/"] = true }

--- Returns the version that a sandbox serves, as its own document shows it.
local function document(base)
  return { id = "v2.0", status = "CURRENT",
    updated = "2012-01-21T11:33:21-06:00",
    links = json.array{ { rel = "self", href = base .. "/v2.0" } },
    ["media-types"] = { values = json.array{ { base = "application/json",
      type = "application/vnd.openstack.identity+json;version=2.0" } } } }
end

--- Returns the list of the versions: `version` as the documents show it, with a
-- `link`, and `values` as OpenStack's clients read it, with `links`.
local function list(base)
  local shown = document(base)
  return { version = json.array{ { id = shown.id, status = shown.status,
    updated = shown.updated, link = shown.links[1] } },
    values = json.array{ shown } }
end

--- Returns the host of these paths (see rackspace.sandbox.services). They need
-- no token.
-- @param fault as in the behaviour of a service
function versions.host(fault)
  local function answer(_, call)
    if call.method ~= "GET" then
      local status, body = fault(405, "this method is not allowed here")
      return status, body, { Allow = "GET, HEAD" }
    elseif call.path == "/" then
      return 200, { versions = list(call.base) }
    end
    return 200, { version = document(call.base) }
  end
  local target = { op = { full_name = "identity.versions" }, fault = fault,
    handler = answer }
  return {
    has = function(path)
      return paths[path] == true
    end,
    target = function()
      return target
    end,
    admits = function()
      return false
    end,
    close = function() end,
    names = { target.op.full_name },
  }
end

return versions
