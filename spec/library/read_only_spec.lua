--- read_only_spec.lua - a session that only reads sends nothing that writes
-- SPDX-License-Identifier: MIT
local examples = require("spec.support.examples")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local support = require("spec.sandbox.support")
local walk = require("spec.support.walk")

local log_ins = { ["identity.authenticate"] = true, ["identity.login"] = true,
  ["identity.setup_mfa"] = true,
  ["identity.passcode"] = true }

describe("a session that only reads", function()
  local box, sent

  before_each(function()
    sent = {}
    local inner = assert(sandbox.new{})
    box = setmetatable({ handle = function(_, request)
      sent[#sent + 1] = request.method .. " " .. request.target
      return inner:handle(request)
    end }, { __index = inner })
  end)

  --- What was sent beside log-ins.
  local function sent_writes()
    local list = {}
    for _, line in ipairs(sent) do
      if not line:find("^GET ") and not line:find("^POST /v2.0/tokens") then
        list[#list + 1] = line
      end
    end
    return list
  end

  it("refuses every write of every service, and sends none", function()
    local rs = assert(rackspace.new{ sandbox = box, read_only = true })
    local refused, let = 0, 0
    walk.each_operation(function(op)
      local args = examples.arguments(examples.by_name[op.full_name], nil, {}, "1")
      local result, message, err = walk.call(rs, op.full_name, args)
      if op.method == "GET" or log_ins[op.full_name] then
        let = let + 1
        assert.is_true(result ~= nil or err.kind ~= "refused", op.full_name)
      else
        refused = refused + 1
        assert.is_nil(result, op.full_name)
        assert.equal(op.full_name .. ": the session is read-only: nothing was sent", message)
        assert.same({ "refused", 0 }, { err.kind, err.attempts })
      end
    end)
    assert.is_true(refused > 10 and let > 20)
    assert.same({}, sent_writes())
    rs:close()
  end)

  it("logs in and reads", function()
    local rs = assert(rackspace.new{ sandbox = box, read_only = true })
    assert.equal("MyRackspaceAcct", assert(rs.accounts:get("CLOUD/10101")).name)
    assert(rs.identity:login())
    rs:close()
  end)

  it("still tells of mistakes", function()
    local rs = assert(rackspace.new{ sandbox = box, read_only = true })
    assert.has_error(function() rs.tickets:close() end)
    rs:close()
  end)

  it("is what the environment can ask for, whatever a script says", function()
    local code = [[-e 'local rs = require("rackspace").new{ sandbox = true, %s }
      local ok, _, err = rs.tickets:close("180404-00006")
      print(ok and "written" or err.kind)']]
    local function says(setting, settings)
      local _, out = support.run(code:format(setting), settings)
      return out
    end
    assert.equal("written\n", says(""))
    assert.equal("refused\n", says("read_only = true"))
    assert.equal("refused\n", says("", "env RACKSPACE_READ_ONLY=1"))
    assert.equal("refused\n", says("read_only = false", "env RACKSPACE_READ_ONLY=1"))
    assert.equal("written\n", says("", "env RACKSPACE_READ_ONLY=0"))
    assert.equal("refused\n", (select(2, support.run("--read-only " .. code:format("")))))
  end)
end)
