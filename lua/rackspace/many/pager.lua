--- pager.lua - a list that goes over pages: item by item, or page by page
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.base.fault")
local iterator = require("rackspace.base.iterator")
local json = require("rackspace.base.json")
local links = require("rackspace.many.links")
local walk = require("rackspace.many.walk")

local next_page, start_ahead = walk.next_page, walk.start_ahead

local pager_methods = {}
local pager_mt = { __name = "rackspace.pager" }

--- What is said to who takes a pager for a list.
local function no_list(self)
  return self.op.full_name .. ": what it gives comes page by page, and is " ..
    "no list: go over it by 'for item in pager do', or make one of it by " ..
    "pager:totable()"
end

iterator.refuse_list(pager_mt, pager_methods, no_list)

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
    page and self.query or self.position:query(), walk.place_of(self),
    self.dropped)
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

return { new = new, no_list = no_list }
