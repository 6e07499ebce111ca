--- shapes_spec.lua - answers that are JSON, and of another shape than promised
-- SPDX-License-Identifier: MIT
local examples = require("spec.support.examples")
local fault = require("rackspace.base.fault")
local json = require("rackspace.base.json")
local once = require("spec.support.once")
local rackspace = require("rackspace")
local sandbox = { new = require("rackspace").sandbox }
local walk = require("spec.support.walk")

-- What comes in place of each value of an answer.
local STRANGERS = { "null", "-1.5", '""', "true", "[]", "{}", "[5]", '{"x":5}', '[{"x":{}}]',
  '"\\u0000\\n"' }

-- Places of an answer that are tried: enough for each field of a record; and how
-- many of them come to each place, in turn.
local MOST, EACH = 40, 2

--- The texts that an answer becomes when one of its values is another one.
local function each_variant(value, fn)
  local places = 0
  local mark = "stranger"
  local function visit(node, key)
    if places >= MOST then
      return
    end
    places = places + 1
    local before = node[key]
    node[key] = mark
    local text = assert(json.encode(value))
    for i = 0, EACH - 1 do
      local stranger = STRANGERS[(places * EACH + i) % #STRANGERS + 1]
      fn((text:gsub('"' .. mark .. '"', function() return stranger end)))
    end
    node[key] = before
    if type(before) == "table" then
      local keys = {}
      for inner in pairs(before) do
        keys[#keys + 1] = inner
      end
      table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
      for i = 1, math.min(#keys, type(keys[1]) == "number" and 2 or #keys) do
        visit(before, keys[i])
      end
    end
  end
  local top = { value }
  value = top
  visit(top, 1)
end

describe("an answer of another shape", function()
  --- Calls every operation with its answer changed, in every way. The other
  -- dialect has only some of its own; those before them are called as they are.
  local function try_all(settings)
    local box = sandbox.new{ accounts = 30, limits = false, dialect = settings.dialect }
    settings.sandbox = box
    local count, store, raised = 0, {}, {}
    local replace
    local first = assert(rackspace.new(once(settings)))
    for _, example in ipairs(examples.list) do
      local own = {}
      for _, source in ipairs{ settings, example.as or {} } do
        for name, value in pairs(source) do
          own[name] = value or nil
        end
      end
      own.token = own.token and first.auth:token()
      local rs = assert(rackspace.new(once(own)))
      rs:on("warning", function() end) -- totals of all kinds, which are told
      local send, seen = rs.transport, nil
      rs.transport = function(request)
        local response, message, kind, sent = send(request)
        if response and request.operation == (example.says or example[1]) then
          seen = seen or response.body
          response.body = replace or response.body
        end
        return response, message, kind, sent
      end
      local args = examples.arguments(example, settings.dialect, store)
      local function call()
        return walk.call(rs, example[1], args)
      end
      if example.before then
        walk.call(rs, example.before, {})
      end
      local result = call()
      local body = seen and json.decode(seen)
      store[example.keep or ""] = result
      local is_meant = settings.dialect == nil or example.openapi
      if is_meant and result and type(body) == "table" then
        each_variant(body, function(text)
          replace = text:match("^%[(.*)%]$")
          local ok, value, message, err = pcall(call)
          if not ok then
            raised[#raised + 1] = ("%s, answered %s: %s"):format(example[1], replace,
              tostring(value))
          elseif value == nil and err ~= nil then
            assert(fault.kinds[err.kind] and message == err.message, example[1])
          end
          count = count + 1
        end)
        replace = nil
      end
      rs:close()
    end
    assert.same({}, raised)
    return count
  end

  it("is a value or an error, and raises nothing", function()
    assert.is_true(try_all{} > 1000)
  end)

  it("is so in the other dialect, too", function()
    assert.is_true(try_all{ dialect = "openapi" } > 300)
  end)
end)
