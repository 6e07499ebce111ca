--- shapes_spec.lua - objects have only the fields that their constructors list
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local root = "lua/rackspace/"

--- Returns the fields that code reads or sets through a variable of a name, each
-- with the location of one use.
local function used(variable, files)
  local fields = {}
  for file in support.output("ls " .. files):gmatch("[^\n]+") do
    local text = support.read(file):gsub("%-%-[^\n]*", ""):gsub('require%b()', "")
    for name in text:gmatch("%f[%w_.:]" .. variable .. "%.([%a_]+)") do
      fields[name] = fields[name] or file
    end
  end
  return fields
end

--- Returns the names before an equals sign in a function of a file.
local function made(file, fn, also)
  local text = support.read(root .. file)
  local body = assert(text:match("function " .. fn:gsub("%p", "%%%0") .. "%(.-\nend\n"), fn)
  local names = {}
  for name in (body .. (also or "")):gsub("%-%-[^\n]*", ""):gmatch("([%a_]+) =[^=]") do
    names[name] = true
  end
  return names
end

local function assert_made(names, fields)
  local count = 0
  for name, file in pairs(fields) do
    count = count + 1
    assert.is_true(names[name], ("%s uses '%s', which its maker does not set"):format(file, name))
  end
  assert.is_true(count > 0)
end

describe("no code uses a field that is not documented where its object is made:", function()
  it("an operation", function()
    local names = made("row/row.lua", "new_operation")
    for _, name in ipairs{ "parameters", "options", "option", "demands", "personal",
        "has_known" } do
      names[name] = true -- in add_parameters
    end
    local folders = {}
    for _, folder in ipairs{ "row", "login", "call", "many", "session", "manual", "command",
      "repl", "sandbox" } do
      folders[#folders + 1] = root .. folder .. "/*.lua"
    end
    assert_made(names, used("op", table.concat(folders, " ")))
  end)

  it("a call", function()
    assert_made(made("call/call.lua", "call_of.new"), used("call", root .. "call/*.lua " ..
      root .. "tickets/uploads.lua " .. root .. "tickets/storage.lua"))
  end)

  it("a request", function()
    assert_made(made("row/operation.lua", "new_request"), used("call%.request",
      root .. "call/*.lua"))
  end)

  it("a task", function()
    local names = made("task/task.lua", "task_of.new")
    names.park, names.wake = true, true -- a guest's
    assert_made(names, used("task", root .. "task/*.lua"))
  end)

  it("a scheduler", function()
    local names = made("task/scheduler.lua", "new")
    for name in support.read(root .. "task/scheduler.lua"):gmatch("scheduler_methods:([%a_]+)") do
      names[name] = true
    end
    assert_made(names, used("scheduler", root .. "task/*.lua " .. root .. "many/map.lua"))
  end)

  it("a pager", function()
    local names = made("many/pager.lua", "new")
    assert_made(names, used("pager", root .. "many/pager.lua"))
  end)
end)
