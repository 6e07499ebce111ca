--- torture.lua - every allocation fails once, on the way to two pages
-- SPDX-License-Identifier: MIT
-- A script of spec/c/torture.c. Its argument: every how many-th allocation is
-- let fail (1: each). Each fails alone (with the second try that Lua makes),
-- and with all that come after it.
local torture = _G.torture
local rackspace = require("rackspace")
local sandbox = require("spec.support.sandbox")

local stride = tonumber((...) or 1)
local pools = { "c", "lua" }
local widths = { 2, 0 }

local points, tolerated = 0, 0

-- What is done in a state of its own, from its first byte on.
local opening = [[
  for name in pairs(package.loaded) do -- 5.1 marks what could not be loaded
    if name:find("^rackspace") or name:find("^cjson") then
      package.loaded[name] = nil
    end
  end
  local core = require("rackspace.core")
  local json = require("rackspace.base.json")
  assert(core.url.expand("/a/{b}", { b = "c d" }) == "/a/c%20d")
  assert(core.url.split("https://a.example/b").host == "a.example")
  assert(core.url.same_origin("https://a.example/b", "https://a.example/"))
  assert(core.challenge("A b='c'").parameters.b == "c")
  assert((core.secret("ab") .. "c"):quoted():reveal() == '"abc"')
  assert(core.time("2015-04-21T18:00:00Z") == 1429639200)
  assert(core.signature("a", "b", "c", "d"))
  assert(json.encode(json.decode('{"a":[],"b":[1,{}]}')) == '{"a":[],"b":[1,{}]}')
  local cursor = core.cursor("limit=2")
  assert(cursor:follow_link("?marker=1") and cursor:query() == "marker=1")
  assert(core.client()):close()
]]

--- Tells of a point that did not go as it must.
local function check(holds, target, pool, width, at, ...)
  if not holds then
    local texts = { target, pool, width, at }
    for i = 1, select("#", ...) do
      texts[#texts + 1] = tostring((select(i, ...)))
    end
    error(table.concat(texts, " "), 0)
  end
end

local function collect()
  collectgarbage()
  collectgarbage()
end

--- Calls point(at) from the first allocation to where none fails any more.
local function every_point(target, pool, width, point)
  local at, before = 1, points
  while point(at) do
    points = points + 1
    at = at + stride
  end
  print(("%s, %s, %s: %d points"):format(target, pool == "c" and "our C" or "Lua",
    width == 0 and "and all after it" or "alone", points - before))
  io.flush()
end

local function torture_opening(pool, width)
  every_point("opening", pool, width, function(at)
    local failed, first, second, blocks, bytes = torture.fresh(pool, at, width, opening)
    check(second and blocks == 0 and bytes == 0, "opening", pool, width, at, first, second, blocks,
      bytes)
    check(not first or failed == 0 or width > 0, "opening", pool, width, at, "no error")
    tolerated = tolerated + (first and failed > 0 and 1 or 0)
    return failed > 0
  end)
end

--- The ids of two pages, or nil and what went wrong.
local function walk(rs)
  local list, message, err = rs.accounts:list({ limit = 3 }):totable(6)
  if not list then
    return nil, message, err
  end
  local ids = {}
  for i, account in ipairs(list) do
    ids[i] = account.id
  end
  return table.concat(ids, " ")
end

--- One point of a walk: whether any allocation failed. The walk fails or is
-- what it should be; with memory again, the same session walks.
local function walk_point(name, open, wanted, pool, width, at)
  local rs
  local failed, returned, ids, message, err = torture.run(pool, at, width, function()
    rs = open()
    return walk(rs)
  end)
  if returned and ids then
    check(ids == wanted, name, pool, width, at, ids)
    tolerated = tolerated + (failed > 0 and 1 or 0)
  else
    check(failed > 0, name, pool, width, at, ids, message)
    check(not returned or type(message) == "string" and type(err) == "table", name, pool, width, at)
  end
  if rs then
    local ok, again, problem = pcall(walk, rs)
    if not ok then -- what was lost is told to who asks next
      check(again == "not enough memory", name, pool, width, at, again)
      ok, again, problem = pcall(walk, rs)
    end
    check(ok and again == wanted, name, pool, width, at, "then", again, problem, "after", ids,
      message)
    rs:close()
  end
  collectgarbage() -- after failures in the midst of it, Lua's own may stand still
  return failed > 0
end

--- What the state and the C sources hold when all that can go has gone.
local function holdings()
  collect()
  return torture.blocks(), collectgarbage("count"), torture.descriptors()
end

local function torture_walk(name, open)
  local wanted = assert(walk(open()))
  for _ = 1, 3 do
    walk_point(name, open, wanted, "c", 0, 1e9)
  end
  local blocks, kilobytes, files = holdings()
  for _, pool in ipairs(pools) do
    for _, width in ipairs(widths) do
      every_point(name, pool, width, function(at)
        return walk_point(name, open, wanted, pool, width, at)
      end)
    end
  end
  local blocks_after, kilobytes_after, files_after = holdings()
  check(blocks_after == blocks and files_after == files and kilobytes_after < kilobytes + 256,
    name, "blocks, descriptors, kilobytes:", blocks, blocks_after, files, files_after, kilobytes,
    kilobytes_after)
end

for _, pool in ipairs(pools) do
  for _, width in ipairs(widths) do
    torture_opening(pool, width)
  end
end
local opened = points
local box = require("rackspace").sandbox{ accounts = 9, limits = false }
torture_walk("sandbox", function()
  box:revoke() -- so that what it keeps does not grow
  return assert(rackspace.new{ sandbox = box })
end)
local in_process = points - opened
local served = sandbox.start("--accounts 9 --limits off")
torture_walk("sockets", function() return assert(rackspace.new(served:settings())) end)
served:close()
print(("%d points: %d in a new state, %d with the sandbox inside, %d over sockets; %d were borne")
  :format(points, opened, in_process, points - opened - in_process, tolerated))
