--- resources.lua - the guide and the reference, for those that call the tools
-- SPDX-License-Identifier: MIT
local guide = require("rackspace.manual.guide")
local help = require("rackspace.manual.help")

local resources = {}

local PAGES, OPERATIONS = "rackspace://guide/", "rackspace://operations/"

--- Returns the pages of the guide, as the protocol lists them.
function resources.list()
  local list = {}
  for i, page in ipairs(guide) do
    list[i] = { uri = PAGES .. page.name, name = page.name,
      title = page.text:match("^# ([^\n]*)"), mimeType = "text/markdown" }
  end
  return list
end

--- Returns the templates of further resources.
function resources.templates()
  return { { uriTemplate = OPERATIONS .. "{name}", name = "operation",
    title = "Reference of an operation, such as tickets.create",
    mimeType = "text/plain" } }
end

local function page_text(name)
  for _, page in ipairs(guide) do
    if page.name == name then
      return page.text
    end
  end
end

local function operation_text(name)
  local lines = name:find("%.") and help.named(name, { width = 80 })
  return lines and table.concat(lines, "\n") .. "\n" or nil
end

--- Returns the content of a resource; nil when there is none of this URI.
function resources.read(uri)
  local page, name = uri:match("^" .. PAGES .. "(.*)$"),
    uri:match("^" .. OPERATIONS .. "(.*)$")
  local text = page and page_text(page) or name and operation_text(name)
  return text and { uri = uri, text = text,
    mimeType = page and "text/markdown" or "text/plain" } or nil
end

return resources
