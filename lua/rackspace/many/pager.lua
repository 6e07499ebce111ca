--- pager.lua - an iterator over the items, or the pages, of a paged list
-- SPDX-License-Identifier: MIT
local answer = require("rackspace.call.answer")
local core = require("rackspace.core")
local doubles = require("rackspace.many.doubles")
local fault = require("rackspace.base.fault")
local iterator = require("rackspace.base.iterator")
local json = require("rackspace.base.json")
local links = require("rackspace.many.links")
local onward = require("rackspace.many.onward")
local returned = require("rackspace.base.returned")

local pager_methods = {}
local pager_mt = { __name = "rackspace.pager" }

--- Returns the error of code that takes a pager for a list.
local function no_list(pager)
  return pager.op.full_name .. ": what it gives comes page by page, and is " ..
    "no list: go over it by 'for item in pager do', or make one of it by " ..
    "pager:totable()"
end

iterator.refuse_list(pager_mt, pager_methods, no_list)

-- ---- pages ------------------------------------------------------------------

local function protocol_error(pager, text)
  return fault.new{ kind = "protocol", operation = pager.op.full_name,
    text = text }
end

--- Returns a page's items in the order of the list. The pages of a feed have
-- the newest item first in both directions.
local function in_order(pager, items, query)
  if pager.op.pages ~= "marker" or
      links.parameter(query, "direction") ~= "forward" then
    return items
  end
  local turned = {}
  for i = #items, 1, -1 do
    turned[#turned + 1] = items[i]
  end
  return turned
end

--- Reads the page of a query. Returns it, or nil and an error.
local function fetch(pager, query)
  local envelope, _, err = pager.session:request(pager.op,
    { path = pager.request.path, query = query ~= "" and query or nil,
      values = pager.request.values })
  if err then
    return nil, err, pager.session:last_noted()
  end
  local items, problem = answer.unwrap(pager.op, envelope)
  if not items then
    return nil, protocol_error(pager, problem), pager.session.metas[envelope]
  end
  local by_rel, tells_next = links.by_rel(links.find(envelope, pager.op.items))
  return {
    query = query, items = in_order(pager, items, query),
    total = pager.op.total and tonumber(envelope[pager.op.total]),
    links = by_rel, tells_next = tells_next,
    meta = pager.session.metas[envelope],
  }
end

--- Starts to read the next page while the script works on this one.
local function start_ahead(pager)
  if not pager.ahead and not pager.finished then
    pager.ahead = pager.session.scheduler:spawn(fetch, pager,
      pager.position:query())
  end
end

--- Returns the next page; nil and an error; or nil when another task has taken
-- it meanwhile, so that it is the current page. When the task that read it was
-- cancelled it is read again.
local function read(pager)
  local scheduler, task = pager.session.scheduler
  repeat
    start_ahead(pager)
    task = pager.ahead
    if not scheduler:wait(task) then
      return nil, fault.new{ kind = "cancelled", operation = pager.op.full_name,
        text = pager.session:ended() }
    end
    if pager.ahead ~= task then
      return nil
    end
    pager.ahead = false
  until not task.cancelled or pager.session:ended()
  return scheduler:join(task)
end

--- Emits "page". A list with an offset may have started in the middle.
local function emit_page(pager, count)
  local offset = pager.op.pages == "offset" and
    tonumber(links.parameter(pager.query, "offset"))
  pager.number = pager.number + 1
  pager.came = math.max(pager.came, offset or 0) + count
  if pager.session.heard.page then
    pager.session:emit("page", { operation = pager.op.full_name,
      number = pager.number, count = count, items = pager.came,
      total = pager.counted or nil })
  end
end

--- Whether the service counts more items than it gave. A list that began at a
-- marker has others before it.
local function is_lacking(pager)
  if pager.err or not pager.counted or
      links.parameter(pager.start, "marker") then
    return false
  end
  local before = pager.op.pages == "offset" and
    tonumber(links.parameter(pager.start, "offset")) or 0
  return pager.counted > before + pager.given
end

--- Emits the warning of a list that has ended before its total.
local function warn(pager)
  pager.session:emit("warning", { operation = pager.op.full_name,
    total = pager.counted, items = pager.given, message =
    ("%s: the list ended after %.0f items; the service counts %.0f"):format(
      pager.op.full_name, pager.given, pager.counted) })
end

--- Moves to the next page, without the items that the page before had. Returns
-- it; nil at the end; nil and an error.
local function next_page(pager)
  if pager.finished then
    return nil, pager.err
  end
  local found, err, meta = read(pager)
  if not found and not err then
    return pager.page
  elseif not found then
    pager.session:note_last(meta)
    pager.finished, pager.err = err.kind ~= "cancelled", err
    return nil, err
  end
  local known = pager.page and 0 or math.min(pager.base, #found.items)
  local page = doubles.drop(pager, found.items)
  local more, problem = onward.go(pager, found, #page > 0)
  pager.finished = not more
  pager.err = problem and protocol_error(pager,
    problem .. "; the walk ends here") or false
  page.links, page.total = found.links, found.total
  pager.query, pager.counted = found.query, found.total or pager.counted
  pager.given = pager.given + known + #page
  pager.session:remember_meta(page, found.meta)
  pager.page, pager.at = page, 0
  emit_page(pager, #found.items)
  if pager.finished and pager.counted and is_lacking(pager) then
    warn(pager)
  end
  return page
end

-- ---- items ------------------------------------------------------------------

--- Moves to the page that has the next item. Returns true; nil at the end; nil
-- and an error. `wanted` is how many items are needed (nil: all).
local function turn(pager, wanted)
  while not pager.page or pager.at >= #pager.page do
    local page, err = next_page(pager)
    if not page then
      return nil, err
    end
    if not wanted or wanted > #page then
      start_ahead(pager)
    end
  end
  return true
end

--- Returns the items of a page that were not returned yet.
local function rest_of(pager, page)
  local rest = { links = page.links, total = page.total }
  for i = pager.at + 1, #page do
    rest[#rest + 1] = page[i]
  end
  pager.session:remember_meta(rest, pager.session.metas[page])
  return rest
end

--- Whether a page without items is none of the list: the first one after a
-- cursor that has none left, or one that only tells of the end.
local function is_nothing(pager)
  return pager.base > 0 or
    pager.finished and not pager.err and pager.number > 1
end

--- Returns the rest of the current page, or the next one with items.
local function whole_page(pager)
  local page = pager.page
  page = page and pager.at < #page and rest_of(pager, page)
  while not page or #page == 0 and is_nothing(pager) do
    local err
    page, err = next_page(pager)
    if not page then
      return nil, err
    end
  end
  return page
end

--- Returns the next item, or nil at the end. Raises an error value.
function pager_mt:__call()
  local page = self.page
  if page and page[self.at + 1] ~= nil then
    self.at = self.at + 1
    return page[self.at]
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

--- Returns a page of the first items of another one.
local function cut(pager, page, count)
  local part = { links = page.links, total = page.total }
  for i = 1, count do
    part[i] = page[i]
  end
  pager.session:remember_meta(part, pager.session.metas[page])
  return part
end

--- Returns an iterator over pages: lists of items that also have `links` (the
-- server's, by lower-case rel) and `total`. The first one has the rest of the
-- current page. With a `limit`, they have so many items in all at most. The
-- iterator raises an error value.
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

--- Returns a list of the remaining items, at most `limit` (nil: all); or nil, a
-- message and an error value when a page can't be read.
function pager_methods:totable(limit)
  if limit ~= nil and (type(limit) ~= "number" or limit % 1 ~= 0) then
    error("totable: the limit must be a whole number", 2)
  end
  local list = json.array{}
  while not limit or #list < limit do
    local more, err = turn(self, limit and limit - #list)
    if err then
      return returned.pass(fault.fail(err))
    elseif not more then
      break
    end
    self.at = self.at + 1
    list[#list + 1] = self.page[self.at]
  end
  return list
end

--- Returns true when every item was returned, up to the end of the list, and
-- the service, where it counts, counts no more. Returns false before the end,
-- after an error, and when the service counts more items than it gave, of which
-- a "warning" event tells.
function pager_methods:complete()
  return self.finished and not self.err and self.at >= #(self.page or {}) and
    not is_lacking(self)
end

--- Returns the number of all items by the server's count, or nil where the
-- service doesn't count them.
function pager_methods:total()
  if not self.counted and not self.page and self.op.total then
    local _, err = turn(self)
    if err then
      return returned.pass(fault.fail(err))
    end
  end
  return self.counted or nil
end

--- Returns a string with which `list{ cursor = it }` continues after the last
-- item that was returned, or nil when nothing is left.
function pager_methods:cursor()
  local page = self.page
  if self.finished and not self.err and self.at >= #(page or {}) then
    return nil
  end
  return links.write_cursor(self.op.full_name,
    page and self.query or self.position:query(), doubles.position(self),
    self.dropped)
end

--- Returns what is known before the first page: the record of the marker that
-- a list by markers begins after. Some servers give it again.
local function records_before(marker)
  return { [true] = { [marker] = true } }
end

--- Returns the pager of a request, or nil and a problem of its cursor. With a
-- `refusal`, an error, reading its first page fails with that.
local function new(session, op, request, refusal)
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
    session = session, op = op, request = request,
    position = position, -- core cursor: where the next page is
    page = false, -- list or false: the current page
    at = 0, -- integer: how many items of it were returned
    query = false, -- string or false: the query that it was read by
    indices = false, -- list or false: where its items stood in the response
    dropped = dropped, -- list: where those stood that were left out
    base = base, -- integer: items of the first page before the cursor
    last_records = op.pages == "marker" and request.values.marker and
      records_before(request.values.marker) or {}, -- table: what is known of
    -- its items, to find doubles
    ahead = false, -- task or false: reads the page after it
    finished = refusal ~= nil, -- boolean: there is no page after it
    err = refusal or false, -- error or false: why
    counted = false, -- integer or false: all items by the server's count
    start = query, -- string: the query of the first page
    given = 0, -- integer: items from there up to here, each once
    empty = 0, -- integer: pages without a new item up to here
    again = false, -- boolean: a page that leads to itself was read once more
    is_wide = false, -- boolean: asks for two items where one was asked for
    number = 0, came = 0, -- integers: pages and items read, for "page"
  }, pager_mt)
end

return { new = new, no_list = no_list }
