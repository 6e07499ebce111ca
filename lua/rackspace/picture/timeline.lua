--- timeline.lua - what happened to an account: in a terminal, as SVG, as HTML
-- SPDX-License-Identifier: MIT
local drawing = require("rackspace.picture.drawing")
local listing = require("rackspace.picture.listing")
local markup = require("rackspace.picture.markup")
local members = require("rackspace.base.members")
local page = require("rackspace.picture.page")
local words = require("rackspace.picture.words")

local tag = markup.tag

local timeline = {}

--- A title and a line below it, by what is known of the account: its record,
-- its name as in a call, or nothing.
local function name(list, options)
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
    words.day(first.date), words.day(last.date)) or "no changes"
  return title and tostring(title) or "Account timeline",
    table.concat(parts, " · ")
end

local function with_names(list, options)
  local copy = members.copy(options)
  copy.title, copy.subtitle = name(list, copy)
  return copy
end

--- The lines of a terminal. `list` is what rs.accounts:timeline() gives.
-- `options`: account = its record or its name, title, width (80), paint = what
-- view.paint's new gives (none).
function timeline.lines(list, options)
  return listing.lines(list, with_names(list, options))
end

--- The same as a text.
function timeline.text(list, options)
  return table.concat(timeline.lines(list, options), "\n") .. "\n"
end

--- A drawing that is a file of its own. `options`: account, title, now = the
-- seconds at which the line of time ends (a little after the last change).
function timeline.svg(list, options)
  return '<?xml version="1.0" encoding="UTF-8"?>\n' ..
    tostring(drawing.draw(list, with_names(list, options))) .. "\n"
end

local columns = { { title = "When (UTC)" }, { title = "What" },
  { title = "From" }, { title = "To" }, { title = "Why" },
  { title = "By whom" } }

local function rows_of(list)
  local rows = {}
  for i, record in ipairs(list) do
    local from, to = words.change(record)
    rows[i] = { words.minute(record.date), words.label(record.what),
      from or "", to, words.reason(record) or "", words.actor(record) }
  end
  return rows
end

--- A page that is a file of its own, with the same options.
function timeline.html(list, options)
  local named = with_names(list, options)
  named.heading, named.rows = false, false
  return table.concat{ page.head(named.title),
    tostring(tag("h1", {}, named.title)), "\n",
    tostring(tag("p", { "class", "quiet" }, named.subtitle)), "\n",
    tostring(page.wide("The changes along the time",
      drawing.draw(list, named))), "\n",
    page.table("Every change, oldest first", columns, rows_of(list)),
    page.foot() }
end

return timeline
