--- svg.lua - the frame and the texts of an SVG drawing
-- SPDX-License-Identifier: MIT
local colours = require("rackspace.picture.colours")
local markup = require("rackspace.picture.markup")

local tag = markup.tag

local font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto," ..
  "'Helvetica Neue',Arial,sans-serif"

local svg = {}

--- Returns a text element. `anchor` is "middle", "end" or nil.
function svg.text(x, y, class, content, anchor)
  return tag("text", { "x", x, "y", y, "class", class,
    "text-anchor", anchor or false }, content)
end

--- Returns a drawing.
-- @param width integer, @param height integer: pixels
-- @param about table: id = the prefix of the elements' ids, title, description
-- = a text for screen readers, css = its own rules, if any
-- @param ... its elements
function svg.drawing(width, height, about, ...)
  local id = about.id
  return tag("svg", { "xmlns", "http://www.w3.org/2000/svg", "role", "img",
      "width", width, "height", height,
      "viewBox", ("0 0 %d %d"):format(width, height),
      "aria-labelledby", ("%s-title %s-description"):format(id, id) },
    tag("title", { "id", id .. "-title" }, about.title),
    tag("desc", { "id", id .. "-description" }, about.description),
    tag("style", {}, markup.raw("text{" .. font .. ";font-size:13px}" ..
      (about.css or "") .. colours.drawing_css())), ...)
end

return svg
