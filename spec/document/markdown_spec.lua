--- markdown_spec.lua - the reference and the table of what is covered
-- SPDX-License-Identifier: MIT
local describe_all = require("rackspace.manual.describe").all
local fault = require("rackspace.base.fault")
local file = require("spec.support.file")
local markdown = require("script.document.markdown")
local services = require("rackspace.services")
local settings = require("rackspace.session.settings")

local endpoints, modules = services.endpoints(), services.modules

local reference, coverage = file.read("doc/reference.md"), file.read("doc/coverage.md")

--- The part of the reference below a heading.
local function section(heading)
  local _, from = reference:find("\n" .. heading .. "\n", 1, true)
  assert(from, "there is no " .. heading)
  local level = heading:match("^#+")
  local to = reference:find("\n" .. level .. " ", from, true) or #reference
  return reference:sub(from, to)
end

local function each_operation(fn)
  for _, module in pairs(modules) do
    local definition = require(module)
    for _, op in ipairs(definition.operations) do
      fn(definition, op)
    end
  end
end

local function holds(text, part, what)
  assert.truthy(text:find(part, 1, true), ("%s: no %s"):format(what, part))
end

--- A path as it goes on the wire below its service's address.
local function path_of(op, path)
  local url = (endpoints[op.endpoint] or {}).url or ""
  return (url:match("^%w+://[^/]*(.*)$") or "") .. path:gsub("{version}", op.version or "")
end

describe("the reference", function()
  it("has every operation with its call, routes, source and text", function()
    each_operation(function(definition, op)
      local part = section("### " .. op.full_name)
      holds(part, ("`rs.%s:%s("):format(definition.name, op.name), op.full_name)
      holds(part, "    " .. op.method .. " " .. path_of(op, op.path) .. "\n", op.full_name)
      holds(part, definition.source .. ", contract " .. definition.contract, op.full_name)
      holds(part:gsub("%s+", " "), (op.doc:gsub("%s+", " ")), op.full_name)
      if op.fallback_path then
        holds(part, path_of(op, op.fallback_path), op.full_name)
      end
      if op.openapi then
        holds(part, "    " .. op.openapi.method .. " " .. op.openapi.path .. "\n", op.full_name)
      end
    end)
  end)

  it("has every parameter, error, limit, role and example", function()
    each_operation(function(_, op)
      local part = section("### " .. op.full_name)
      for _, fields in ipairs{ op.args, op.parameters } do
        for _, field in ipairs(fields) do
          holds(part, ("\n| `%s`"):format(field.name), op.full_name)
        end
      end
      for _, status in ipairs(op.errors) do
        holds(part, ("%d `%s`"):format(status, fault.kind_of(status)), op.full_name)
      end
      for message, kind in pairs(op.faults or {}) do
        holds(part, ('"%s" `%s`'):format(message, kind), op.full_name)
      end
      if op.limit then
        holds(part, ("- Limit: %d in %d seconds."):format(op.limit[1], op.limit.per),
          op.full_name)
      end
      holds(part, op.role and "- Takes: " .. op.role or "- Gives: ", op.full_name)
      holds(part, op.example or "- Source: ", op.full_name)
    end)
  end)

  it("has every record with its fields", function()
    for _, module in pairs(modules) do
      local definition = require(module)
      for name, fields in pairs(definition.records) do
        local part = section(("### %s.%s"):format(definition.name, name))
        for _, field in ipairs(fields) do
          holds(part, ("\n| `%s`"):format(field.name), name)
        end
      end
    end
  end)

  it("has every setting and every kind of error", function()
    local part = section("## Settings")
    for _, setting in ipairs(settings.known) do
      holds(part, ("\n| `%s` |"):format(setting.name), "Settings")
    end
    part = section("## Errors")
    for kind in pairs(fault.kinds) do
      holds(part, ("\n| `%s` |"):format(kind), "Errors")
    end
  end)

  it("leads nowhere that is not there", function()
    local anchors = {}
    for heading in reference:gmatch("\n#+ ([^\n]+)") do
      anchors["#" .. heading:lower():gsub("[^%w_ -]", ""):gsub(" ", "-")] = true
    end
    local count = 0
    for anchor in reference:gmatch("%]%((#[^)]*)%)") do
      assert.is_true(anchors[anchor], anchor)
      count = count + 1
    end
    assert.is_true(count > 0)
  end)
end)

describe("the table of what is covered", function()
  it("has a row for each operation, dialect and document", function()
    local part = assert(coverage:match("<!%-%- coverage %-%->(.-)<!%-%- /coverage %-%->"))
    local expected = 0
    each_operation(function(definition, op)
      expected = expected + (op.openapi and 2 or 1)
      local route = ("`%s %s`"):format(op.method, path_of(op, op.path))
      local found
      for line in part:gmatch("[^\n]+") do
        found = found or line:find(("`rs.%s`"):format((op.full_name:gsub("%.", ":"))), 1, true)
          and line:find(route, 1, true) and line:find(definition.source, 1, true)
          and line:find(", " .. definition.contract .. " |", 1, true)
      end
      assert.truthy(found, op.full_name .. " is not covered")
    end)
    local _, count = part:gsub("\n| `", "")
    assert.equal(expected, count)
  end)

  it("is printed from the description", function()
    assert.truthy(coverage:find(markdown.coverage(describe_all()), 1, true))
  end)
end)
