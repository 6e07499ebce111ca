--- log_spec.lua - a session's events as lines of text
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")
local log = require("rackspace.call.log")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local AGENT = "an agent of ours"

local function account()
  local reply = stub.reply(200, { id = "1" }, { ["x-request-id"] = "abc", vary = "*" })
  reply.seconds = 3
  return reply
end

--- A session whose log goes into a list.
local function session(handler, settings)
  local lines, options = {}, { clock = stub.clock(1700000000.25) }
  function options.log(line, name, event)
    lines[#lines + 1] = { line, name, event }
  end
  for name, value in pairs(settings or {}) do
    options[name] = value
  end
  return stub.session(handler or account, options), lines
end

describe("the setting log", function()
  it("gives a function a line for each event", function()
    local rs, lines = session(nil, { user_agent = AGENT })
    assert(rs.accounts:get("CLOUD/1"))
    local start = "2023-11-14T22:13:20.250Z %s operation=accounts.get method=GET " ..
      "url=http://localhost/v1/customer_accounts/CLOUD/1 "
    assert.equal(start:format("request") .. "attempt=1 headers.Accept=application/json " ..
      'headers.User-Agent="' .. rs.settings.user_agent ..
      '" headers.X-Auth-Token=<hidden>', lines[1][1])
    assert.equal(start:format("response") .. "status=200 attempt=1 seconds=0 bytes=10 " ..
      "headers.vary=<hidden> headers.x-request-id=abc request_id=abc", lines[2][1])
    assert.equal("response", lines[2][2])
    assert.equal(200, lines[2][3].status)
    assert.equal(2, #lines)
  end)

  it("writes no character that a terminal or a reader of lines takes for its own", function()
    local rs, lines = session()
    rs:emit("warning", { message = 'a "b"\n\27[31m\200 \\', n = 0.5, odd = 0 / 0, yes = true,
      secret = core.secret("hush-hush"), deep = { deeper = { deepest = {} } } })
    local line = lines[1][1]:gsub("table: 0x%x+", "table"):gsub("%-?nan", "nan")
    assert.equal('2023-11-14T22:13:20.250Z warning deep.deeper="table" ' ..
      'message="a \\"b\\"\\n\\27[31m\\200 \\\\" n=0.500 odd=nan ' ..
      "secret=<secret> yes=true", line)
  end)

  it("is one of its levels, or a function", function()
    local start = [[rackspace.new: 'log' must be "debug", "info", "json", "off" ]] ..
      "or a function, not "
    assert.equal(start .. "'Debug'",
      raises(function() rackspace.new{ log = "Debug" } end))
    assert.equal(start .. "a number", raises(function() rackspace.new{ log = 5 } end))
  end)
end)

describe("RACKSPACE_LOG", function()
  it("is a level or not set", function()
    local function level_of(text)
      return { log.from_environment(function(name)
        return name == "RACKSPACE_LOG" and text or nil
      end) }
    end
    assert.same({}, level_of(nil))
    assert.same({}, level_of(""))
    assert.same({ "json" }, level_of("json"))
    assert.equal("RACKSPACE_LOG must be debug, info, json, off, not 'all\\n'",
      level_of("all\n")[2])
  end)
end)

describe("standard error", function()
  --- What a script writes there, run by the program with a level.
  local function written(level, script)
    local path = os.tmpname()
    local pipe = assert(io.popen(("RACKSPACE_LOG=%s '%s' --sandbox -e '%s' 2>&1 >'%s'"):format(
      level, os.getenv("RACKSPACE_PROGRAM"), script, path)))
    local lines = {}
    for line in pipe:lines() do
      lines[#lines + 1] = line
    end
    pipe:close()
    os.remove(path)
    return lines
  end

  local CALL = [[rs = require("rackspace").new() rs.accounts:get("CLOUD/10101") ]] ..
    [[rs:emit("warning", { message = "careful" })]]

  local function names(lines)
    local list = {}
    for i, line in ipairs(lines) do
      list[i] = line:match("^%S+ (%S+)")
    end
    return table.concat(list, " ")
  end

  it("has by level what is told", function()
    assert.equal("request response login request response warning",
      names(written("debug", CALL)))
    local info = written("info", CALL)
    assert.equal("response login response warning", names(info))
    assert.is_nil(table.concat(info):find("headers", 1, true))
    assert.same({}, written("off", CALL))
  end)

  it("has an object on each line for json", function()
    local lines = written("json", CALL)
    assert.equal(6, #lines)
    local response = assert(json.decode(lines[5]))
    assert.equal("response", response.event)
    assert.equal("accounts.get", response.operation)
    assert.equal(200, response.status)
    assert.matches("^%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d%d%dZ$", response.time)
    assert.equal("<hidden>", assert(json.decode(lines[4])).headers["X-Auth-Token"])
  end)

  it("has a warning that nobody else listens to, and nothing else", function()
    assert.same({ "rackspace: careful" }, written("", CALL))
    assert.same({}, written("", [[rs = require("rackspace").new() ]] ..
      [[rs:on("warning", print) rs:emit("warning", { message = "careful" })]]))
  end)

  it("says what is wrong with the level", function()
    assert.matches("RACKSPACE_LOG must be debug, info, json, off, not .all.",
      written("all", [[print(require("rackspace").new()) ]] ..
        [[io.stderr:write(select(2, require("rackspace").new()))]])[1])
  end)
end)
