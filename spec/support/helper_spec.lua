--- helper_spec.lua - what the helper refuses, shown by specs that do it
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local support = require("spec.sandbox.support")

local lua = os.getenv("RACKSPACE_SPEC_LUA") or "lua5.4"
local build = os.getenv("RACKSPACE_BUILD") or "build/lua5.4"

describe("the helper", function()
  after_each(file.clean)

  --- Runs a spec of this text: what busted says of it, and how it exits.
  local function run(text)
    local path = file.write(file.folder() .. "/planted_spec.lua", text)
    local said = support.output(("script/specs %s %s %s 2>&1; echo ended $?")
      :format(lua, support.quote(build), path))
    return said, tonumber(said:match("ended (%d+)\n$"))
  end

  local function refuses(text, pattern)
    local said, code = run(text)
    assert.are_not.equal(0, code)
    assert.matches(pattern, said)
  end

  it("lets a spec pass that closes what it opens", function()
    local said, code = run([[
      local child = require("spec.support.child")
      local core = require("rackspace.core")
      local socket = require("socket")
      local client, listener
      before_each(function()
        client, listener = core.client(), assert(socket.bind("127.0.0.1", 0))
      end)
      after_each(function()
        client:close()
        listener:close()
        child.close_all()
      end)
      it("opens and closes", function()
        local _, port = listener:getsockname()
        client:start{ url = "http://127.0.0.1:" .. port }
        child.start("cat")
      end)]])
    assert.equal(0, code, said)
  end)

  it("refuses a global", function()
    refuses([[it("assigns", function() answer = 42 end)]],
      "a spec created the global 'answer'")
  end)

  it("refuses a transfer in flight, though its spec has passed", function()
    refuses([[
      local client = require("rackspace.core").client()
      local listener = assert(require("socket").bind("127.0.0.1", 0))
      teardown(function() listener:close() client:close() end)
      it("starts", function()
        local _, port = listener:getsockname()
        client:start{ url = "http://127.0.0.1:" .. port }
      end)]], "'starts' left a transfer: client %(1 in flight%)")
  end)

  it("refuses an open descriptor, and names the spec that opened it", function()
    refuses([[
      local kept
      it("opens", function() kept = assert(io.open("/dev/null")) end)
      it("looks on", function() assert.is_truthy(kept) end)]],
      "descriptor %d+ /dev/null was left open, since 'opens'")
  end)

  it("refuses a child that nobody has waited for", function()
    refuses([[
      local kept
      it("starts", function() kept = io.popen("cat >/dev/null", "w") end)
      it("looks on", function() assert.is_truthy(kept) end)]],
      "descriptor %d+ pipe:%[%d+%] was left open, since 'starts'")
  end)

  it("refuses a process in the background, whose parent has ended", function()
    refuses([[
      it("starts", function() os.execute("setsid sh -c 'sleep 30 >/dev/null 2>&1 &'") end)]],
      "process %d+ was left running: sleep 30")
  end)
end)
