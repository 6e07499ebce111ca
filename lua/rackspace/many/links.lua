--- links.lua - what ties pages together: links, records' keys, cursors' text
-- SPDX-License-Identifier: MIT

local positions = require("rackspace.row.positions")

--- The links of a page, { { rel =, href = } ... }, as { rel in lower case =
-- href }.
local function by_rel_of(links)
  local by_rel = {}
  for _, link in ipairs(type(links) == "table" and links or {}) do
    if type(link) == "table" and type(link.rel) == "string" and
        type(link.href) == "string" then
      by_rel[link.rel:lower()] = link.href
    end
  end
  return by_rel
end

--- The raw value of a query's parameter, or nil.
local function parameter(query, name)
  local _, stop = ("&" .. query):find("&" .. name .. "=", 1, true)
  return stop and query:match("^[^&]*", stop) or nil
end

--- The link that leads on. A walk in a direction goes on by the link that
-- keeps it, whichever rel the service gives that one.
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

--- A next link may leave the walk's filters out; they are carried over, so
-- that a walk never widens by itself.
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

--- The places of a list's records that a set of others has, and the set of
-- these. `names` are the one or two fields that tell a record: its id, and
-- before it what kind it is, where ids alone may meet. No text is made of
-- them, which would cost more than all else that a page needs.
local function find_doubles(items, names, others)
  local id_name, kind_name = names[2] or names[1], names[2] and names[1]
  local places, records = {}, {}
  local present, ids, other_ids
  for place = 1, #items do
    local item = items[place]
    local is_record = type(item) == "table"
    local id = is_record and item[id_name]
    local kind = is_record and (not kind_name or item[kind_name])
    if kind and id then
      if kind ~= present then -- most records are of the kind before
        present, ids, other_ids = kind, records[kind] or {}, others[kind] or {}
        records[kind] = ids
      end
      if other_ids[id] then
        places[#places + 1] = place
      end
      ids[id] = true
    end
  end
  return places, records
end

--- A set of a list's values.
local function set(list)
  local members = {}
  for _, value in ipairs(list) do
    members[value] = true
  end
  return members
end

--- A place in a list as text: the page's query, the place of the last item
-- that was given, and the places after it whose items are left out.
local function write_cursor(name, query, base, dropped)
  local places = { ("%.0f"):format(base) }
  for _, place in ipairs(dropped) do
    if place > base then
      places[#places + 1] = ("%.0f"):format(place)
    end
  end
  return ("%s?%s#%s"):format(name, query, table.concat(places, ","))
end

--- Query, place and places of a cursor's text, or nil and what is wrong.
local function read_cursor(name, cursor)
  local found, query, base, rest =
    cursor:match("^([%w_.]+)%?(.*)#(%d+)([%d,]*)$")
  if not found then
    return nil, "'cursor' is none that pager:cursor() gave"
  elseif found ~= name then
    return nil, ("'cursor' is one of %s"):format(found)
  end
  local dropped = {}
  for place in rest:gmatch("%d+") do
    dropped[#dropped + 1] = tonumber(place)
  end
  return query, tonumber(base), dropped
end

return { by_rel = by_rel_of, carry_filters = carry_filters,
  find_doubles = find_doubles, onward = onward, parameter = parameter,
  read_cursor = read_cursor, set = set,
  write_cursor = write_cursor }
