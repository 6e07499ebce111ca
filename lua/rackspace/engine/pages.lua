--- pages.lua - a list that goes over pages, read one page ahead
-- SPDX-License-Identifier: MIT
local answer = require("rackspace.engine.answer")
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local json = require("rackspace.engine.json")
local links = require("rackspace.engine.links")

-- So many pages in a row without anything new on them are no list any more.
local most_empty = 1000

local pager_methods = {}
local pager_mt = { __name = "rackspace.pager", __index = pager_methods }

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
local function place_of(self)
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
local function start_ahead(self)
  if not self.ahead and not self.finished then
    self.ahead = self.session.tasks:spawn(fetch, self, self.position:query())
  end
end

--- The page that the cursor stands at, or nil and an error. One whose reader
-- was cancelled is read again for another one. Nothing when another task took
-- it meanwhile: then that is the present page.
local function read(self)
  local tasks, task = self.session.tasks
  repeat
    start_ahead(self)
    task = self.ahead
    if not tasks:wait(task) then
      return nil, fault.new{ kind = "cancelled", operation = self.op.full_name,
        text = self.session:ended() }
    end
    if self.ahead ~= task then
      return nil
    end
    self.ahead = nil
  until not task.cancelled or self.session:ended()
  return tasks:join(task)
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
local function next_page(self)
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

--- Turns to the page that holds the next item: true, or nil (and an error).
local function turn(self, wanted)
  while not self.page or self.at >= #self.page do
    local page, err = next_page(self)
    if not page then
      return nil, err
    end
    if not wanted or wanted > #page then
      start_ahead(self)
    end
  end
  return true
end

--- What is left of the present page.
local function rest_of(self, page)
  local rest = { links = page.links, total = page.total }
  for i = self.at + 1, #page do
    rest[#rest + 1] = page[i]
  end
  self.session:remember_meta(rest, self.session.metas[page])
  return rest
end

--- The rest of the present page, or the next one. A page of which a cursor's
-- walk was given everything does not count.
local function whole_page(self)
  local page = self.page
  page = page and self.at < #page and rest_of(self, page)
  while not page or #page == 0 and self.base > 0 do
    local err
    page, err = next_page(self)
    if not page then
      return nil, err
    end
  end
  return page
end

--- The next item; nil at the end. Raises an error value.
function pager_mt:__call()
  local item = self.page and self.page[self.at + 1]
  if item ~= nil then
    self.at = self.at + 1
    return item
  end
  local more, err = turn(self)
  if err then
    error(err, 0)
  elseif more then
    self.at = self.at + 1
    return self.page[self.at]
  end
end

function pager_mt:__tostring()
  return ("pager (%s)"):format(self.op.full_name)
end

--- The first items of a page, of which no more are to be given.
local function cut(self, page, count)
  local part = { links = page.links, total = page.total }
  for i = 1, count do
    part[i] = page[i]
  end
  self.session:remember_meta(part, self.session.metas[page])
  return part
end

--- An iterator over whole pages: lists of items that also have `links` (the
-- server's, by lower-case rel) and `total`. Of a page that was begun item by
-- item, the rest. With a `limit`, at most so many items in all. Raises an
-- error value.
function pager_methods:pages(limit)
  if limit ~= nil and (type(limit) ~= "number" or limit % 1 ~= 0) then
    error("pages: the limit must be a whole number", 2)
  end
  local left = limit or math.huge
  return function()
    local page, err
    if left > 0 then
      page, err = whole_page(self)
    end
    if err then
      error(err, 0)
    elseif page and #page > left then
      self.at = #self.page - #page + left
      page = cut(self, page, left)
    elseif page then
      self.at = #self.page
    end
    left = left - (page and #page or 0)
    if page and left > 0 then
      start_ahead(self)
    end
    return page
  end
end

--- A list of the items that are left, at most `limit` of them (nil: all).
-- nil, a message and an error value when a page could not be read.
function pager_methods:totable(limit)
  if limit ~= nil and (type(limit) ~= "number" or limit % 1 ~= 0) then
    error("totable: the limit must be a whole number", 2)
  end
  local list = json.array{}
  while not limit or #list < limit do
    local more, err = turn(self, limit and limit - #list)
    if err then
      return fault.fail(err)
    elseif not more then
      break
    end
    self.at = self.at + 1
    list[#list + 1] = self.page[self.at]
  end
  return list
end

--- How many items there are in all by the server's count; nil where the
-- service doesn't count.
function pager_methods:total()
  if not self.counted and not self.page and self.op.total then
    local _, err = turn(self)
    if err then
      return fault.fail(err)
    end
  end
  return self.counted
end

--- A string by which `list{ cursor = it }` goes on after the last item that
-- was given; nil when there is nothing left.
function pager_methods:cursor()
  local page = self.page
  if self.finished and not self.err and self.at >= #(page or {}) then
    return nil
  end
  return links.write_cursor(self.op.full_name,
    page and self.query or self.position:query(), place_of(self), self.dropped)
end

--- The pager of a request; nil and what is wrong with its cursor.
local function new(session, op, request)
  local query, base, dropped = request.query or "", 0, {}
  if request.values.cursor then
    query, base, dropped = links.read_cursor(op.full_name,
      request.values.cursor)
    if not query then
      return nil, base
    end
  end
  local ok, position = pcall(core.cursor, query)
  if not ok then
    return nil, position
  end
  return setmetatable({
    session = session, op = op, request = request, at = 0, base = base,
    dropped = dropped, empty = 0, number = 0, came = 0, last_records = {},
    position = position,
  }, pager_mt)
end

return { new = new }
