--- annotations.lua - reads printed annotations back, without their printer
-- SPDX-License-Identifier: MIT

--- { classes = { name = { parent =, fields = { name = { type =, optional = } },
-- order = names } }, aliases = { name = text }, functions = { "owner:name" =
-- { params = {..}, returns = {..}, overloads = {..} } } }
local function read(text)
  local found = { classes = {}, aliases = {}, functions = {} }
  local class, alias
  local call = { params = {}, returns = {}, overloads = {} }
  for line in text:gmatch("([^\n]*)\n") do
    local name, rest = line:match("^%-%-%-@class ([%w_.]+)(.*)$")
    if name then
      assert(not found.classes[name], "two classes " .. name)
      class = { fields = {}, order = {}, parent = rest:match("^ : ([%w_.]+)$"),
        generic = rest:match("^<(%w+)>$") }
      found.classes[name] = class
    end
    local field, optional, kind = line:match('^%-%-%-@field %["([^"]+)"%](%??) (.*)$')
    if not field then
      field, optional, kind = line:match("^%-%-%-@field ([%w_]+)(%??) (.*)$")
    end
    if field then
      assert(not class.fields[field], "two fields " .. field)
      class.fields[field] = { optional = optional == "?", text = kind }
      class.order[#class.order + 1] = field
    end
    name, rest = line:match("^%-%-%-@alias ([%w_.]+) ?(.*)$")
    if name then
      alias = { text = rest, values = {} }
      found.aliases[name] = alias
    end
    local value = line:match('^%-%-%-| "([^"]*)" # %S')
    if value then
      alias.values[value] = true
    end
    for _, tag in ipairs{ "param", "return", "overload" } do
      local content = line:match("^%-%-%-@" .. tag .. " (.*)$")
      if content then
        table.insert(call[tag .. "s"], content)
      end
    end
    local owner, arguments
    owner, arguments = line:match("^function ([%w_.:]+)%(([^)]*)%) end$")
    if owner then
      call.arguments = arguments
      assert(not found.functions[owner], "two functions " .. owner)
      found.functions[owner] = call
    end
    if owner or line:find("^local ") then
      call = { params = {}, returns = {}, overloads = {} }
    end
  end
  return found
end

return { read = read }
