--- catalog.lua - the services that a log-in names, with their endpoints
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local json = require("rackspace.base.json")

local catalog = {}

local regions = { "ORD", "DFW", "IAD", "LON", "SYD", "HKG" }

-- The names and types are those of the service. The addresses are below the
-- sandbox's own, where only Identity is: no token goes to a real service. One
-- without `version` has no tenant in its path; `files` have a tenant of their
-- own; `global` ones have no region.
local services = {
  { "cloudFeeds", "rax:feeds", regions = { "ORD" }, is_root = true },
  { "cloudServersOpenStack", "compute", version = "v2", is_versioned = true },
  { "cloudFiles", "object-store", version = "v1", files = true },
  { "cloudFilesCDN", "rax:object-cdn", version = "v1", files = true },
  { "cloudBlockStorage", "volume", version = "v1" },
  { "cloudImages", "image", version = "v2", without_tenant = true },
  { "cloudNetworks", "network", version = "v2.0", without_tenant = true },
  { "cloudLoadBalancers", "rax:load-balancer", version = "v1.0" },
  { "cloudDatabases", "rax:database", version = "v1.0" },
  { "cloudDNS", "rax:dns", version = "v1.0", global = true },
  { "cloudMonitoring", "rax:monitor", version = "v1.0", global = true },
  { "cloudOrchestration", "orchestration", version = "v1" },
  { "autoscale", "rax:autoscale", version = "v1.0" },
  { "cloudBackup", "rax:backup", version = "v1.0" },
  { "cloudBigData", "rax:bigdata", version = "v2" },
  { "cloudQueues", "rax:queues", version = "v1" },
  { "rackCDN", "rax:cdn", version = "v1.0", regions = { "DFW" } },
  { "Cloud Auth Service", "identity", is_identity = true, global = true },
}

local function endpoint_of(service, base, region, tenant)
  if service.files then
    tenant = "MossoCloudFS_" .. tenant
  end
  local own = ("%s/%s%s"):format(base, service[1],
    region and "/" .. ascii.lower(region) or "")
  local root = own .. "/" .. (service.version or "")
  local url = service.is_root and base .. "/" .. tenant or
    service.is_identity and base .. "/v2.0" or
    service.without_tenant and root or root .. "/" .. tenant
  return { region = region, tenantId = tenant, publicURL = url,
    internalURL = url, adminURL = service.is_identity and url or nil,
    versionId = service.is_versioned and service.version:sub(2) or nil,
    versionInfo = service.is_versioned and root or nil,
    versionList = service.is_versioned and own .. "/" or nil }
end

--- Returns the services for a tenant, below the sandbox's address.
function catalog.services(base, tenant)
  local list = json.array{}
  for i, service in ipairs(services) do
    local endpoints = json.array{}
    for j, region in ipairs(service.regions or regions) do
      endpoints[j] = endpoint_of(service, base, region, tenant)
    end
    if service.global then
      endpoints = json.array{ endpoint_of(service, base, nil, tenant) }
    end
    list[i] = { name = service[1], type = service[2], endpoints = endpoints }
  end
  return list
end

--- Returns the endpoints of all services in one list, each with its number.
function catalog.endpoints(base, tenant)
  local list = json.array{}
  for _, service in ipairs(catalog.services(base, tenant)) do
    for _, endpoint in ipairs(service.endpoints) do
      endpoint.name, endpoint.type = service.name, service.type
      endpoint.id = #list + 1
      list[#list + 1] = endpoint
    end
  end
  return list
end

return catalog
