--- accept.lua - chooses a media type by the header Accept
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")

local accept = {}

--- Returns the quality that the parameters of a media range give it: 1 without
-- one that can be read.
local function quality_of(parameters)
  local text = parameters:match(";%s*q%s*=%s*([%d.]+)")
  local whole, fraction = (text or "1"):match("^(%d*)%.?(%d*)$")
  local quality = tonumber((whole or "1") .. "." .. (fraction or "") .. "0")
  return math.min(quality or 1, 1)
end

--- Returns the media ranges of a header, in its order.
local function ranges_of(header)
  local ranges = {}
  for text in ascii.lower(header):gmatch("[^,]+") do
    local kind, parameters = text:match("^%s*([^;%s]+)%s*(.*)$")
    if kind then
      ranges[#ranges + 1] = { kind = kind, quality = quality_of(parameters),
        place = #ranges + 1 }
    end
  end
  return ranges
end

--- Returns how closely a range names a media type: 3 for the type itself, 2 for
-- "type/*", 1 for "*/*", and 0 when it doesn't.
local function closeness(range, kind)
  return range.kind == kind and 3 or
    range.kind == kind:match("^[^/]*/") .. "*" and 2 or
    (range.kind == "*/*" or range.kind == "*") and 1 or 0
end

--- Returns the range that names a type most closely, the first of several, and
-- how closely; or nil.
local function range_of(ranges, kind)
  local found, closest = nil, 0
  for _, range in ipairs(ranges) do
    local close = closeness(range, kind)
    if close > closest then
      found, closest = range, close
    end
  end
  return found, closest
end

--- Whether one range is preferred to another: by its quality, by how closely it
-- names its type, then by its place.
local function is_better(range, close, best, best_close)
  if not best or range.quality ~= best.quality then
    return not best or range.quality > best.quality
  elseif close ~= best_close then
    return close > best_close
  end
  return range.place < best.place
end

--- Returns the media type that a header prefers of a list, the first of several
-- that it does not tell apart; nil when it accepts none. Without the header,
-- that is the first.
function accept.choose(header, kinds)
  local ranges, best, best_close, chosen = ranges_of(header or ""), nil, 0, nil
  if #ranges == 0 then
    return kinds[1]
  end
  for _, kind in ipairs(kinds) do
    local range, close = range_of(ranges, kind)
    if range and range.quality > 0 and
        is_better(range, close, best, best_close) then
      best, best_close, chosen = range, close, kind
    end
  end
  return chosen
end

return accept
