--- nginx_spec.lua - examples/hosts: nginx.conf's endpoint, timer.conf's timer
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local hosts = require("spec.hosts.support")
local socket = require("socket")
local support = require("spec.sandbox.support")

-- Debian's module wants another LuaJIT than the one that is installed to build
-- for, so it is unpacked, not installed: see script/setup.
local modules = hosts.unpacked .. "/usr/lib/nginx/modules"
local is_unpacked =
  support.output(("ls %s/ngx_http_lua_module.so 2>/dev/null"):format(modules)) ~= ""

local head = [[
daemon off;
worker_processes 1;
pid %s/pid;
load_module %s/ndk_http_module.so;
load_module %s/ngx_http_lua_module.so;
]]

--- The command that runs nginx by a configuration. Its folder is `folder`.
local function configure(folder, text)
  local share = hosts.unpacked .. "/usr/share/lua/5.1"
  support.write(folder .. "/nginx.conf", head:format(folder, modules, modules)
    .. text:gsub("http {", ("http { lua_package_path '%s/?.lua;%s/?/init.lua;;';")
      :format(share, share)))
  return ("%s nginx -p %s -c %s/nginx.conf -e stderr"):format(
    hosts.libraries(), folder, folder)
end

local function ask()
  local folder = support.folder()
  local told = support.output("env " .. configure(folder, [[events { }
    http { init_by_lua_block {
      local function dots(n)
        return ("%d.%d.%d"):format(n / 1e6, n / 1e3 % 1e3, n % 1e3)
      end
      io.stdout:write(jit.version, ", ", dots(ngx.config.nginx_version),
        ", lua-nginx-module ", dots(ngx.config.ngx_lua_version))
      os.exit(0) } }]]))
  support.remove(folder)
  return told:match("^(.-), (.*)")
end

hosts.describe({ name = "nginx", program = is_unpacked and "nginx", ask = ask },
    function()
  local box, job, folder

  --- Starts nginx by a configuration of the examples.
  local function start(text)
    job = hosts.start(box, function(port)
      support.write(folder .. "/listen.conf",
        ("listen 127.0.0.1:%d;\n"):format(port))
      return configure(folder, text)
    end)
  end

  before_each(function()
    box = assert(support.serve())
    folder = support.folder()
  end)

  after_each(function()
    hosts.stop(job)
    support.remove(folder)
    box:finish()
  end)

  describe("answering a request", function()
    before_each(function()
      start(support.read("examples/hosts/nginx.conf"))
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
      assert.is_truthy(support.curl(job.url .. "/contacts/10101").body
        :find("contactNumber"))
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

  describe("with a timer", function()
    local function count()
      return tonumber(support.curl(job.url .. "/open-tickets").body)
    end

    before_each(function()
      start((support.read("examples/hosts/timer.conf")
        :gsub('%("open_tickets"%)%(300%)', '("open_tickets")(0.2)')))
      assert.equal(4, child.wait_until(count, "the first count"))
    end)

    it("counts again and again", function()
      support.run("tickets.close 180408-00005", "env RACKSPACE_SANDBOX=" .. box.url)
      child.wait_until(function() return count() == 3 end, "the other count")
    end)

    it("goes on after a count that failed", function()
      hosts.fault(box, '{"operation":"tickets.list","status":403,"times":1}')
      local asked = tonumber(hosts.count(box, "tickets.list"))
      child.wait_until(function()
        return tonumber(hosts.count(box, "tickets.list")) >= asked + 2
      end, "two counts more")
      assert.equal(4, count())
      local _, complaint = hosts.stop(job)
      assert.is_truthy(complaint:find("tickets.list: 403", 1, true))
    end)

    it("serves requests while a call waits", function()
      box:signal("STOP")
      local stop = socket.gettime() + 0.5 -- a call begins each fifth of a second
      repeat
        assert.equal(4, count())
        socket.sleep(0.02)
      until socket.gettime() > stop
      box:signal("CONT")
    end)
  end)
end)
