--- onward.lua - where a walk over pages goes on, and where it ends
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local links = require("rackspace.many.links")

-- After so many pages in a row without a new item, the list counts as endless.
local most_empty = 1000

-- Servers have bounds of their own, so a page with fewer items than were asked
-- for is not the last. A walk ends at a page without items, where the links
-- have no next page, and at the service's total. A total is trusted before
-- links, and a next page is read before either is: what agrees costs no
-- request; what does not costs one, and no item is lost.

--- Whether a page is as empty, or as old, as the page before it was: the server
-- passes over the offset.
local function is_stuck(pager, page, is_new)
  return not (is_new or page.total) and #page.items > 0 and pager.empty > 0
end

local function follow_offset(pager, page, is_new)
  local href = page.links.next
  if not (href or page.total) and page.tells_next or
      is_stuck(pager, page, is_new) then
    return false
  end
  return pager.position:follow_offset("offset", #page.items,
    not href and page.total or nil)
end

--- Returns the marker of the last item that has one, or nil.
local function marker_of(page, name)
  for index = #page.items, 1, -1 do
    local item = page.items[index]
    local marker = type(item) == "table" and item[name]
    if type(marker) == "string" or type(marker) == "number" then
      return marker
    end
  end
end

--- Whether a page has links to other pages, but none in the walk's direction.
-- A feed's newer pages are its previous ones.
local function is_last(page, query)
  local direction = links.parameter(query, "direction")
  return page.tells_next and not links.onward(page.links, direction) and
    not (direction == "forward" and page.links.previous)
end

local function follow_marker(pager, page)
  local marker = marker_of(page, pager.op.key[1])
  if not marker or is_last(page, page.query) then
    return false
  end
  return pager.position:follow_marker("marker", marker)
end

--- Returns a query that asks for pages of two items instead of one.
local function widened(pager, query)
  local one = "&" .. (pager.op.size or "limit") .. "=1&"
  local from, to = ("&" .. query .. "&"):find(one, 1, true)
  return from and query:sub(1, to - 3) .. "2" .. query:sub(to - 1) or query
end

local function follow_link(pager, page)
  local href = links.onward(page.links, links.parameter(page.query,
    "direction"))
  href = href and links.carry_filters(href, page.query)
  if href and pager.is_wide then
    href = "?" .. widened(pager, href:match("%?([^#]*)") or "")
  end
  return pager.position:follow_link(href)
end

--- Whether a link leads to the page that it is on.
local function leads_back(page)
  local href = links.onward(page.links, links.parameter(page.query,
    "direction"))
  local query = href and links.carry_filters(href, page.query):match(
    "%?([^#]*)") or ""
  local marker = links.parameter(query, "marker")
  return href and marker == links.parameter(page.query, "marker") and
    (marker ~= nil or query == page.query)
end

--- Decides about a page without a new item whose next page was read before. A
-- page of one item may be the marker's own: then a page of two leads on.
-- Returns whether the walk goes on.
local function leave(pager, page)
  local query = widened(pager, page.query)
  if pager.is_wide or query == page.query or #page.items ~= 1 then
    return false
  end
  pager.position, pager.is_wide = core.cursor(query), true
  return true
end

local ways = { link = follow_link, marker = follow_marker,
  offset = follow_offset }

--- Moves the pager's position past a page, of which is_new tells whether it has
-- an item that the page before had not. Returns true; false at the end; or nil
-- and a problem.
local function go(pager, page, is_new)
  local more, problem, was_read = ways[pager.op.pages](pager, page, is_new)
  pager.empty = is_new and 0 or pager.empty + 1
  if more and pager.empty >= most_empty then
    return nil, ("%d pages in a row hold nothing new"):format(most_empty)
  elseif was_read and not is_new then
    return leave(pager, page)
  elseif was_read and not pager.again and leads_back(page) then
    pager.again = true -- the position stays: only the page itself can tell
    return true
  end
  return more, problem
end

return { go = go }
