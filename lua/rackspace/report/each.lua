--- each.lua - calls a function for every item, a few of them at a time
-- SPDX-License-Identifier: MIT

--- The session's own way of doing so, where it has one.
local function map_of(session)
  local ok, map = pcall(function() return session.map end)
  return ok and map or nil
end

--- An iterator that gives each item of another one, in its order, with what
-- fn(item) gave. `most` calls of it run at the same time, no more, so that
-- what is held does not grow with the list. Raises what fn raises.
local function each(session, source, fn, most)
  local map = map_of(session)
  if map then
    return map(session, source, fn, { concurrency = most })
  end
  local queue, first, last, has_ended = {}, 1, 0, false
  return function()
    while not has_ended and last - first + 1 < most do
      local item = source()
      has_ended = item == nil
      if not has_ended then
        last = last + 1
        queue[last] = { item, session.scheduler:spawn(fn, item) }
      end
    end
    local entry = queue[first]
    if not entry then
      return nil
    end
    queue[first], first = nil, first + 1
    return entry[1], session.scheduler:join(entry[2])
  end
end

return each
