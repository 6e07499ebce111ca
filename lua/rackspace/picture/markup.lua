--- markup.lua - builds HTML and SVG elements, with every text escaped
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local markup = {}

-- Elements have this metatable; any other child is escaped as a text.
local element_mt = { __name = "rackspace.markup" }

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

--- Returns a text as valid UTF-8 on one line, with U+FFFD for what is not
-- printable.
function markup.clean(text)
  return (core.printable(tostring(text):gsub("[\t\n\r]", " "), "marks"))
end

--- Escapes a text, for an element's content or an attribute's value.
function markup.escape(text)
  return (markup.clean(text):gsub("[&<>\"']", entities))
end

--- Returns an attribute's value. Numbers are rounded, since some locales print
-- a comma as the decimal point.
local function value_text(value)
  if type(value) == "number" then
    return ("%d"):format(math.floor(value + 0.5))
  end
  return markup.escape(value)
end

local function add_attributes(parts, attributes)
  for i = 1, #attributes, 2 do
    local value = attributes[i + 1]
    if value == true then
      value = ""
    end
    if value then
      parts[#parts + 1] = (' %s="%s"'):format(attributes[i], value_text(value))
    end
  end
end

local function add_child(parts, child)
  if getmetatable(child) == element_mt then
    parts[#parts + 1] = child.html
  elseif type(child) == "table" then
    for _, inner in ipairs(child) do
      add_child(parts, inner)
    end
  elseif child then
    parts[#parts + 1] = markup.escape(child)
  end
end

--- Returns trusted markup as an element; it is not escaped.
function markup.raw(html)
  return setmetatable({ html = html }, element_mt)
end

local function join(...)
  local parts = {}
  for i = 1, select("#", ...) do
    add_child(parts, (select(i, ...)))
  end
  return table.concat(parts)
end

--- Returns several children as one element.
function markup.all(...)
  return markup.raw(join(...))
end

-- HTML elements without an end tag.
local void = { br = true, col = true, hr = true, meta = true }

--- Returns an element, as in tag("a", { "href", url }, "text", child).
-- @param name string
-- @param attributes list of names and values in turn; an attribute that is
-- false is left out, one that is true has an empty value
-- @param ... children: elements, lists of children, or texts
function markup.tag(name, attributes, ...)
  local parts = { "<", name }
  add_attributes(parts, attributes or {})
  parts[#parts + 1] = ">"
  if not void[name] then
    parts[#parts + 1] = join(...)
    parts[#parts + 1] = "</" .. name .. ">"
  end
  return markup.raw(table.concat(parts))
end

function element_mt:__tostring()
  return self.html
end

return markup
