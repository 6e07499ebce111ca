--- text.lua - lists of lines, and the calls and routes of operations as text
-- SPDX-License-Identifier: MIT
local text = {}

local WIDTH = 79

local lines_methods = {}
local lines_mt = { __index = lines_methods }

--- Adds a line, formatted by string.format when there are arguments.
function lines_methods:add(line, ...)
  self[#self + 1] = select("#", ...) > 0 and line:format(...) or line or ""
end

--- Adds a text wrapped to the width, each line after a prefix.
function lines_methods:wrap(prefix, words)
  local line = prefix
  for word in words:gmatch("%S+") do
    if #line > #prefix and #line + 1 + #word > WIDTH then
      self:add("%s", line)
      line = prefix
    end
    line = line .. (#line > #prefix and " " or "") .. word
  end
  self:add("%s", line)
end

--- Returns the lines as one text.
function lines_methods:text()
  return table.concat(self, "\n") .. "\n"
end

--- Returns an empty list of lines.
function text.lines()
  return setmetatable({}, lines_mt)
end

--- Returns the names of an operation's arguments, "options" last.
function text.arguments(op)
  local names = {}
  for i, field in ipairs(op.args) do
    names[i] = field.name
  end
  names[#names + 1] = "options"
  return names
end

--- Returns how an operation is called: "rs.contacts:list(account[, options])".
function text.call(op)
  local names = text.arguments(op)
  names[#names] = nil
  local arguments = table.concat(names, ", ")
  local comma = arguments ~= "" and ", " or ""
  arguments = arguments .. (op.needs_options and comma .. "options" or
    "[" .. comma .. "options]")
  return ("rs.%s:%s(%s)"):format(op.service, op.name, arguments)
end

--- Returns the routes of an operation, each as in "GET /v1/things".
function text.routes(op)
  local routes = {}
  for i, route in ipairs(op.routes) do
    routes[i] = route.method .. " " .. route.path
  end
  return routes
end

return text
