--- sections.lua - the sections of a report's page
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.report.accounts")
local bars = require("rackspace.picture.bars")
local colours = require("rackspace.picture.colours")
local markup = require("rackspace.picture.markup")
local page = require("rackspace.picture.page")
local tickets = require("rackspace.report.tickets")
local value = require("rackspace.show.value")

local tag = markup.tag

local sections = {}

local function paragraph(text, class)
  return tostring(tag("p", { "class", class or false }, text)) .. "\n"
end

local function heading(text)
  return tostring(tag("h2", {}, text)) .. "\n"
end

local function fact(number, text)
  return tag("li", {}, tag("strong", {}, value.grouped(number)), text)
end

--- Returns the head of the page with the most important numbers.
function sections.head(found, about)
  local facts = { fact(found.accounts.total, "accounts") }
  for _, role in ipairs(accounts.roles) do
    facts[#facts + 1] = fact(found.accounts.missing[role] or 0,
      "without a " .. role .. " contact")
  end
  facts[#facts + 1] = fact(found.tickets.open, "open tickets")
  facts[#facts + 1] = fact(#found.accounts.keys:items(), "metadata keys")
  local problem = found.accounts.problem
  return page.head(about.title) ..
    tostring(tag("h1", {}, about.title)) .. "\n" ..
    paragraph(about.line, "quiet") ..
    tostring(tag("ul", { "class", "facts" }, facts)) .. "\n" ..
    (problem and paragraph(("Of %s accounts not everything could be read. " ..
      "The first reason: %s"):format(value.grouped(found.accounts.unreadable),
        problem)) or "")
end

--- Returns the counts of a list of items as a bar chart and as a table.
local function breakdown(title, id, column, items, total)
  local rows = {}
  for i, item in ipairs(items) do
    item.tone = colours.meaning(item.label)
    rows[i] = { item.label, page.number(item.count, value.grouped(item.count)),
      page.number(total > 0 and item.count * 1000 / total or 0,
        bars.share(item.count, total)) }
  end
  if #items == 0 then
    return heading(title) .. paragraph("There are none.")
  end
  return heading(title) .. '<div class="beside">' ..
    tostring(bars.draw(items, { title = title, id = id, total = total })) ..
    page.table(title, { { title = column },
      { title = "How many", is_number = true },
      { title = "Share", is_number = true } }, rows) .. "</div>\n"
end

--- Returns the accounts by type, status and service level, and the metadata
-- keys.
function sections.breakdowns(found)
  local counted = found.accounts
  return breakdown("Accounts by type", "by-type", "Type",
      counted.by_type:items(), counted.total) ..
    breakdown("Accounts by status", "by-status", "Status",
      counted.by_status:items(), counted.total) ..
    breakdown("Accounts by service level", "by-level", "Service level",
      counted.by_level:items(), counted.total) ..
    breakdown("Metadata keys in use", "by-key", "Key",
      counted.keys:items(), counted.total)
end

--- Writes a table of `count` rows that are in a temporary file.
local function poured(output, title, columns, aside, count, none)
  output:write(heading(title))
  if count == 0 then
    output:write(paragraph(none))
    return
  end
  output:write(page.table_head(("%s: %s"):format(title, value.grouped(count)),
    columns))
  output:pour(aside)
  output:write(page.table_foot())
end

function sections.lacking(output, found, aside)
  poured(output, "Accounts without a BILLING or PRIMARY contact",
    accounts.columns, aside, found.accounts.lacking,
    "Every account whose contacts could be read has both.")
end

function sections.all_accounts(output, found, aside)
  poured(output, "All accounts", accounts.columns, aside,
    found.accounts.total, "There are none.")
end

--- Returns a table of the tickets by status and age.
local function matrix(found)
  local columns, rows = { { title = "Status" } }, {}
  for i, age in ipairs(tickets.ages) do
    columns[i + 1] = { title = age, is_number = true }
  end
  for i, item in ipairs(found.by_status:items()) do
    rows[i] = { item.label }
    for j, age in ipairs(tickets.ages) do
      rows[i][j + 1] = page.number(
        found.ages_of[item.label].counts[age] or 0)
    end
  end
  return page.table("Tickets by status and age", columns, rows)
end

--- Returns the counts of ages, the youngest first.
local function in_order(ages)
  local items = {}
  for _, age in ipairs(tickets.ages) do
    items[#items + 1] = ages.counts[age] and
      { label = age, count = ages.counts[age] } or nil
  end
  return items
end

function sections.tickets(output, found, aside)
  local counted = found.tickets
  if counted.problem then
    output:write(heading("Tickets") .. paragraph(
      "The tickets could not be read: " .. counted.problem))
    return
  end
  output:write(breakdown("Tickets by status", "tickets-by-status", "Status",
    counted.by_status:items(), counted.total))
  output:write(breakdown("Open tickets by age", "tickets-by-age", "Age",
    in_order(counted.open_by_age), counted.open))
  if counted.total > 0 then
    output:write(matrix(counted))
  end
  poured(output, "Open tickets", tickets.columns, aside, counted.open,
    "There are none.")
end

return sections
