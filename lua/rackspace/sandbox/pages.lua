--- pages.lua - how many items the sandbox's pages have, and how it counts them
-- SPDX-License-Identifier: MIT

local pages = {}

--- Returns the most items of a page for which a client asked `limit`: with
-- `short_pages` half of them, as from a server with a bound of its own, but not
-- less than two: with pages of one, no list goes on by `inclusive` markers.
function pages.size(sandbox, limit)
  return sandbox.short_pages and limit > 2 and math.ceil(limit / 2) or limit
end

--- Returns the total of `count` items: with `lagging_totals` one more, as from
-- a server that still counts what was deleted.
function pages.total(sandbox, count)
  return sandbox.lagging_totals and count + 1 or count
end

--- Returns how far the first item of a page is from its marker's: with
-- `inclusive` it is the marker's own.
function pages.step(sandbox)
  return sandbox.inclusive and 0 or 1
end

return pages
