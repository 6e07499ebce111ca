--- sandbox_spec.lua - `rackspace sandbox`, as it is run
-- SPDX-License-Identifier: MIT
local ports = require("spec.support.port")
local socket = require("socket")
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

describe("rackspace sandbox", function()
  local function serve(options)
    return assert(support.serve(options))
  end

  it("says in its first line where it is and who can log in", function()
    local job = support.start(support.quote(support.program)
      .. " sandbox --with-stdin --accounts 8 --seed=4")
    local line = job:line()
    assert.equal('["accounts","control_token","credentials","dialect","endpoints","limits","pid",'
      .. '"seed","url","users"]', jq(line, "keys"))
    assert.equal("8 4", jq(line, '"\\(.accounts) \\(.seed)"'))
    assert.equal("customer customer_openapi email feeds identity resources ticketing",
      jq(line, '.endpoints | keys | join(" ")'))
    local url = jq(line, ".url")
    assert.is_truthy(url:match("^http://127%.0%.0%.1:%d+$"))
    assert.is_nil(line:find("\\/", 1, true))
    assert.equal("8", jq(curl(url .. "/sandbox").body, ".accounts"))
    local command = support.read("/proc/" .. jq(line, ".pid") .. "/cmdline")
    assert.is_truthy(command:find("\0sandbox\0", 1, true))
    assert.same({ 0, "", "" }, { job:finish() })
  end)

  it("takes the port that it is given, and none that is taken", function()
    local holder, port = ports.hold()
    local listener = assert(socket.bind("127.0.0.1", port))
    local job, complaint, code = support.serve("--port " .. port)
    assert.is_nil(job)
    assert.equal(1, code)
    assert.is_truthy(complaint:find("^rackspace: [^\n]*127%.0%.0%.1:" .. port
      .. "[^\n]*in use\n$"))
    listener:close()
    job = serve("--port " .. port)
    assert.equal("http://127.0.0.1:" .. port, job.url)
    assert.equal(0, (job:finish()))
    holder:close()
  end)

  it("ends when its standard input does, also before it has begun", function()
    assert.same({ 0, "", "" }, { serve():finish() })
    local code, out, complaint = support.run("sandbox --with-stdin")
    assert.same({ 0, "" }, { code, complaint })
    assert.is_truthy(out:find('"url":', 1, true))
  end)

  it("ends in peace on an interrupt, and when it is terminated", function()
    for _, name in ipairs{ "INT", "TERM" } do
      local job = support.start(support.quote(support.program) .. " sandbox")
      assert.is_truthy(job:line())
      job:signal(name)
      assert.equal("", job.out:read("*a"))
      assert.same({ 0, "", "" }, { job:finish() })
    end
  end)

  it("goes on when standard input ends that it was not told to watch",
    function()
      local job = support.start(support.quote(support.program) .. " sandbox",
        "/dev/null")
      local url = jq(job:line(), ".url")
      assert.equal(200, curl(url .. "/sandbox").status)
      job:signal("TERM")
      assert.same({ 0, "", "" }, { job:finish() })
    end)

  it("has a million accounts at once", function()
    local job = serve("--accounts 1000000")
    local token = support.token(job)
    local answer = curl("-H", "X-Auth-Token: " .. token, job.url
      .. "/v1/customer_accounts?limit=100&marker=last&direction=forward")
    assert.equal("100", jq(answer.body, ".customerAccount | length"))
    local memory = support.read("/proc/" .. ("%d"):format(job.pid) .. "/status")
    assert.is_true(tonumber(memory:match("VmHWM:%s*(%d+)")) < 128000)
    assert.equal(0, (job:finish()))
  end)

  it("refuses what it can't be, as wrong usage", function()
    for options, problem in pairs{
      ["--port x"] = "--port needs a whole number up to 65535",
      ["--port 65536"] = "--port needs a whole number up to 65535",
      ["--port"] = "--port needs a whole number up to 65535",
      ["--port="] = "--port needs a whole number up to 65535",
      ["--accounts -1"] = "--accounts needs a whole number up to 100000000",
      ["--accounts 100000001"] =
        "--accounts needs a whole number up to 100000000",
      ["--seed 1.5"] = "--seed needs a whole number up to 2147483647",
      ["--state"] = "--state needs a file",
      ["--state="] = "--state needs a file",
      ["--none"] = "sandbox has no option '--none'",
      ["extra"] = "sandbox has no option 'extra'",
      ["--with-stdin=1"] = "sandbox has no option '--with-stdin=1'",
    } do
      local code, out, complaint = support.run("sandbox " .. options)
      assert.same({ 2, "", "rackspace: " .. problem
        .. "\ntry: rackspace --help\n" }, { code, out, complaint })
    end
  end)

  it("explains itself", function()
    local code, out = support.run("sandbox --port 5 --help")
    assert.equal(0, code)
    assert.is_truthy(out:find("rackspace sandbox [--port N]", 1, true))
  end)
end)
