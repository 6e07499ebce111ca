--- nginx_spec.lua - the endpoint of examples/hosts/nginx.conf
-- SPDX-License-Identifier: MIT
local hosts = require("spec.hosts.support")
local support = require("spec.sandbox.support")

-- Debian's module wants another LuaJIT than the one that is installed to build
-- for, so it is unpacked, not installed: see script/setup.
local modules = support.output(
  ("ls %s/usr/lib/nginx/modules/ngx_http_lua_module.so 2>/dev/null")
    :format(hosts.unpacked)) ~= "" and "nginx" or "nginx-with-lua"

hosts.describe({ describe = describe, pending = pending }, "nginx", "luajit",
    modules, function()
  local box, job, folder

  --- A folder of its own, with what differs from machine to machine.
  local function prepare(port)
    folder = support.folder()
    local share = hosts.unpacked .. "/usr/share/lua/5.1"
    support.write(folder .. "/listen.conf",
      ("listen 127.0.0.1:%d;\n"):format(port))
    support.write(folder .. "/nginx.conf", ([[
daemon off;
worker_processes 1;
pid %s/pid;
load_module %s/usr/lib/nginx/modules/ndk_http_module.so;
load_module %s/usr/lib/nginx/modules/ngx_http_lua_module.so;
]]):format(folder, hosts.unpacked, hosts.unpacked)
      .. support.read("examples/hosts/nginx.conf"):gsub("location = /health",
        "location = /version { content_by_lua_block {"
        .. "local function dots(n) return ('%%d.%%d.%%d'):format(n / 1e6,"
        .. "n / 1e3 %% 1e3, n %% 1e3) end "
        .. "ngx.print(jit.version, ', ', dots(ngx.config.nginx_version),"
        .. "', lua-nginx-module ', dots(ngx.config.ngx_lua_version)) } } %0")
      :gsub("http {",
        ("http { lua_package_path '%s/?.lua;%s/?/init.lua;;';"):format(share,
          share)))
    return ("LD_LIBRARY_PATH=$(dirname $(ls %s/usr/lib/*/libluajit-5.1.so.2)) "
      .. "nginx -p %s -c %s/nginx.conf -e stderr"):format(hosts.unpacked,
        folder, folder)
  end

  before_each(function()
    box = assert(support.serve())
    job = hosts.start(box, prepare)
  end)

  after_each(function()
    hosts.stop(job)
    support.remove(folder)
    box:finish()
  end)

  it("is the one of the table", function()
    assert.equal(support.curl(job.url .. "/version").body,
      table.concat(hosts.row("nginx"), ", "))
  end)

  it("lists contacts by subrequests", function()
    local answer = support.curl(job.url .. "/contacts/10101")
    assert.equal(200, answer.status, answer.body)
    assert.equal(support.output(("RACKSPACE_SANDBOX=%s %s -e %s"):format(
      box.url, support.quote(support.program), support.quote(
      [[io.write(#require("rackspace").new().contacts:list("CLOUD/10101")
      :totable())]]))), support.jq(answer.body, "length"))
    assert.equal(502, support.curl(job.url .. "/contacts/99").status)
  end)

  it("calls again after a pause of the host's own", function()
    hosts.fail_once(box, "contacts.list")
    assert.is_truthy(support.curl(job.url .. "/contacts/10101").body:find("contactNumber"))
    assert.equal("2", hosts.count(box, "contacts.list"))
  end)

  it("serves others while a call waits", function()
    -- One worker: were it blocked by the first, the other could not be served.
    local status, text = hosts.ask_beside(box, job,
      "/contacts/10101", "/health")
    assert.equal(204, status)
    assert.is_truthy(text:find('"contactNumber":', 1, true))
  end)
end)
