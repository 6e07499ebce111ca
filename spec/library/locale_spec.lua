--- locale_spec.lua - the same data in every locale that a host may set
-- SPDX-License-Identifier: MIT
local confined = require("spec.support.confined")
local file = require("spec.support.file")
local locale = require("spec.support.locale")

if os.getenv("LD_PRELOAD") then
  return -- a sanitizer, which takes what glibc keeps of locales for leaks
end

-- Prints what passes the library: "first" or "last" says when the locale is set.
local work = [==[
local when, name = arg[1], arg[2]
local function set()
  assert(os.setlocale(name), "no such locale")
end
if when == "first" then set() end
local rackspace = require("rackspace")
local json = require("rackspace.base.json")
local core = require("rackspace.core")
local asked
local rs = rackspace.new{ sandbox = true, retries = 0,
  log = function(line) asked = line end }
assert(rs.accounts:list{ limit = 2 }:totable(2))
assert(json.decode("[1.5]"))
if when == "last" then set() end

local function show(what, value, problem)
  io.write(what, ": ", tostring(value == nil and problem or value), "\n")
end
local function round(text)
  local value, problem = json.decode(text)
  show(text, value and json.encode(value), problem)
end
round('[1.5,2,5]') round('{"a":1,"b":0.25}') round('[1,5]') round('["\\ud83d",1e-7]')
round('\239\187\191{"n":[3.5]}') round("[1,5") round("[-2.5e3,12345.678]")
show("query", core.url.query{ "a", 1.5, "b", 3 })
show("path", core.url.expand("/{a}", { a = 2.5 }))
show("number", core.number.read("1.5") == 3 / 2)
show("comma", core.number.read("1,5"))
local csv = require("rackspace.output.csv")
local lines = {}
local writer = csv.new{ write = function(text) lines[#lines + 1] = text end,
  fields = { "a", "b" } }
writer:page{ { a = 3 / 2, b = "ID" } }
show("csv", table.concat(lines))
show("word", require("rackspace.command.value")("0.5", "number") == 1 / 2)
show("literal", require("rackspace.output.literal").text{ 1 / 4 })
rs:emit("wait", { operation = "x.y", seconds = 1 / 8, reason = "retry" })
show("log", asked:match("seconds=(%S+)"))
show("upper", require("rackspace.base.ascii").upper("api_key title"))
show("lower", require("rackspace.base.ascii").lower("ID \195\132"))
local credentials = require("rackspace.login.credentials")
local found = credentials.gather({}, function(variable)
  return ({ RACKSPACE_USERNAME = "joe", RACKSPACE_API_KEY = "k",
    RACKSPACE_CONFIG = "/dev/null" })[variable]
end, {})
show("settings", found and found.username, "none")
local fault = require("rackspace.base.fault")
show("fault", fault.from_response("a.b", { status = 400, headers = {},
  body = '{"message":"\195\132 title \195\134 of ID"}' }, 0, {}))
local account = rs.accounts:list()()
show("record", json.encode(account))
show("ticket", json.encode((rs.tickets:list()())))
rs:close()
]==]

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- What the work prints where the locale is set before or after the first call.
local function printed(when, name)
  local script = file.write(file.folder() .. "/work.lua", work)
  local process = assert(io.popen(("unset LD_PRELOAD; %s %s %s %s %s 2>&1"):format(
    locale.variables("C"), os.getenv("RACKSPACE_SPEC_LUA") or "lua", quote(script), when,
    quote(name))))
  local text = process:read("*a")
  process:close()
  return text
end

local script = [[
local values = host(1 / 2, { 3 / 4 }, 2)
assert(values[1] == 1 / 2 and values[2][1] == 3 / 4 and values[3] == 2)
local account = assert(rs.accounts:list{ limit = 3 }())
assert(rs.accounts:get(account))
assert(rs.tickets:list()())
]]

describe("the library", function()
  after_each(file.clean)

  it("writes and reads numbers with a point", function()
    local plain = printed("first", "C")
    for _, expected in ipairs{ "%[1.5,2,5%]: %[1.5,2,5%]\n", "\"b\":0.25}: {\"a\":1,\"b\":0.25}\n",
      "%[1,5%]: %[1,5%]\n", "\nquery: a=1.5&b=3\n", "\npath: /2.5\n", "\nnumber: true\n",
      "\ncomma: nil\n", "\ncsv: a,b\r\n1.5,ID\r\n", "\nword: true\n", "\nliteral: { 0.25 }\n",
      "\nlog: 0.125\n", "\nupper: API_KEY TITLE\n", "\nlower: id \195\132\n", "\nsettings: joe\n",
      "\nfault: a.b: 400 \195\132 title \195\134 of ID\n" } do
      assert.matches(expected, plain)
    end
  end)

  for _, name in ipairs(locale.names) do
    -- Lua reads no module with a fraction where the point has two bytes.
    for _, when in ipairs(name:find("^ps") and { "last" } or { "first", "last" }) do
      it(("does the same in %s, set %s"):format(name, when), function()
        if not locale.is_made(name) then
          return pending("no such locale here: script/setup test makes it")
        end
        assert.equal(printed("last", "C"), printed(when, name))
      end)
    end

    it(("works in a program of C in %s"):format(name), function()
      if not locale.is_made(name) then
        return pending("no such locale here: script/setup test makes it")
      end
      assert.equal("ok\n", confined.run("timeout=20.5", { script }, locale.variables(name)))
    end)
  end
end)
