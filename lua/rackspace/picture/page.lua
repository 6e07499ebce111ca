--- page.lua - an HTML page that needs no other file and no network
-- SPDX-License-Identifier: MIT
local colours = require("rackspace.picture.colours")
local markup = require("rackspace.picture.markup")
local script = require("rackspace.picture.script")

local tag = markup.tag

local page = {}

local css = [[
body{margin:0 auto;max-width:75rem;padding:1.5rem;background:var(--page);
color:var(--ink);font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,
'Helvetica Neue',Arial,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:2.25rem 0 .5rem}
p{margin:.25rem 0 .75rem;max-width:45rem}
.quiet,caption{color:var(--quiet)}
a{color:var(--link)}
.wide{overflow-x:auto}
.beside{display:flex;flex-wrap:wrap;gap:1rem 2rem;align-items:flex-start}
.beside>*{flex:1 1 22rem;min-width:0}
svg{width:100%;height:auto;display:block}
.wide svg{min-width:40rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}
caption{text-align:left;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.375rem .625rem;
border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{background:var(--panel);white-space:nowrap}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
th button{all:unset;cursor:pointer;font-weight:600}
th button::after{content:" \2195";color:var(--quiet)}
th[aria-sort=ascending] button::after{content:" \2191"}
th[aria-sort=descending] button::after{content:" \2193"}
:focus-visible,th button:focus-visible{outline:3px solid var(--link);
outline-offset:2px}
.facts{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;margin:1rem 0;
list-style:none}
.facts li{background:var(--panel);border-radius:.5rem;padding:.5rem 1rem}
.facts strong{display:block;font-size:1.4rem;line-height:1.2}
.unseen,.beside caption{position:absolute;width:1px;height:1px;overflow:hidden;
clip-path:inset(50%);white-space:nowrap}
@media print{th button::after{content:""}body{max-width:none;padding:0}}
]]

--- Returns the page's beginning, up to the first heading.
function page.head(title)
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n" .. tostring(markup.all(
    tag("meta", { "charset", "utf-8" }),
    tag("meta", { "http-equiv", "Content-Security-Policy",
      "content", script.policy() }),
    tag("meta", { "name", "viewport",
      "content", "width=device-width, initial-scale=1" }),
    tag("meta", { "name", "referrer", "content", "no-referrer" }),
    tag("title", {}, title),
    tag("style", {}, markup.raw(colours.page_css() .. css)))) ..
    "\n</head>\n<body>\n<main>\n"
end

--- Returns the page's end.
function page.foot()
  return "</main>\n<script>" .. script.text .. "</script>\n</body>\n</html>\n"
end

--- Wraps an element that may be wider than the window in a region that scrolls,
-- by keyboard too.
function page.wide(label, element)
  return tag("div", { "class", "wide", "tabindex", 0, "role", "region",
    "aria-label", label }, element)
end

--- Returns the beginning of a table.
-- @param caption string
-- @param columns list of { title =, is_number = }
function page.table_head(caption, columns)
  local cells = {}
  for i, column in ipairs(columns) do
    cells[i] = tag("th", { "scope", "col",
      "class", column.is_number and "number" }, column.title)
  end
  return '<div class="wide" tabindex="0" role="region" aria-label="' ..
    markup.escape(caption) .. '"><table class="sortable">' ..
    tostring(tag("caption", {}, caption)) ..
    tostring(tag("thead", {}, tag("tr", {}, cells))) .. "<tbody>\n"
end

--- Returns the end of a table.
function page.table_foot()
  return "</tbody></table></div>\n"
end

--- Returns a cell that shows a text and is sorted by a number.
function page.number(number, text)
  return { number = number, text = text }
end

--- Returns a row of a table. A cell is a text, an element, or a cell of
-- page.number.
function page.row(cells)
  local parts = {}
  for i, cell in ipairs(cells) do
    if type(cell) == "table" and cell.number then
      parts[i] = tag("td", { "class", "number", "data-sort", cell.number },
        cell.text or cell.number)
    else
      parts[i] = tag("td", {}, cell)
    end
  end
  return tostring(tag("tr", {}, parts)) .. "\n"
end

--- Returns a table with the given rows, each a list of cells.
function page.table(caption, columns, rows)
  local parts = { page.table_head(caption, columns) }
  for _, cells in ipairs(rows) do
    parts[#parts + 1] = page.row(cells)
  end
  parts[#parts + 1] = page.table_foot()
  return table.concat(parts)
end

return page
