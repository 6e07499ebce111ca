--- pages.lua - a list that goes over pages, read one page ahead
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local fault = require("rackspace.engine.fault")
local links = require("rackspace.engine.links")

local pager_methods = {}
local pager_mt = { __name = "rackspace.pager", __index = pager_methods }

local function protocol_error(self, text)
  return fault.new{ kind = "protocol", operation = self.op.full_name,
    text = text }
end

--- Moves the cursor past a page: true, false at the end, or nil and an error.
local function advance(self, page, query)
  local more, problem
  if self.op.pages == "offset" then
    more, problem = self.position:follow_offset("offset", page.count,
      tonumber(links.parameter(query, self.op.size or "limit")) or page.size or 1,
      page.total)
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

local function key_of(self, item)
  if type(item) ~= "table" then
    return nil
  end
  local parts = {}
  for i, name in ipairs(self.op.key) do
    if item[name] == nil then
      return nil
    end
    parts[i] = tostring(item[name])
  end
  return table.concat(parts, "\0")
end

--- Leaves out what the page before had, and tells where each item stood.
local function drop_doubles(self, page, items)
  local keys, places = {}, {}
  for place, item in ipairs(items) do
    local key = self.op.key and key_of(self, item)
    if key then
      keys[key] = true
    end
    if not (key and self.last_keys and self.last_keys[key]) then
      page[#page + 1] = item
      places[#page] = place
    end
  end
  self.last_keys = keys
  return places
end

--- Reads the page that the cursor stands at. Returns it, or nil and an error.
local function fetch(self, query)
  local envelope, _, err = self.session:request(self.op,
    { path = self.request.path, query = query ~= "" and query or nil,
      values = self.request.values })
  if err then
    return nil, err
  end
  local items = envelope[self.op.items] or {}
  if type(items) ~= "table" then
    return nil, protocol_error(self, "'" .. self.op.items .. "' is no list")
  end
  return {
    query = query, items = items, count = #items, size = envelope.size,
    total = self.op.total and envelope[self.op.total],
    links = links.by_rel(envelope.link), meta = self.session:meta(envelope),
  }
end

--- Fetches the next page: kept as `ahead` while the script works on this one.
local function start_ahead(self)
  if self.ahead or self.finished then
    return
  end
  self.ahead = self.session.tasks:spawn(fetch, self, self.position:query())
end

--- The next page with its doubles dropped; nil at the end; nil and an error.
local function next_page(self)
  if self.finished then
    return nil, self.err
  end
  start_ahead(self)
  local found, err = self.session.tasks:join(self.ahead)
  self.ahead = nil
  local more
  if found then
    more, err = advance(self, found, found.query)
  end
  if not more then
    self.finished, self.err = true, err
  end
  if not found then
    return nil, err
  end
  local page = { links = found.links, total = found.total }
  self.places, self.query = drop_doubles(self, page, found.items), found.query
  self.counted = found.total or self.counted
  self.session:remember_meta(page, found.meta)
  self.page, self.at, self.started = page, 0, true
  return page
end

--- Turns to the page that holds the next item: true, or nil (and an error).
local function turn(self, wanted)
  while not self.page or self.at >= #self.page do
    local page, err = next_page(self)
    if not page then
      return nil, err
    end
    self.at = self:skipped()
    if not wanted or wanted > #page then
      start_ahead(self)
    end
  end
  return true
end

--- How many of the page's items a cursor's walk had already been given.
function pager_methods:skipped()
  local skip = self.skip
  self.skip = 0
  local at = 0
  while at < #self.page and self.places[at + 1] <= skip do
    at = at + 1
  end
  return at
end

--- The next item; nil at the end. Raises an error value.
function pager_mt:__call()
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

--- An iterator over whole pages: lists of items that also have `links` (the
-- server's, by lower-case rel) and `total`. Raises an error value.
function pager_methods:pages()
  return function()
    local page, err = next_page(self)
    if err and not page then
      error(err, 0)
    elseif page then
      self.at = #page
      start_ahead(self)
    end
    return page
  end
end

--- A list of the items that are left, at most `limit` of them (nil: all).
-- nil, a message and an error value when a page could not be read.
function pager_methods:totable(limit)
  local list = {}
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
  if not self.counted and not self.started and self.op.total then
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
  if self.finished and not self.err and self.at >= #(self.page or {}) then
    return nil
  end
  local query, place = self.position:query(), self.skip
  if self.page then
    query, place = self.query, self.places[self.at] or 0
  end
  return ("%s?%s#%d"):format(self.op.full_name, query, place)
end

--- Reads a cursor: query and place, or nil and what is wrong.
local function read_cursor(op, cursor)
  local name, query, place = cursor:match("^([%w_.]+)%?(.*)#(%d+)$")
  if not name then
    return nil, "'cursor' is none that pager:cursor() gave"
  elseif name ~= op.full_name then
    return nil, ("'cursor' is one of %s"):format(name)
  end
  return query, tonumber(place)
end

--- The pager of a request; nil and what is wrong with its cursor.
local function new(session, op, request)
  local query, skip = request.query or "", 0
  if request.values.cursor then
    local place
    query, place = read_cursor(op, request.values.cursor)
    if not query then
      return nil, place
    end
    skip = place
  end
  return setmetatable({
    session = session, op = op, request = request, skip = skip, at = 0,
    position = core.cursor(query),
  }, pager_mt)
end

return { new = new }
