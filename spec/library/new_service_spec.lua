--- new_service_spec.lua - one folder and its line in the list make a service
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.repl.complete")
local describe_all = require("rackspace.manual.describe").all
local file = require("spec.support.file")
local help = require("rackspace.manual.help")
local luacats = require("script.document.luacats")
local markdown = require("script.document.markdown")
local rackspace = require("rackspace")
local services = require("rackspace.services")

--- What the program prints by its arguments, its errors too.
local function run(arguments)
  local program = assert(io.popen(("unset LD_PRELOAD; RACKSPACE_SANDBOX=1 " ..
    "RACKSPACE_LUA_PATH=lua %s spec/fixtures/run.lua %s 2>&1"):format(
    os.getenv("RACKSPACE_PROGRAM"), arguments)))
  local said = program:read("*a")
  program:close()
  return said
end

local function has(text, part)
  assert.is_truthy(text:find(part, 1, true), part .. " is not in\n" .. text)
end

describe("a service of one folder and a line in the list", function()
  local rs

  setup(function()
    services.modules.widgets = "spec.fixtures.widgets"
    rs = assert(rackspace.new{ sandbox = true })
  end)

  teardown(function()
    rs:close()
    services.modules.widgets = nil
  end)

  after_each(file.clean)

  it("has methods, which its sandbox answers below its own base path", function()
    assert.equal("#ff8800", rs.widgets:get("1").colour)
    assert.equal("https://gadgets.example/v9/widgets/1",
      (rs.sandbox:describe("https://gadgets.example").endpoints.gadgets) .. "/widgets/1")
    local list = assert(rs.widgets:list():totable())
    assert.same({ "1", "2" }, { list[1].id, list[2].id })
    assert.equal("#123456", rs.widgets:paint(list[1], { colour = "#123456" }).colour)
    assert.equal(1, rs.sandbox:count("widgets.paint"))
  end)

  it("has checks, of a type of its own too", function()
    assert.has_error(function() rs.widgets:get() end, "widgets.get: 'id' is missing")
    assert.has_error(function() rs.widgets:paint("1", { colour = "red" }) end,
      "widgets.paint: 'colour' must be a colour such as #ff8800")
    assert.has_error(function() rs.widgets:gett() end,
      "rs.widgets has no operation 'gett' (did you mean 'get'?)")
  end)

  it("has sandbox routes with its own faults, and faults on demand", function()
    local _, _, err = rs.widgets:get("7")
    assert.same({ "not_found", 404 }, { err.kind, err.status })
    local answer = rs.sandbox:handle{ method = "GET", target = "/v9/none", headers = {} }
    has(answer.body, '"widgetFault"')
    answer = rs.sandbox:handle{ method = "GET", target = "/v9/widgets", headers = {} }
    has(answer.body, "no widget without a token")
    rs.sandbox:fault("widgets.get", { status = 404 })
    assert.is_nil((rs.widgets:get("1")))
    rs.sandbox:fault("widgets.get", false)
  end)

  it("has an endpoint, by argument, environment, profile, region or its own", function()
    local settings = require("rackspace.session.settings")
    local declared = services.endpoints()
    local function url(options, variables)
      options.username, options.api_key = "u", "k"
      return assert(settings.complete(assert(settings.check(options, declared)), declared,
        function(name) return (variables or {})[name] end)).endpoints.gadgets
    end
    assert.equal("https://gadgets.example/v9", url{})
    assert.equal("https://lon.gadgets.example/v9", url{ region = "uk" })
    assert.equal("https://mine", url{ endpoints = { gadgets = "https://mine" } })
    assert.equal("https://env", url({}, { RACKSPACE_GADGETS_URL = "https://env" }))
    assert.equal("https://alias", url({}, { RS_GADGET_HOST = "https://alias" }))
    local config = file.write(file.folder() .. "/config",
      "[work]\nusername = u\napi_key = k\ngadgets_url = https://profile\n")
    assert.equal("https://profile", url({ profile = "work" }, { RACKSPACE_CONFIG = config }))
    assert.is_nil((settings.check({ endpoints = { gadgetz = "https://x" } }, declared)))
  end)

  it("has one-shot commands", function()
    assert.equal('{"colour":"#ff8800","id":"1"}\n',
      (run("widgets.get 1 --output=ndjson"):gsub('{"id":"1","colour":"#ff8800"}',
        '{"colour":"#ff8800","id":"1"}')))
    has(run("widgets.list --output=csv"), "id,colour")
    has(run("widgets.gett"), "did you mean 'widgets.get'?")
    has(run("call GET /widgets/1 --output=json"), '"#ff8800"')
  end)

  it("has help", function()
    has(run("help widgets"), "Things with a colour.")
    has(run("widgets.paint --help"), "Gives a widget another colour.")
    has(table.concat(help.value(rs.widgets, {}, rs), "\n"), "One widget.")
    has(table.concat(help.named("rs.widgets:get", {}, rs), "\n"), "The widget reference, 9")
    has(table.concat(help.topic("start"), "\n"), "rs.widgets")
  end)

  it("has completion at the prompt and in shells", function()
    local environment = { globals = { rs = rs }, ids = {}, topics = {},
      files = function() return {} end }
    assert.same({ "paint" }, (complete("rs.widgets:p", 12, environment)))
    has(run("complete -- widgets."), "widgets.paint")
    has(run("complete -- widgets.paint 1 col"), "colour=")
  end)

  it("has reference text and types for editors", function()
    local all, documented = describe_all(), {}
    for _, source in ipairs(require("script.document.methods").sources) do
      documented[source.name] = {}
    end
    local reference = markdown.reference(all, documented)
    has(reference, "Gives a widget another colour.")
    has(reference, "Where gadgets is. Default: https://gadgets.example/v9.")
    local types = luacats.print(all, documented)
    has(types, "---@class rackspace.widgets.Widget")
    has(types, "---@field gadgets? string Where gadgets is.")
    has(markdown.coverage(all), "widgets")
  end)
end)
