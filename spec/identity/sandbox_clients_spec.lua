--- sandbox_clients_spec.lua - the sandbox's Identity, asked as others' clients ask
-- SPDX-License-Identifier: MIT
local in_process = require("spec.support.in_process")
local json = require("rackspace.base.json")
local support = require("spec.sandbox.support")

--- The service of a catalog by name and type, or by type alone.
local function service_of(catalog, kind, name)
  for _, service in ipairs(catalog) do
    if service.type == kind and (not name or service.name == name) then
      return service
    end
  end
end

local function endpoint_of(service, region)
  for _, endpoint in ipairs(service.endpoints) do
    if endpoint.region == region then
      return endpoint
    end
  end
end

local function names_of(list)
  local names = {}
  for i, one in ipairs(list) do
    names[i] = one.name
  end
  return table.concat(names, " ")
end

describe("the sandbox's Identity answers", function()
  local box

  before_each(function()
    box = in_process.start()
  end)

  local function log_in(body, query)
    return box:send("POST", "/v2.0/tokens" .. (query or ""),
      { ["content-type"] = "application/json", accept = "application/json" },
      assert(json.encode(body)))
  end

  local function by_key(username, query)
    return log_in({ auth = { ["RAX-KSKEY:apiKeyCredentials"] = { username = username,
      apiKey = box.users[username].api_key } } }, query)
  end

  it("keystoneauth, which discovers the version, logs in and picks an endpoint",
    function()
      for _, target in ipairs{ "/v2.0", "/v2.0/" } do
        local found = box:send("GET", target, { accept = "application/json" })
        assert.equal(200, found.status)
        assert.equal("v2.0", found.value.version.id)
        assert.equal("CURRENT", found.value.version.status)
        assert.same({ { rel = "self", href = "http://localhost/v2.0" } },
          found.value.version.links)
      end
      local all = box:send("GET", "/", { accept = "application/json" })
      assert.equal(200, all.status)
      local shown = all.value.versions.values[1]
      assert.same({ "v2.0", "http://localhost/v2.0" }, { shown.id, shown.links[1].href })
      local password = { auth = { tenantName = "10101", passwordCredentials = {
        username = "demo", password = box.users.demo.password } } }
      local access = log_in(password).value.access
      assert.equal("10101", access.token.tenant.id)
      for kind, region in pairs{ compute = "DFW", volume = "ORD", image = "IAD",
        network = "LON", ["object-store"] = "HKG", orchestration = "SYD" } do
        local endpoint = endpoint_of(service_of(access.serviceCatalog, kind), region)
        assert.is_truthy(endpoint.publicURL:find("^http://localhost/"))
        assert.is_string(endpoint.tenantId)
      end
      local identity = service_of(access.serviceCatalog, "identity").endpoints[1]
      assert.equal("http://localhost/v2.0", identity.publicURL)
      assert.equal("http://localhost/v2.0", identity.adminURL)
    end)

  it("keystoneclient, which checks, lists and revokes", function()
    local admin, second = box:log_in("demo"), box:log_in("second")
    local function ask(method, target, token)
      return box:send(method, "/v2.0" .. target, { ["x-auth-token"] = token or admin,
        accept = "application/json" })
    end
    assert.equal(200, ask("HEAD", "/tokens/" .. second).status)
    assert.equal(404, ask("HEAD", "/tokens/none").status)
    assert.equal(200, ask("GET", "/tokens/" .. admin .. "?belongsTo=10101").status)
    assert.equal(404, ask("GET", "/tokens/" .. admin .. "?belongsTo=7").status)
    assert.equal(404, ask("HEAD", "/tokens/" .. second .. "?belongsTo=10101").status)
    assert.is_true(#ask("GET", "/tenants").value.tenants > 0)
    assert.equal("10101", ask("GET", "/tenants/10101").value.tenant.name)
    assert.equal(404, ask("GET", "/tenants/7").status)
    assert.equal("identity:user-admin ticketing:admin",
      names_of(ask("GET", "/users/100001/roles").value.roles))
    assert.equal("identity:user-admin ticketing:admin",
      names_of(ask("GET", "/tenants/10101/users/100001/roles").value.roles))
    assert.equal(404, ask("GET", "/tenants/10101/users/100002/roles").status)
    local roles = ask("GET", "/OS-KSADM/roles").value.roles
    assert.equal("identity:default identity:user-admin Racker ticketing:admin " ..
      "ticketing:observer", names_of(roles))
    for _, role in ipairs(roles) do
      assert.same(role, ask("GET", "/OS-KSADM/roles/" .. role.id).value.role)
    end
    assert.equal(404, ask("GET", "/OS-KSADM/roles/1").status)
    assert.equal(204, ask("DELETE", "/tokens/" .. second).status)
    assert.equal(404, ask("GET", "/tokens/" .. second).status)
    assert.equal(401, ask("GET", "/tenants", second).status)
  end)

  it("a user who revokes tokens: one's own, and others' as an administrator",
    function()
      local admin, second = box:log_in("demo"), box:log_in("second")
      local other, racker = box:log_in("second"), box:log_in("racker")
      local function delete(token, id)
        local answer = box:send("DELETE", "/v2.0/tokens/" .. id,
          { ["x-auth-token"] = token })
        return answer.status
      end
      assert.equal(403, delete(second, admin))
      assert.equal(403, delete(admin, racker))
      assert.equal(204, delete(second, other))
      assert.equal(404, delete(second, other))
      assert.equal(404, delete(second, "none"))
      assert.equal(401, delete("none", second))
      assert.equal(204, delete(racker, admin))
      assert.equal(204, delete(second, second))
      assert.equal(401, delete(second, second))
    end)

  it("pyrax, which reads its user, endpoints and credentials", function()
    local token, access = box:log_in("demo")
    local function get(target)
      local answer = box:send("GET", "/v2.0/" .. target, { ["x-auth-token"] = token,
        ["x-auth-project-id"] = access.token.tenant.id, accept = "application/json",
        ["content-type"] = "application/json" })
      assert.equal(200, answer.status, target)
      return answer.value
    end
    assert.equal(token, get("tokens/" .. token).access.token.id)
    local endpoints = get("tokens/" .. token .. "/endpoints").endpoints
    local ids = {}
    for _, endpoint in ipairs(endpoints) do
      assert.is_nil(ids[endpoint.id])
      ids[endpoint.id] = endpoint.type
    end
    assert.is_true(#endpoints > 50)
    assert.equal("demo", get("users?name=demo").user.username)
    assert.equal(3, #get("extensions").extensions)
    assert.equal("RAX-KSKEY", get("extensions/RAX-KSKEY").extension.alias)
    assert.equal(1, #get("users/100001/OS-KSADM/credentials").credentials)
    assert.is_true(#get("tenants").tenants > 0)
    assert.equal(404, box:send("GET", "/v2.0/extensions/NONE").status)
    assert.equal(200, box:send("GET", "/v2.0/extensions").status) -- without a token
  end)

  it("gophercloud and rack, which choose a version and one endpoint", function()
    local versions = box:send("GET", "/", {}).value.versions.values
    local chosen
    for _, version in ipairs(versions) do
      if ("CURRENT SUPPORTED STABLE"):find(version.status:upper(), 1, true) then
        chosen = version.links[1].href
      end
    end
    assert.equal("http://localhost/v2.0", chosen)
    local access = by_key("demo").value.access
    assert.matches("Z$", access.token.expires)
    for _, service in ipairs(access.serviceCatalog) do
      local seen = {}
      for _, endpoint in ipairs(service.endpoints) do
        assert.is_nil(seen[endpoint.region or ""]) -- an ambiguous one is an error
        seen[endpoint.region or ""] = true
      end
    end
  end)

  it("fog and php-opencloud, which pick services by name, type and region", function()
    local access = by_key("demo").value.access
    for name, kind in pairs{ cloudServersOpenStack = "compute", cloudFiles = "object-store",
      cloudFilesCDN = "rax:object-cdn", cloudBlockStorage = "volume",
      cloudLoadBalancers = "rax:load-balancer", cloudDatabases = "rax:database",
      cloudImages = "image", cloudNetworks = "network", cloudQueues = "rax:queues",
      cloudOrchestration = "orchestration", autoscale = "rax:autoscale",
      cloudBackup = "rax:backup" } do
      local service = assert(service_of(access.serviceCatalog, kind, name), name)
      for _, region in ipairs{ "ORD", "DFW", "IAD", "LON", "SYD", "HKG" } do
        assert.is_string(endpoint_of(service, region).publicURL)
      end
    end
    for name, kind in pairs{ cloudDNS = "rax:dns", cloudMonitoring = "rax:monitor" } do
      local endpoints = service_of(access.serviceCatalog, kind, name).endpoints
      assert.equal(1, #endpoints)
      assert.is_nil(endpoints[1].region)
    end
    assert.matches("/v1/MossoCloudFS_10101$", endpoint_of(service_of(access.serviceCatalog,
      "object-store"), "DFW").publicURL)
    local compute = endpoint_of(service_of(access.serviceCatalog, "compute"), "ORD")
    assert.matches("/v2/10101$", compute.publicURL)
    assert.equal("2", compute.versionId)
    local role = access.user.roles[1]
    assert.same({ "3", "identity:user-admin", "User Admin Role." },
      { role.id, role.name, role.description })
    assert.is_nil(role.serviceId)
    local racker = by_key("racker").value.access.user.roles
    assert.equal("3 9", racker[1].id .. " " .. racker[2].id)
    assert.equal("2", by_key("second").value.access.user.roles[1].id)
  end)

  it("pkgcloud, which asks for the tenants with a slash at the end", function()
    local token = box:log_in("demo")
    for _, target in ipairs{ "/v2.0/tenants/", "/v2.0/tenants.json", "/v2.0/tenants" } do
      local answer = box:send("GET", target, { ["x-auth-token"] = token })
      assert.equal(200, answer.status)
      assert.is_true(#answer.value.tenants > 0)
    end
    assert.equal(200, box:send("POST", "/v2.0/tokens/", { ["content-type"] =
      "application/json" }, '{"auth":{"passwordCredentials":{"username":"demo",' ..
      '"password":"demo-Passw0rd"}}}').status)
    assert.equal(404, box:send("GET", "/v2.0/tenants//", { ["x-auth-token"] = token }).status)
  end)

  it("who asks with the media type of its version", function()
    local kind = box:send("GET", "/v2.0", {}).value.version["media-types"].values[1].type
    assert.equal("application/vnd.openstack.identity+json;version=2.0", kind)
    local answer = box:send("POST", "/v2.0/tokens", { ["content-type"] = kind,
      accept = kind }, '{"auth":{"passwordCredentials":{"username":"demo",' ..
      '"password":"demo-Passw0rd"}}}')
    assert.equal(200, answer.status)
    assert.equal(200, box:send("GET", "/v2.0/tenants", { accept = kind,
      ["x-auth-token"] = answer.value.access.token.id }).status)
    for _, other in ipairs{ "application/vnd.openstack.identity+xml", "application/xml" } do
      assert.equal(406, box:send("GET", "/v2.0/tenants", { accept = other,
        ["x-auth-token"] = answer.value.access.token.id }).status)
      assert.equal(415, box:send("POST", "/v2.0/tokens", { ["content-type"] = other },
        "<auth/>").status)
    end
  end)

  it("a log-in that wants no endpoints", function()
    assert.equal(0, #by_key("demo", "?include_endpoints=false").value.access.serviceCatalog)
    assert.is_true(#by_key("demo",
      "?include_endpoints=true").value.access.serviceCatalog > 10)
  end)

  it("who asks for roles: one's own, and others' as an administrator", function()
    local function status(name, target)
      return box:ask(name, "GET", "/v2.0/users/" .. target).status
    end
    assert.equal(200, status("second", "100002/roles"))
    assert.equal(403, status("second", "100001/roles"))
    assert.equal(403, status("second", "100001/RAX-AUTH/roles"))
    assert.equal(200, status("demo", "100002/roles"))
    assert.equal(404, status("demo", "7/roles"))
    local roles = box:get("demo", "/v2.0/users/100001/roles").roles
    local service = roles[1].serviceId
    assert.equal(#roles, #box:get("demo",
      "/v2.0/users/100001/roles?serviceId=" .. service).roles)
    assert.equal(0, #box:get("demo", "/v2.0/users/100001/roles?serviceId=none").roles)
    local given = box:get("demo", "/v2.0/users/100001/RAX-AUTH/roles")
      ["RAX-AUTH:roleAssignments"].tenantAssignments
    assert.same({ "3", "identity:user-admin" }, { given[1].onRole, given[1].onRoleName })
    assert.same({ "USER", "100001", "DOMAIN" }, { given[1].sources[1].sourceType,
      given[1].sources[1].sourceId, given[1].sources[1].assignmentType })
    assert.is_true(#given[1].forTenants > 1)
    local on = box:get("demo", "/v2.0/users/100001/RAX-AUTH/roles?onTenantId=10101")
      ["RAX-AUTH:roleAssignments"].tenantAssignments
    assert.same({ "10101" }, on[1].forTenants)
    assert.equal(0, #box:get("demo", "/v2.0/users/100001/RAX-AUTH/roles?onTenantId=7")
      ["RAX-AUTH:roleAssignments"].tenantAssignments)
  end)
end)

describe("the sandbox over HTTP answers HEAD", function()
  local box

  setup(function()
    box = support.serve_user()
  end)

  teardown(function()
    box:finish()
  end)

  local token = function()
    return "X-Auth-Token: " .. box.token
  end

  it("as GET, without the body but with its length", function()
    for _, target in ipairs{ "/", "/v2.0", "/v2.0/tenants", "/v2.0/tokens/" .. box.token,
      "/v1/customer_accounts", "/v1/customer_accounts/CLOUD/10101", "/tickets",
      "/v1/customer_accounts/CLOUD/10101/contacts", "/categories", "/sandbox",
      "/v1/customer_accounts/CLOUD/none", "/v2.0/none" } do
      local got = support.curl("-H", token(), box.url .. target)
      local head = support.curl("-I", "-H", token(), box.url .. target)
      assert.equal(got.status, head.status, target)
      assert.equal("", head.body)
      assert.equal(tostring(#got.body), head.headers["content-length"], target)
      assert.equal(got.headers["content-type"], head.headers["content-type"])
    end
    assert.equal(401, support.curl("-I", box.url .. "/v2.0/tenants").status)
    local refused = support.curl("-I", "-H", token(), box.url .. "/v2.0/tokens")
    assert.equal(405, refused.status)
    assert.is_nil(refused.headers.allow:find("HEAD", 1, true))
  end)

  it("for a signed download too", function()
    local rs = assert(require("rackspace").new{ sandbox = box.url })
    local path = support.write(os.tmpname(), ("x"):rep(5000))
    local ticket = assert(rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { path } } })
    os.remove(path)
    local url = ticket.comments[1].attachments[1].url or
      assert(rs.tickets:get(ticket)).comments[1].attachments[1].url
    local head = support.curl("-I", url)
    assert.same({ 200, "5000", "" }, { head.status, head.headers["content-length"],
      head.body })
    rs:close()
  end)

  it("and tells with Allow where it may be asked", function()
    local refused = support.curl("-X", "POST", "-H", token(), box.url ..
      "/v1/customer_accounts")
    assert.equal("GET, HEAD", refused.headers.allow)
    assert.equal("GET, HEAD", support.curl("-X", "PUT", box.url .. "/").headers.allow)
  end)

  it("with 204 for changes of tickets, as documented", function()
    local id = support.jq(box:get("/tickets").body, ".tickets[0].ticketId")
    local changed = support.curl("-X", "PATCH", "-H", token(), "-H",
      "Content-Type: application/json", "-d", '{"resources":[]}', box.url .. "/tickets/" .. id)
    assert.same({ 204, "0", "application/json", "" }, { changed.status,
      changed.headers["content-length"], changed.headers["content-type"], changed.body })
  end)
end)
