--- modules_spec.lua - what is loaded before a confined script runs
-- SPDX-License-Identifier: MIT
local confined = require("spec.support.confined")
local modules = require("rackspace.embed.modules")
local services = require("rackspace.services")

require("rackspace.embed")

-- The folders that sessions have no part in, and what is loaded by those who
-- use it: the loops of other programs.
local ABOVE = { command = true, manual = true, mcp = true, output = true, picture = true,
  repl = true, report = true, scripts = true, show = true, ["program.lua"] = true, loop = true }

local function library_modules()
  local names = {}
  local listing = assert(io.popen("cd lua && find rackspace -name '*.lua'"))
  for path in listing:lines() do
    if not ABOVE[path:match("^rackspace/([^/]+)")] then
      names[#names + 1] = path:gsub("%.lua$", ""):gsub("/init$", ""):gsub("/", ".")
    end
  end
  listing:close()
  return names
end

describe("what is loaded before a script runs", function()
  it("is all of the library but what serves a sandbox over HTTP", function()
    modules.load_all()
    local missing = {}
    for _, name in ipairs(library_modules()) do
      if not package.loaded[name] and name ~= "rackspace.sandbox.server" then
        missing[#missing + 1] = name
      end
    end
    assert.same({}, missing)
  end)

  -- A confined state's require finds nothing else.
  it("is enough for every operation, in each format and dialect", function()
    local calls = {}
    for name, definition in services.each() do
      for _, op in ipairs(definition.operations) do
        calls[#calls + 1] = ("%s.%s"):format(name, op.name)
      end
    end
    local script = [[
      local function try(service, name, ...)
        local _, message, value = pcall(function(...)
          local value, message = rs[service][name](rs[service], ...)
          return message, type(value) == "table" and value.totable and
            select(2, value:totable(3))
        end, ...)
        for _, text in pairs{ tostring(message), tostring(value) } do
          assert(not text:find("module", 1, true), text)
        end
      end
      for service, name in ("]] .. table.concat(calls, " ") ..
        [["):gmatch("([%w_]+)%.([%w_]+)") do
        for _, id in pairs{ "CLOUD/10101", "190101-00001", "demo", 7 } do
          try(service, name)
          try(service, name, id)
          try(service, name, id, id)
          try(service, name, id, { name = "x", text = "x", key = "x" })
          try(service, name, { subject = "x" })
        end
      end]]
    assert.is_true(#calls > 40)
    for _, options in ipairs{ "format=json", "format=xml",
        "dialect=openapi" } do
      assert.equal("ok\n", confined.run(options, { script }))
    end
  end)
end)
