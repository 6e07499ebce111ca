--- offset_pages.lua - pages of the sandbox's lists by limit and offset
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local json = require("rackspace.base.json")

--- Returns a number of the query, at least `low`, or its default; or nil and a
-- problem.
local function number_of(call, name, low, default)
  local text = call.query[name]
  local number = tonumber((text or ""):match("^%d+$"))
  if not text then
    return default
  elseif not number or number < low then
    return nil, ("The provided %s is invalid"):format(name)
  end
  return number
end

--- Returns the limit and the offset of a query, or nil and a problem.
local function range_of(call, default, largest)
  local limit, problem = number_of(call, "limit", 1, default)
  if not limit then
    return nil, problem
  end
  local offset
  offset, problem = number_of(call, "offset", 0, 0)
  return offset and math.min(limit, largest), offset or problem
end

--- Returns the items of a page.
local function slice(list, limit, offset)
  local part = json.array{}
  for position = offset + 1, math.min(#list, offset + limit) do
    part[#part + 1] = list[position]
  end
  return part
end

--- Returns the links to the other pages of a list; "" where there is none.
-- `page` has the limit that was asked for, the size that it led to, the offset.
local function links_of(call, total, page, filters)
  local size, offset = page.size, page.offset
  local function href(at)
    local query = { "limit", page.limit, "offset", at }
    for _, name in ipairs(filters) do
      if call.query[name] then
        query[#query + 1], query[#query + 2] = name, call.query[name]
      end
    end
    return call.base .. call.path .. "?" .. core.url.query(query)
  end
  local last = math.max(0, math.floor((total - 1) / size) * size)
  return { self = href(offset), first = href(0), last = href(last),
    prev = offset > 0 and href(math.max(0, offset - size)) or "",
    next = offset + size < total and href(offset + size) or "" }
end

return { links = links_of, range = range_of, slice = slice }
