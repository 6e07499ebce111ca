--- luacats_spec.lua - the printed types say what the rows say
-- SPDX-License-Identifier: MIT
local annotations = require("spec.support.annotations")
local fault = require("rackspace.base.fault")
local file = require("spec.support.file")
local luacats = require("script.document.luacats")
local modules = require("rackspace.services").modules
local settings = require("rackspace.session.settings")

local PATH = "types/rackspace.lua"

local text = file.read(PATH)
local found = annotations.read(text)

-- What an editor must be told of each type, as one that is given and as one
-- that comes back. Written here by hand, so that the printer is not its own judge.
local GIVEN = { account = "rackspace.AccountName", account_resource = "rackspace.ResourceName",
  rcn = "rackspace.RcnName", customer = "rackspace.CustomerName",
  open_resource = "rackspace.AnyResourceName", boolean = "boolean", integer = "integer",
  number = "number", string = "string", table = "table", id = "string|integer",
  secret = "string|rackspace.Secret", resource = "string|table", recipient = "string|table",
  attachment = "string|table", attached = "string|table", path = "string",
  ["function"] = "function" }
local COMES = { boolean = "boolean", integer = "integer", string = "string", table = "table",
  secret = "rackspace.Secret" }

--- Whether a printed text begins with a field's type. Lists of several types
-- stand in brackets; strings with known values are unions of these.
local function says(printed, field, service, names)
  local name, is_list = field.type:match("^(.-)%[%]$"), true
  if not name then
    name, is_list = field.type, false
  end
  if name == "string" and field.known then
    return printed:find(is_list and '^%("' or '^"') ~= nil
  end
  if field.record and not names[name]:find("|table", 1, true) then
    names = { [name] = names[name] .. "|table" }
  end
  local kind = names[name] or "rackspace." .. service .. "." .. name
  local is_union = kind:find("|", 1, true)
  kind = is_list and is_union and "(" .. kind .. ")" or kind
  kind = kind .. (is_list and "[]" or "")
  return printed == kind or printed:sub(1, #kind + 1) == kind .. " "
end

local function names_of(fields)
  local names = {}
  for i, field in ipairs(fields) do
    names[i] = field.name or field[1]
  end
  return names
end

--- Whether a program is here that does nothing when asked for its version.
local function find_luac()
  for _, name in ipairs{ "luac5.4", "luac" } do
    local result = os.execute(name .. " -v >/dev/null 2>&1")
    if result == true or result == 0 then
      return name
    end
  end
end

local function each_operation(fn)
  for _, module in pairs(modules) do
    local definition = require(module)
    for _, op in ipairs(definition.operations) do
      fn(definition, op, found.functions[definition.name .. ":" .. op.name])
    end
  end
end

describe("the printed types", function()
  it("are Lua that does nothing", function()
    assert(loadfile(PATH))
    assert.same({}, assert(loadfile(PATH))().accounts or {})
  end)

  it("are accepted by luac", function()
    local luac = find_luac()
    if not luac then
      pending("there is no luac here")
      return
    end
    local result = os.execute(luac .. " -p " .. PATH)
    assert.is_true(result == true or result == 0)
  end)

  it("have a function for every row, and for no other", function()
    local expected = {}
    each_operation(function(_, op, printed)
      assert.is_table(printed, op.full_name)
      expected[op.service .. ":" .. op.name] = true
    end)
    for name in pairs(found.functions) do
      local owner = name:match("^([%w_]+):")
      assert.is_true(expected[name] or not modules[owner], name)
    end
  end)

  it("have every argument, in the row's order", function()
    each_operation(function(_, op, printed)
      local names = names_of(op.args)
      names[#names + 1] = "options"
      assert.equal(table.concat(names, ", "), printed.arguments, op.full_name)
      assert.equal(#names, #printed.params, op.full_name)
      for i, name in ipairs(names) do
        assert.equal(name, printed.params[i]:match("^([%w_]+)"), op.full_name)
        local field = op.args[i]
        assert.is_true(not field or says(printed.params[i]:match("^[%w_]+ (.*)$"), field,
          op.service, GIVEN), printed.params[i])
      end
    end)
  end)

  it("have every parameter of a call, with what is required and known", function()
    each_operation(function(definition, op, printed)
      local name = printed.params[#printed.params]:match("^options%?? (%S+)$")
      if #op.parameters == 0 then
        assert.equal(op.pages and "rackspace.PagedOptions" or "rackspace.CallOptions", name)
        return
      end
      assert.equal(("rackspace.%s.%s.Options"):format(definition.name, op.name), name)
      local class = found.classes[name]
      assert.equal(op.pages and "rackspace.PagedOptions" or "rackspace.CallOptions", class.parent)
      assert.same(names_of(op.parameters), class.order)
      local needs_options = false
      for _, field in ipairs(op.parameters) do
        needs_options = needs_options or field.required == true
        assert.equal(not field.required, class.fields[field.name].optional, name)
        assert.is_true(says(class.fields[field.name].text, field, definition.name, GIVEN),
          class.fields[field.name].text)
        for _, value in ipairs(field.known or {}) do
          local union = class.fields[field.name].text
          assert.truthy(union:find('"' .. value .. '"', 1, true), union)
          assert.equal(not field.closed, union:find('"|string', 1, true) ~= nil, union)
        end
      end
      local is_optional = printed.params[#printed.params]:find("^options%?") ~= nil
      assert.equal(not needs_options, is_optional, op.full_name)
    end)
  end)

  it("have what a call gives, and its error", function()
    each_operation(function(definition, op, printed)
      local record = op.returns and definition.records[op.returns] and
        ("rackspace.%s.%s"):format(definition.name, op.returns)
      local first = printed.returns[1]
      if op.pages then
        assert.equal(1, #printed.returns)
        assert.truthy(first:find("^rackspace%.Pager<"), first)
        assert.truthy(not record or first:find("<" .. record .. ">", 1, true), first)
        return
      end
      assert.equal("string? message", printed.returns[2])
      assert.equal("rackspace.Error? err", printed.returns[3])
      local is_list = op.items ~= nil or op.name == "entries"
      if not op.returns and not op.echo then
        assert.equal("true? result", first)
      elseif record and not op.echo then
        assert.equal(record .. (is_list and "[]" or "") .. "? result", first)
      end
    end)
  end)

  it("have an overload for the other dialect", function()
    each_operation(function(_, op, printed)
      assert.equal(op.openapi and 1 or 0, #printed.overloads, op.full_name)
      for _, field in ipairs(op.openapi and op.openapi.args or {}) do
        assert.truthy(printed.overloads[1]:find(field.name .. ": ", 1, true))
      end
      if op.openapi and op.records[op.openapi.returns] then
        assert.truthy(printed.overloads[1]:find("." .. op.openapi.returns, 1, true))
      end
    end)
  end)

  it("have every record with its fields, and the values known of them", function()
    for _, module in pairs(modules) do
      local definition = require(module)
      for name, fields in pairs(definition.records) do
        local class = found.classes[("rackspace.%s.%s"):format(definition.name, name)]
        assert.is_table(class, name)
        assert.same(names_of(fields), class.order)
        for _, field in ipairs(fields) do
          local kind = class.fields[field.name].text
          assert.is_true(says(kind, field, definition.name, name:find("^New") and GIVEN or COMES),
            name .. "." .. field.name .. ": " .. kind)
          assert.equal(field.type:find("%[%]$") ~= nil, kind:find("^%S-%[%]") ~= nil, kind)
          for _, value in ipairs(field.known or {}) do
            assert.truthy(kind:find('"' .. value .. '"|', 1, true), kind)
          end
          assert.is_true(not field.known or kind:find('"|string', 1, true) ~= nil, kind)
        end
      end
    end
  end)

  it("have the settings, the kinds of error and the services", function()
    assert.same(names_of(settings.known), found.classes["rackspace.Settings"].order)
    local kinds = {}
    for kind in pairs(fault.kinds) do
      kinds[kind] = true
    end
    assert.same(kinds, found.aliases["rackspace.ErrorKind"].values)
    for name in pairs(modules) do
      assert.equal("rackspace." .. name,
        found.classes["rackspace.Session"].fields[name].text:match("^%S+"))
    end
    assert.equal("T", found.classes["rackspace.Pager"].generic)
    assert.same({ "options? rackspace.Settings" }, found.functions["rackspace.new"].params)
  end)

  it("name no class that is not there", function()
    for line in text:gmatch("[^\n]+") do
      local kind = line:match("^%-%-%-@field [%w_]+%?? (.*)$") or
        line:match("^%-%-%-@param [%w_]+%?? (.*)$") or
        line:match("^%-%-%-@%l+ (.*)$") or ""
      for name in kind:gmatch("rackspace%.[%w_.]*%w") do
        assert.is_true(found.classes[name] ~= nil or found.aliases[name] ~= nil, line)
      end
    end
  end)
end)

describe("the printer of types", function()
  it("leaves a union in a list in brackets", function()
    local printed = luacats.print({ kinds = {}, error_fields = {}, settings = {},
      records = { Email = {}, Endpoints = {} }, call_options = {}, paged_options = {},
      dialect_options = {},
      services = { { name = "things", doc = "Things.", operations = {}, types = {
        { name = "Thing", fields = {
          { name = "kinds", type = "string[]", known = { "A", "B" }, doc = "Kinds." },
          { name = "parts", type = "Part[]", doc = "Parts." },
          { name = "id", type = "id", doc = "Its id." } } },
        { name = "Part", fields = {} } } } } },
      { session = {}, pager = {}, results = {}, rackspace = {} })
    assert.truthy(printed:find('---@field kinds? ("A"|"B"|string)[] Kinds.\n', 1, true))
    assert.truthy(printed:find("---@field parts? rackspace.things.Part[] Parts.\n", 1, true))
    assert.truthy(printed:find("---@field id? string Its id.\n", 1, true))
  end)
end)
