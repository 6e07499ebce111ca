--- map_spec.lua - one function for many items, many at once
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local fault = require("rackspace.base.fault")
local peer = require("spec.support.peer")
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local is_old = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

-- A session on a clock that only sleeping moves.
local function session(handler)
  local clock = stub.clock(0)
  local rs, requests = stub.session(handler or error, { clock = clock })
  return rs, clock, requests
end

-- A list of accounts over endless pages of `size`.
local function endless(size)
  return function(_, count)
    local list = {}
    for i = 1, size do
      list[i] = { type = "CLOUD", id = tostring((count - 1) * size + i) }
    end
    return stub.reply(200, { customerAccount = list,
      link = { { rel = "NEXT", href = "?marker=" .. count } } })
  end
end

local function items_of(results)
  local list = {}
  for item in results do
    list[#list + 1] = item
  end
  return list
end

describe("a map", function()
  it("gives each item and what its function returned, as they complete", function()
    local rs, clock = session()
    local seen = {}
    for seconds, twice, at in rs:map({ 3, 1, 2 }, function(seconds)
      rs:sleep(seconds)
      return 2 * seconds, clock.now
    end) do
      seen[#seen + 1] = { seconds, twice, at }
    end
    assert.same({ { 1, 2, 1 }, { 2, 4, 2 }, { 3, 6, 3 } }, seen)
    assert.equal(3, clock.now)
  end)

  it("gives them in the source's order where that is wanted", function()
    local rs, clock = session()
    local results = rs:map({ 3, 1, 2 }, function(seconds) return rs:sleep(seconds) end,
      { ordered = true })
    assert.same({ 3, 1, 2 }, items_of(results))
    assert.equal(3, clock.now)
  end)

  it("ends for no nil among the results", function()
    local rs = session()
    local given = {}
    local results = rs:map({ "a", "b", "c" }, function(item)
      if item == "b" then
        return nil, "no such thing", { kind = "not_found" }
      end
    end, { ordered = true })
    for _ = 1, 4 do
      given[#given + 1] = { n = select("#", results()) }
    end
    results = rs:map({ "b" }, function()
      return nil, "no such thing", { kind = "not_found" }, nil
    end)
    local function pack(...)
      return { n = select("#", ...), ... }
    end
    assert.same({ n = 5, "b", nil, "no such thing", { kind = "not_found" }, nil },
      pack(results()))
    assert.is_nil(results())
    assert.same({ { n = 1 }, { n = 4 }, { n = 1 }, { n = 1 } }, given)
  end)

  it("runs no more than so many at once", function()
    local rs = session()
    local running, most = 0, 0
    local function work()
      running = running + 1
      most = math.max(most, running)
      rs:sleep(1)
      running = running - 1
    end
    local list = {}
    for i = 1, 50 do
      list[i] = i
    end
    assert.equal(50, #items_of(rs:map(list, work)))
    assert.equal(16, most)
    most = 0
    assert.equal(50, #items_of(rs:map(list, work, { concurrency = 3 })))
    assert.equal(3, most)
  end)

  it("holds nothing back for an item that takes long", function()
    local rs, clock = session()
    local list, at = { 100 }, nil
    for i = 2, 101 do
      list[i] = 1
    end
    local order = {}
    for seconds in rs:map(list, function(seconds) rs:sleep(seconds) end, { concurrency = 5 }) do
      order[#order + 1] = seconds
      at = seconds == 1 and clock.now or at
    end
    assert.equal(100, order[101])
    assert.equal(25, at) -- a hundred of one second, four at a time
    assert.equal(100, clock.now)
  end)

  it("reads its source only as far as results are used", function()
    local rs = session()
    local read = 0
    local results = rs:map(function()
      read = read + 1
      return read
    end, function(item) return item end, { concurrency = 4 })
    assert.equal(0, read)
    for i = 1, 10 do
      results()
      assert.is_true(read <= i + 3)
    end
    assert.equal(13, read)
    results:close()
    assert.is_nil(results())
    assert.equal(13, read)
  end)

  it("does one item after another where one at once is asked for", function()
    local rs = session()
    local begun = 0
    local results = rs:map({ 1, 2, 3 }, function() begun = begun + 1 end, { concurrency = 1 })
    for i = 1, 3 do
      results()
      assert.equal(i, begun)
    end
    assert.is_nil(results())
  end)

  it("stops the pages when nobody takes its results", function()
    local rs, _, requests = session(endless(10))
    local results = rs:map(rs.accounts:list(), function(account) return account.id end,
      { concurrency = 8 })
    for i = 1, 5 do
      assert.equal(tostring(i), select(2, results()))
    end
    assert.is_true(#requests <= 3) -- twelve items were taken, and a page is ahead
    results:close()
  end)

  it("takes what a for loop takes: iterators, callable tables, and pairs in braces", function()
    local rs = session()
    local function same(...)
      return ...
    end
    local words = items_of(rs:map(("a bc d"):gmatch("%a+"), same))
    assert.same({ "a", "bc", "d" }, words)
    assert.same({ 1, 2 }, items_of(rs:map(rs:map({ 1, 2 }, same), same)))
    local found = {}
    for key, again, value in rs:map({ pairs{ x = 1, y = 2 } }, same) do
      assert.equal(key, again)
      found[key] = value
    end
    assert.same({ x = 1, y = 2 }, found)
    local list = {}
    for _, i, value in rs:map({ ipairs{ "p", "q" } }, same) do
      list[i] = value
    end
    assert.same({ "p", "q" }, list)
    assert.same({}, items_of(rs:map({}, same)))
    local functions = { same, same }
    assert.same(functions, items_of(rs:map(functions, function(fn) return fn() end)))
  end)

  it("may read a source that waits itself, and use what is there meanwhile", function()
    local rs, clock = session()
    local i, order = 0, {}
    for item in rs:map(function()
      i = i + 1
      rs:sleep(10)
      return i <= 3 and i or nil
    end, function() rs:sleep(1) end) do
      order[#order + 1] = item .. "@" .. clock.now
    end
    assert.same({ "1@11", "2@21", "3@31" }, order)
  end)

  it("is done inside a task as outside of any", function()
    local rs, clock = session()
    local outer = {}
    for item, sum in rs:map({ 1, 2, 3 }, function(item)
      local sum = 0
      local inner = rs:map({ 1, 2, 3 }, function(seconds)
        rs:sleep(seconds)
        return item * seconds
      end)
      local seconds, product = inner()
      while seconds do
        sum = sum + product
        seconds, product = inner()
      end
      return sum
    end) do
      outer[item] = sum
    end
    assert.same({ 6, 12, 18 }, outer)
    assert.equal(3, clock.now)
  end)

  it("can be used by several tasks at once", function()
    local rs = session()
    local results = rs:map({ 1, 2, 3, 4, 5 }, function(item) rs:sleep(item) return item end)
    local function worker()
      local sum, _, value = 0, results()
      while value do
        sum = sum + value
        _, value = results()
      end
      return sum
    end
    local sums = assert(rs:all{ worker, worker })
    assert.equal(15, sums[1] + sums[2])
  end)

  it("tells what is wrong with its arguments, where it was called", function()
    local rs = session()
    local function said(...)
      local a, b, c = ...
      return raises(function() rs:map(a, b, c) end)
    end
    assert.equal("map: takes a list, a pager or an iterator, not a nil", said())
    assert.equal("map: takes a list, a pager or an iterator, not a string", said("x", print))
    assert.equal("map: takes a function, not a nil", said({}))
    assert.equal("map: the options must be a table, not a number", said({}, print, 16))
    assert.equal("map: unknown option 'concurency' (did you mean 'concurrency'?)",
      said({}, print, { concurency = 1 }))
    assert.matches("^map: 'concurrency' ", said({}, print, { concurrency = 0 }))
    assert.matches("^map: 'ordered' ", said({}, print, { ordered = 1 }))
    assert.matches("^map: 'deadline' ", said({}, print, { deadline = -1 }))
  end)

  it("shows what it is", function()
    local rs = session()
    local results = rs:map({}, print)
    assert.equal("results (map)", tostring(results))
    results:close()
    results:close()
    assert.equal("results (map, closed)", tostring(results))
  end)
end)

describe("what a map's function raises", function()
  local function failure_of(source, problem)
    local rs = session()
    local results = rs:map(source, function(item)
      if item ~= "fine" then
        error(problem, 0)
      end
    end, { concurrency = 1 })
    local ok, raised
    repeat
      ok, raised = pcall(results)
    until not ok
    assert.is_nil(results())
    return raised
  end

  it("names the item by position and id, and by nothing else", function()
    assert.equal("map: item 1 (type CLOUD, id 7): no",
      failure_of({ { type = "CLOUD", id = "7", name = "Ann" } }, "no"))
    assert.equal("map: item 2 (ticketId t-1): no",
      failure_of({ "fine", { ticketId = "t-1", subject = "Ann" } }, "no"))
    assert.equal("map: item 1: no", failure_of({ { name = "Ann" } }, "no"))
    assert.equal("map: item 1: no", failure_of({ { id = "ann@example.com" } }, "no"))
    assert.equal("map: item 1: no", failure_of({ "Ann" }, "no"))
    assert.equal("map: item 1 (CLOUD/7): no", failure_of({ "CLOUD/7" }, "no"))
    assert.equal("map: item 1 (12): no", failure_of({ 12 }, "no"))
    assert.equal("map: item 1 (RCN-1-2-3): no", failure_of({ "RCN-1-2-3" }, "no"))
  end)

  it("names a pager's items by the fields that tell them apart", function()
    local rs = session(function()
      return stub.reply(200, { contact = { { contactNumber = "RPN-1", firstName = "Ann",
        username = "ann" } } })
    end)
    local ok, raised = pcall(rs:map(rs.contacts:list("CLOUD/1"), function()
      error("no", 0)
    end))
    assert.is_false(ok)
    assert.equal("map: item 1 (contactNumber RPN-1): no", raised)
  end)

  it("keeps an error value's kind, and leaves others as they are", function()
    local err = fault.new{ kind = "not_found", operation = "x.get", status = 404 }
    local raised = failure_of({ 5 }, err)
    assert.equal("not_found", raised.kind)
    assert.equal("map: item 1 (5): " .. err.message, tostring(raised))
    assert.is_nil(err.message:find("item"))
    local own = {}
    assert.equal(own, failure_of({ 5 }, own))
  end)

  it("ends it: nothing more is taken, and what was in flight is cancelled", function()
    local rs, clock = session()
    local ended, read = {}, 0
    local results = rs:map(function()
      read = read + 1
      return read
    end, function(item)
      if item == 3 then
        rs:sleep(1)
        error("no", 0)
      end
      local _, _, err = rs:sleep(10)
      ended[#ended + 1] = err.kind
    end, { concurrency = 4 })
    local ok, raised = pcall(results)
    assert.is_false(ok)
    assert.equal("map: item 3 (3): no", raised)
    assert.same({ "cancelled", "cancelled", "cancelled" }, ended)
    assert.equal(4, read)
    assert.equal(1, clock.now)
    assert.is_nil(next(rs.scheduler.living))
  end)

  it("comes after the results that were there before", function()
    local rs = session()
    local results = rs:map({ 1, 2, 3 }, function(item)
      rs:sleep(1)
      if item == 3 then
        error("no", 0)
      end
    end)
    assert.equal(1, (results()))
    assert.equal(2, (results()))
    assert.is_false((pcall(results)))
  end)

  it("is raised by the source, too, when all that it gave is done", function()
    local rs, clock = session(function(_, count)
      if count == 1 then
        return stub.reply(200, { customerAccount = { { type = "CLOUD", id = "1" } },
          link = { { rel = "next", href = "?marker=1" } } })
      end
      return stub.reply(500)
    end)
    local results = rs:map(rs.accounts:list(), function() rs:sleep(5) end)
    assert.equal("1", results().id)
    assert.equal(5, clock.now)
    local ok, err = pcall(results)
    assert.is_false(ok)
    assert.equal("server", err.kind)
    assert.is_nil(results())
  end)
end)

describe("a map that is given up", function()
  local ended, rs, service

  before_each(function()
    ended = {}
    service = peer.start("return nil")
    rs = assert(rackspace.new(service:settings()))
  end)

  after_each(function()
    rs:close()
    child.close_all()
  end)

  -- Calls that are never answered, one that is.
  local function work(item)
    if item == 1 then
      rs:sleep(0.01)
      return
    end
    local _, _, err = rs.accounts:get("CLOUD/" .. item)
    ended[#ended + 1] = err.kind
  end

  it("cancels what is in flight when it is closed, at once", function()
    local results = rs:map({ 1, 2, 3 }, work)
    assert.equal(1, (results()))
    assert.equal(2, rs.scheduler.http:running())
    results:close()
    assert.same({ "cancelled", "cancelled" }, ended)
    assert.equal(0, rs.scheduler.http:running())
    assert.is_nil(next(rs.scheduler.living))
    assert.is_nil(results())
  end)

  it("does the same when it is dropped, with the next step", function()
    assert.equal(1, (rs:map({ 1, 2, 3 }, work)()))
    collectgarbage()
    collectgarbage()
    rs:sleep(0)
    rs.scheduler:step(0)
    assert.same({ "cancelled", "cancelled" }, ended)
    assert.equal(0, rs.scheduler.http:running())
  end)

  it("does the same at the end of a loop that was left", function()
    if _VERSION ~= "Lua 5.4" then
      return
    end
    for item in rs:map({ 1, 2, 3 }, work) do
      if item == 1 then
        break
      end
    end
    assert.same({ "cancelled", "cancelled" }, ended)
    pcall(function()
      for _ in rs:map({ 1, 2, 3 }, work) do
        error("no")
      end
    end)
    assert.equal(4, #ended)
  end)

  it("cancels what its tasks have started themselves", function()
    local results = rs:map({ 1, 2 }, function(item)
      if item == 1 then
        return rs:sleep(0.01)
      end
      local inner = rs:map({ 2, 3 }, work)
      inner()
    end)
    assert.equal(1, (results()))
    results:close()
    assert.same({ "cancelled", "cancelled" }, ended)
    assert.equal(0, rs.scheduler.http:running())
  end)

  it("ends by its session's end: every call in it fails", function()
    local results = rs:map({ 1, 2, 3 }, function(item)
      if item == 1 then
        rs:sleep(0.01)
        rs:close()
      end
      return select(3, rs.accounts:get("CLOUD/" .. item))
    end)
    local kinds = {}
    for item, err in results do
      kinds[item] = err.kind
    end
    assert.same({ "cancelled", "cancelled", "cancelled" }, kinds)
  end)

  it("leaves a task behind that does not end", function()
    local tries = 0
    local results = rs:map({ 1, 2 }, function(item)
      while item == 2 do
        tries = tries + 1
        rs.accounts:get("CLOUD/2")
      end
      return rs:sleep(0.01)
    end)
    assert.equal(1, (results()))
    results:close()
    assert.is_true(tries > 1 and tries < 1000)
    assert.is_nil(next(rs.scheduler.living))
  end)

  it("leaves its pager where it was: another walk goes on", function()
    child.close_all()
    service = peer.start([[
      local number = tonumber(request.target:match("marker=(%d+)") or 0)
      kept.hung = kept.hung or number == 1
      if kept.hung == true and number == 1 then
        kept.hung = "once"
        return nil
      end
      return reply(200, ('{"customerAccount":[{"type":"CLOUD","id":"%d"}],' ..
        '"link":[{"rel":"NEXT","href":"?marker=%d"}]}'):format(number, number + 1))]])
    rs:close()
    rs = assert(rackspace.new(service:settings()))
    local pager = rs.accounts:list()
    local results = rs:map(pager, function(account) return account.id end)
    assert.equal("0", select(2, results()))
    service:wait_for(2)
    results:close()
    assert.equal("1", pager().id)
    assert.equal("2", pager().id)
  end)
end)

describe("a map's deadline", function()
  it("bounds every call in its tasks, and in theirs", function()
    local rs = session()
    local seen = {}
    for seconds, ok, _, err in rs:map({ 1, 5 }, function(seconds)
      return rs:sleep(seconds)
    end, { deadline = 3 }) do
      seen[seconds] = ok or err.kind
    end
    assert.same({ true, nil, nil, nil, "timeout" }, seen)
    local _, list = rs:map({ 9 }, function(seconds)
      return assert(rs:all({ function()
        return (select(3, rs:sleep(seconds)) or {}).kind
      end }, { deadline = 100 }))
    end, { deadline = 3 })()
    assert.equal("timeout", list[1])
  end)

  it("is that of a call, as if it had been given there", function()
    local service = peer.start("return nil")
    local rs = assert(rackspace.new(service:settings()))
    local _, account, message, err = rs:map({ "CLOUD/1" }, function(id)
      return rs.accounts:get(id)
    end, { deadline = 0.05 })()
    assert.is_nil(account)
    assert.equal("timeout", err.kind)
    assert.matches("^accounts.get: ", message)
    rs:close()
    child.close_all()
  end)
end)

describe("inside a task", function()
  -- How long `wait` takes to let two tasks of one second each end.
  local function seconds_of(wait)
    local rs, clock = session()
    assert.equal(2, #items_of(rs:map({ 1, 2 }, function(item) return wait(rs, item) end)))
    return clock.now
  end

  it("a call yields past pcall, iterators and metamethods", function()
    local expected = is_old and 2 or 1
    assert.equal(1, seconds_of(function(rs) rs:sleep(1) end))
    assert.equal(expected, seconds_of(function(rs)
      assert(pcall(rs.sleep, rs, 1))
    end))
    assert.equal(expected, seconds_of(function(rs)
      local done
      for _ in function()
        done = not done and rs:sleep(1)
        return nil
      end do
        error("no item")
      end
      assert.is_true(done)
    end))
    assert.equal(expected, seconds_of(function(rs)
      local lazy = setmetatable({}, { __index = function() return rs:sleep(1) end })
      assert.is_true(lazy.field)
    end))
    assert.equal(1, seconds_of(function(rs)
      local callable = setmetatable({}, { __call = function(_, seconds)
        local slept = rs:sleep(seconds)
        return slept
      end })
      callable(1)
    end))
  end)

  it("a call pumps where none can yield", function()
    assert.equal(2, seconds_of(function(rs)
      assert.equal("b", (("a"):gsub("a", function() rs:sleep(1) return "b" end)))
    end))
    assert.equal(2, seconds_of(function(rs)
      local list = { 2, 1 }
      table.sort(list, function(a, b)
        if list.slept == nil then
          list.slept = rs:sleep(1)
        end
        return a < b
      end)
      assert.same({ 1, 2 }, { list[1], list[2] })
    end))
    assert.equal(2, seconds_of(function(rs)
      local generator = coroutine.wrap(function()
        rs:sleep(1)
        coroutine.yield("made")
      end)
      assert.equal("made", generator())
    end))
  end)

  it("the other tasks go on while one pumps, and two may at once", function()
    local rs, clock = session()
    local function pump(seconds)
      return (("a"):gsub("a", function() rs:sleep(seconds) end))
    end
    local order = {}
    local function note(name)
      order[#order + 1] = name .. "@" .. clock.now
    end
    assert(rs:all{
      function() rs:sleep(1) pump(4) note("first") end,
      function() rs:sleep(2) pump(1) note("second") end,
      function() for _ = 1, 4 do rs:sleep(1) note("tick") end end,
    })
    assert.same({ "tick@1", "tick@2", "second@3", "tick@3", "tick@4", "first@5" }, order)
  end)

  it("many may pump on one another", function()
    local rs, clock = session()
    local list, depth, most = {}, 0, 0
    for i = 1, 300 do
      list[i] = i
    end
    local count = #items_of(rs:map(list, function(item)
      rs:sleep(1);
      ("a"):gsub("a", function()
        depth = depth + 1
        most = math.max(most, depth)
        rs:sleep(1 + item / 1000)
        depth = depth - 1
      end)
    end, { concurrency = 300 }))
    assert.equal(300, count)
    assert.is_true(most >= 2 and most < 60)
    assert.is_true(clock.now >= 2)
  end)

  it("one that pumps for what lies below it on the stack is told so", function()
    local rs = session()
    local first
    local second = function()
      rs:sleep(2);
      ("a"):gsub("a", function() rs.scheduler:join(first) end)
    end
    first = rs.scheduler:spawn(function()
      rs:sleep(1);
      ("a"):gsub("a", function() rs:sleep(3) end)
    end)
    local task = rs.scheduler:spawn(second)
    rs:sleep(10)
    assert.is_true(task.failed)
    assert.matches("this would wait for ever", task.results[1])
    assert.is_true(first.done)
  end)
end)

describe("a map over very many items", function()
  -- The memory in KB while a map runs, at its most, and what it came to.
  local function peak_of(count)
    local answer, pages = endless(100), 0
    local rs = assert(rackspace.new{ token = stub.TOKEN, limits = false,
      endpoints = { customer = "http://localhost" }, transport = function(request)
        pages = pages + 1
        return answer(request, pages)
      end })
    local most, sum = 0, 0
    for account, id in rs:map(rs.accounts:list(), function(account)
      return tonumber(account.id)
    end) do
      sum = sum + id
      if id % 500 == 0 then
        collectgarbage()
        most = math.max(most, collectgarbage("count"))
      end
      if id == count then
        break
      end
      assert.equal("CLOUD", account.type)
    end
    collectgarbage()
    return most, sum
  end

  it("takes no more memory than over few", function()
    local few = peak_of(1000)
    local most, sum = peak_of(20000)
    assert.equal(20000 * 20001 / 2, sum)
    assert.is_true(most - few < 200)
  end)
end)
