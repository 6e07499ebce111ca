--- links.lua - the links of pages, the keys of their records, cursors as text
-- SPDX-License-Identifier: MIT

local ascii = require("rackspace.base.ascii")
local positions = require("rackspace.row.positions")

-- The links by which a service tells where its pages are.
local of_pages = { next = true, previous = true, prev = true, first = true,
  last = true }

--- Returns the links of a page, a list of { rel =, href = } or a table of hrefs
-- or { href = } by rel, as { [rel in lower case] = href }, and whether they
-- tell where pages are. An empty href, by which some services say that there is
-- no such page, is left out.
local function by_rel_of(links)
  local by_rel, tell = {}, false
  if type(links) ~= "table" then
    return by_rel, tell
  elseif type(links.rel) == "string" then
    links = { links }
  end
  local each = links[1] ~= nil and ipairs or pairs
  for rel, href in each(links) do
    if type(href) == "table" then
      rel, href = href.rel or rel, href.href
    end
    if type(rel) == "string" and type(href) == "string" then
      rel = ascii.lower(rel)
      by_rel[rel] = href ~= "" and href or by_rel[rel]
      tell = tell or of_pages[rel] or false
    end
  end
  return by_rel, tell
end

--- Returns the links in an envelope, beside the list or around it.
local function find(envelope, items)
  local outer = items and items:match("^([^.]+)%.")
  local inner = outer and envelope[outer]
  return envelope.link or envelope._links or envelope.links or
    type(inner) == "table" and inner.link or nil
end

--- Returns the raw value of a query's parameter, or nil.
local function parameter(query, name)
  local _, stop = ("&" .. query):find("&" .. name .. "=", 1, true)
  return stop and query:match("^[^&]*", stop) or nil
end

--- Returns the link to the next page. A list in a direction continues with the
-- link that has the same direction, whatever its rel is.
local function onward(links, direction)
  if direction then
    for _, rel in ipairs{ "next", "previous" } do
      local href = links[rel]
      local query = href and href:match("%?([^#]*)")
      if query and parameter(query, "direction") == direction then
        return href
      end
    end
    local href = links.next
    if href and href:find("[?&]direction=") then
      return nil
    end
  end
  return links.next
end

--- Returns a link with the filters of the query that it lacks, so that the list
-- does not lose its filters.
local function carry_filters(href, query)
  local at_next = href:match("%?([^#]*)") or ""
  local missing = {}
  for pair in query:gmatch("[^&]+") do
    local name = pair:match("^[^=]*")
    if not positions[name] and not parameter(at_next, name) then
      missing[#missing + 1] = pair
    end
  end
  if #missing == 0 then
    return href
  end
  local separator = at_next == "" and "" or "&"
  return "?" .. at_next .. separator .. table.concat(missing, "&")
end

--- Returns the indices of the items that are in the set `others` too, and the
-- set of these items. `names` are the fields that identify an item: its id or,
-- where ids are not unique, its kind and its id. They are not joined into a
-- text, which would cost more than all other work on a page.
local function find_doubles(items, names, others)
  local id_name, kind_name = names[2] or names[1], names[2] and names[1]
  local indices, records = {}, {}
  local present, ids, other_ids
  for index = 1, #items do
    local item = items[index]
    local is_record = type(item) == "table"
    local id = is_record and item[id_name]
    local kind = is_record and (not kind_name or item[kind_name])
    if kind and id then
      if kind ~= present then -- most records are of the kind before
        present, ids, other_ids = kind, records[kind] or {}, others[kind] or {}
        records[kind] = ids
      end
      if other_ids[id] then
        indices[#indices + 1] = index
      end
      ids[id] = true
    end
  end
  return indices, records
end

--- Returns the set of a list's values.
local function set(list)
  local members = {}
  for _, value in ipairs(list) do
    members[value] = true
  end
  return members
end

--- Returns a position in a list as text: the page's query, the index of the
-- last item that was returned, and the later indices whose items are left out.
local function write_cursor(name, query, base, dropped)
  local indices = { ("%.0f"):format(base) }
  for _, index in ipairs(dropped) do
    if index > base then
      indices[#indices + 1] = ("%.0f"):format(index)
    end
  end
  return ("%s?%s#%s"):format(name, query, table.concat(indices, ","))
end

--- Returns the query, the index and the later indices of a cursor's text, or
-- nil and a problem.
local function read_cursor(name, cursor)
  local found, query, base, rest =
    cursor:match("^([%w_.]+)%?(.*)#(%d+)([%d,]*)$")
  if not found then
    return nil, "'cursor' is none that pager:cursor() gave"
  elseif found ~= name then
    return nil, ("'cursor' is one of %s"):format(found)
  end
  local dropped = {}
  for index in rest:gmatch("%d+") do
    dropped[#dropped + 1] = tonumber(index)
  end
  return query, tonumber(base), dropped
end

return { by_rel = by_rel_of, carry_filters = carry_filters, find = find,
  find_doubles = find_doubles, onward = onward, parameter = parameter,
  read_cursor = read_cursor, set = set,
  write_cursor = write_cursor }
