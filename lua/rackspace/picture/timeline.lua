--- timeline.lua - an account's timeline as text, SVG or HTML
-- SPDX-License-Identifier: MIT
local format = require("rackspace.picture.format")
local markup = require("rackspace.picture.markup")
local members = require("rackspace.base.members")
local page = require("rackspace.picture.page")
local timeline_lines = require("rackspace.picture.timeline_lines")
local timeline_svg = require("rackspace.picture.timeline_svg")

local tag = markup.tag

local timeline = {}

--- Returns the title and the subtitle.
local function titles_of(list, options)
  local account = options.account
  local title, parts = options.title, {}
  if type(account) == "table" then
    title = title or account.name
    parts = { account.type or account.rcn, account.id, account.status }
  else
    title = title or account
  end
  local first, last = list[1], list[#list]
  parts[#parts + 1] = first and ("%d changes from %s to %s"):format(#list,
    format.day(first.date), format.day(last.date)) or "no changes"
  return title and tostring(title) or "Account timeline",
    table.concat(parts, " · ")
end

local function with_titles(list, options)
  local copy = members.copy(options)
  copy.title, copy.subtitle = titles_of(list, copy)
  return copy
end

--- Returns a timeline as a list of lines for a terminal.
-- @param list the records of rs.accounts:timeline()
-- @param options table: account = its record or its name, title, width = the
-- terminal's columns (80), paint = function(style, text) that colours (none)
function timeline.lines(list, options)
  return timeline_lines.lines(list, with_titles(list, options))
end

--- Returns the lines as one text.
function timeline.text(list, options)
  return table.concat(timeline.lines(list, options), "\n") .. "\n"
end

--- Returns a timeline as an SVG file.
-- @param list the records of rs.accounts:timeline()
-- @param options table: account, title, now = the seconds at which the axis
-- ends (a little after the last change)
function timeline.svg(list, options)
  return '<?xml version="1.0" encoding="UTF-8"?>\n' ..
    tostring(timeline_svg.draw(list, with_titles(list, options))) .. "\n"
end

local columns = { { title = "When (UTC)" }, { title = "What" },
  { title = "From" }, { title = "To" }, { title = "Why" },
  { title = "By whom" } }

local function rows_of(list)
  local rows = {}
  for i, record in ipairs(list) do
    local from, to = format.change(record)
    rows[i] = { format.minute(record.date), format.label(record.what),
      from or "", to, format.reason(record) or "", format.actor(record) }
  end
  return rows
end

--- Returns a timeline as an HTML file. Takes the options of timeline.svg.
function timeline.html(list, options)
  local named = with_titles(list, options)
  named.heading, named.rows = false, false
  return table.concat{ page.head(named.title),
    tostring(tag("h1", {}, named.title)), "\n",
    tostring(tag("p", { "class", "quiet" }, named.subtitle)), "\n",
    tostring(page.wide("The changes along the time",
      timeline_svg.draw(list, named))), "\n",
    page.table("Every change, oldest first", columns, rows_of(list)),
    page.foot() }
end

return timeline
