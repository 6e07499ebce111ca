--- markup.lua - elements of HTML and SVG, in which every text is escaped
-- SPDX-License-Identifier: MIT
local width = require("rackspace.show.width")

local markup = {}

-- What was made here and stands in a page as it is; all else is text.
local element_mt = { __name = "rackspace.markup" }

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

local unknown = "\239\191\189" -- U+FFFD

-- What no text of a page holds: controls, halves of characters, what turns
-- the order of the text around it, and what is no character.
local refused = { { 0x80, 0x9F }, { 0x200E, 0x200F }, { 0x202A, 0x202E },
  { 0x2066, 0x2069 }, { 0xD800, 0xDFFF }, { 0xFFFE, 0xFFFF } }

local function checked(bytes)
  local code = width.code(bytes)
  for _, range in ipairs(code and refused or {}) do
    if code >= range[1] and code <= range[2] then
      return unknown
    end
  end
  return code and bytes or unknown
end

--- A text as a page can hold it: UTF-8 without controls, on one line.
function markup.clean(text)
  text = tostring(text):gsub("[\t\n\r]", " ")
  text = text:gsub("[%z\1-\31\127]", unknown)
  if text:find("[\128-\255]") then
    text = text:gsub("[\128-\255][\128-\191]*", checked)
  end
  return text
end

--- A text escaped, for between tags and for attributes.
function markup.escape(text)
  return (markup.clean(text):gsub("[&<>\"']", entities))
end

--- Whole numbers only: a decimal point is not one everywhere.
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

--- What is markup already, and trusted.
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

--- Several children as one.
function markup.all(...)
  return markup.raw(join(...))
end

-- The elements of HTML that have no end.
local void = { br = true, col = true, hr = true, meta = true }

--- An element: tag("a", { "href", url, "hidden", false }, "text", element).
-- An attribute that is false is left out, one that is true is empty. A child
-- is an element, a list of them, or a text.
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
