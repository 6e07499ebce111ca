--- links.lua - what ties pages together: links, records' keys, cursors' text
-- SPDX-License-Identifier: MIT

-- Where a page begins is the walk's affair, not a filter.
local position = {
  marker = true, limit = true, direction = true, offset = true, size = true,
}

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
    if not position[name] and not parameter(at_next, name) then
      missing[#missing + 1] = pair
    end
  end
  if #missing == 0 then
    return href
  end
  local separator = at_next == "" and "" or "&"
  return "?" .. at_next .. separator .. table.concat(missing, "&")
end

--- Whether a set of records has one with the same fields of those names. The
-- set is a tree, a level for each name: no text is made of a key, which would
-- cost more than all else that a page needs.
local function has(records, record, names)
  for i = 1, #names do
    local value = record[names[i]]
    records = value ~= nil and records[value]
    if not records then
      return false
    end
  end
  return true
end

--- Adds a record to such a set; one that lacks a field is in none.
local function add(records, record, names)
  local last = #names
  for i = 1, last do
    local value = record[names[i]]
    if value == nil then
      return
    end
    local below = records[value]
    if not below then
      below = i == last or {}
      records[value] = below
    end
    records = below
  end
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

return { add = add, by_rel = by_rel_of, carry_filters = carry_filters,
  has = has, onward = onward, parameter = parameter, position = position,
  read_cursor = read_cursor, set = set, write_cursor = write_cursor }
