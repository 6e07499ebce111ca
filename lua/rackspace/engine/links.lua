--- links.lua - the links between the pages of a list
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
    if type(link) == "table" and type(link.rel) == "string" then
      by_rel[link.rel:lower()] = link.href
    end
  end
  return by_rel
end

--- The raw value of a query's parameter, or nil.
local function parameter(query, name)
  return (("&" .. query):match("&" .. name .. "=([^&]*)"))
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

return { by_rel = by_rel_of, carry_filters = carry_filters, onward = onward,
  parameter = parameter }
