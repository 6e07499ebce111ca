--- walk.lua - goes from page to page, one ahead, and drops the doubles
-- SPDX-License-Identifier: MIT
local answer = require("rackspace.call.answer")
local fault = require("rackspace.base.fault")
local links = require("rackspace.many.links")

-- So many pages in a row without anything new on them are no list any more.
local most_empty = 1000

local walk = {}

local function protocol_error(self, text)
  return fault.new{ kind = "protocol", operation = self.op.full_name,
    text = text }
end

--- On by the last item of the page. A page that is shorter than was asked is
-- the last.
local function follow_marker(self, page, query)
  local last = page.items[#page.items]
  local limit = tonumber(links.parameter(query, self.op.size or "limit") or 1)
  local marker = type(last) == "table" and last[self.op.key[1]]
  if not marker or limit and #page.items < limit then
    return false
  end
  return self.position:follow_marker("marker", marker)
end

--- Moves the cursor past a page: true, false at the end, or nil and an error.
local function advance(self, page)
  local query, more, problem = page.query
  if self.op.pages == "offset" then
    local size = links.parameter(query, self.op.size or "limit")
    more, problem = self.position:follow_offset("offset", #page.items,
      tonumber(size) or page.size or 1, page.total)
  elseif self.op.pages == "marker" then
    more, problem = follow_marker(self, page, query)
  else
    local href = links.onward(page.links, links.parameter(query, "direction"))
    more, problem = self.position:follow_link(
      href and links.carry_filters(href, query))
  end
  if more == nil then
    return nil, protocol_error(self, problem .. "; the walk ends here")
  end
  return more
end

--- The places of a page that are left out: what the page before had, and, at
-- its beginning, what a cursor's walk was given.
local function places_to_drop(self, items)
  local doubles = {}
  if self.op.key then
    doubles, self.last_records = links.find_doubles(items, self.op.key,
      self.last_records)
  end
  local drop = links.set(doubles)
  if self.page then
    self.base = 0
    return drop
  end
  for place = 1, math.min(self.base, #items) do
    drop[place] = true
  end
  for _, place in ipairs(self.dropped) do
    drop[place] = true
  end
  return drop
end

--- A page's items without what is left out. Then self.places tells where each
-- of them stood, nil when all are there, and self.dropped what is left out.
local function drop_doubles(self, items)
  local drop = places_to_drop(self, items)
  self.places, self.dropped = nil, {}
  if next(drop) == nil then
    return items
  end
  local left, places = {}, {}
  for place = 1, #items do
    if drop[place] then
      self.dropped[#self.dropped + 1] = place
    else
      left[#left + 1], places[#places + 1] = items[place], place
    end
  end
  self.places = places
  return left
end

--- Where the last item that was given stood in its page.
function walk.place_of(self)
  if not self.page or self.at == 0 then
    return self.base
  end
  return self.places and self.places[self.at] or self.at
end

--- A feed's pages have what came later first. Forward, they are turned round,
-- so that the items come in the order of the walk.
local function in_order(self, items, query)
  if self.op.pages ~= "marker" or
      links.parameter(query, "direction") ~= "forward" then
    return items
  end
  local turned = {}
  for i = #items, 1, -1 do
    turned[#turned + 1] = items[i]
  end
  return turned
end

--- Reads the page that the cursor stands at. Returns it, or nil and an error.
local function fetch(self, query)
  local envelope, _, err = self.session:request(self.op,
    { path = self.request.path, query = query ~= "" and query or nil,
      values = self.request.values, secrets = self.request.secrets })
  if err then
    return nil, err
  end
  local items, problem = answer.unwrap(self.op, envelope)
  if not items then
    return nil, protocol_error(self, problem)
  end
  return {
    query = query, items = in_order(self, items, query),
    size = tonumber(envelope.size),
    total = self.op.total and tonumber(envelope[self.op.total]),
    links = links.by_rel(envelope.link), meta = self.session.metas[envelope],
  }
end

--- Fetches the next page: kept as `ahead` while the script works on this one.
function walk.start_ahead(self)
  if not self.ahead and not self.finished then
    self.ahead = self.session.scheduler:spawn(fetch, self,
      self.position:query())
  end
end

--- The page that the cursor stands at, or nil and an error. One whose reader
-- was cancelled is read again for another one. Nothing when another task took
-- it meanwhile: then that is the present page.
local function read(self)
  local scheduler, task = self.session.scheduler
  repeat
    walk.start_ahead(self)
    task = self.ahead
    if not scheduler:wait(task) then
      return nil, fault.new{ kind = "cancelled", operation = self.op.full_name,
        text = self.session:ended() }
    end
    if self.ahead ~= task then
      return nil
    end
    self.ahead = nil
  until not task.cancelled or self.session:ended()
  return scheduler:join(task)
end

--- Tells how far the walk is. Where pages are asked for by an offset it may
-- have begun in the middle.
local function tell(self, count)
  local offset = self.op.pages == "offset" and
    tonumber(links.parameter(self.query, "offset"))
  self.number = self.number + 1
  self.came = math.max(self.came, offset or 0) + count
  if self.session.heard.page then
    self.session:emit("page", { operation = self.op.full_name,
      number = self.number, count = count, items = self.came,
      total = self.counted })
  end
end

--- The next page with its doubles dropped; nil at the end; nil and an error.
function walk.next_page(self)
  if self.finished then
    return nil, self.err
  end
  local found, err = read(self)
  if not found and not err then
    return self.page
  elseif not found then
    self.finished, self.err = err.kind ~= "cancelled", err
    return nil, err
  end
  local more
  more, self.err = advance(self, found)
  self.finished = not more
  local page = drop_doubles(self, found.items)
  page.links, page.total = found.links, found.total
  self.query, self.counted = found.query, found.total or self.counted
  self.empty = #page == 0 and self.empty + 1 or 0
  if more and self.empty >= most_empty then
    self.finished, self.err = true, protocol_error(self,
      ("%d pages in a row hold nothing new; the walk ends here"):format(
        most_empty))
  end
  self.session:remember_meta(page, found.meta)
  self.page, self.at = page, 0
  tell(self, #found.items)
  return page
end

return walk
