--- 63-work-in-c_spec.lua - limits hold for functions of Lua that are written in C
-- SPDX-License-Identifier: MIT
local confined = require("spec.support.confined")

-- Each of these outlived its limits: no hook runs inside a function in C, and
-- what pcall or a coroutine caught went on.
local endless = {
  [[("x"):rep(1e6):gsub(".-y", "")]],
  [[("a"):rep(30000):find(("a*"):rep(30) .. "b")]],
  [[("ab"):rep(1e5):match("(.-)(.-)(.-)c")]],
  [[for _ in ("a"):rep(1e6):gmatch(".-b") do end]],
  [[("("):rep(1e6):find("%b()")]],
  [[("a"):rep(1e6):find(("a"):rep(5e5) .. "b", 1, true)]],
  [[local s = ("x"):rep(1e7) while true do s:upper():reverse():lower() end]],
  [[local s = ("\0"):rep(1e6) while true do local _ = s .. "a" < s .. "b" end]],
  [[local s = ("x"):rep(1e6) while true do string.format("%s%s", s, s) end]],
  [[local t = {} for i = 1, 1e4 do t[i] = i % 77 end
    while true do table.sort(t) end]],
  [[local t = {} for i = 1, 1e5 do t[i] = i end
    while true do table.concat(t, ",") end]],
  [[local t = {} for i = 1, 1e5 do t[i] = i end
    while true do table.insert(t, 1, 0) table.remove(t, 1) end]],
  [[while true do pcall(string.rep, "x", 1e9) end]],
  [[local s = ("x = 1 "):rep(1e5) while true do load(s) end]],
  [[while true do local _ = ("x"):rep(1e7) end]],
  [[local unpack, t = table.unpack or unpack, {}
    for i = 1, 7000 do t[i] = 1e308 end
    while true do ("%.99f"):rep(7000):format(unpack(t)) end]],
  [[local t = {} for _ = 1, 90 do t = setmetatable({}, { __index = t }) end
    while true do local _ = t.x end]],
  [[local mt = {} mt.__call = setmetatable({}, mt)
    while true do pcall(setmetatable({}, mt)) end]],
  [[local function f() while true do end end
    while true do pcall(coroutine.wrap(function() pcall(f) end)) end]],
  [[local c = coroutine.create(function() while true do end end)
    coroutine.resume(c) while true do end]],
  [[local s, t
    local c = coroutine.wrap(function()
      coroutine.yield() -- goes on when the strings are there
      while true do if s < t then end end
    end)
    c() s = ("\0"):rep(1e6) t = s .. "b" c()]],
}

-- What is refused at once.
local refused = {
  [[assert((""):rep(1e18) == "")]], [[("x"):rep(1e10)]],
  [[table.concat(setmetatable({}, { __len = function() return 1e15 end }))]],
  [[local n = table.unpack or unpack n({}, 1, 1e9)]],
  [[os.date(("%c"):rep(1e6))]],
  [[("%q"):format(("\1"):rep(1e8))]],
  [[("a"):find(("[a]"):rep(2e7))]],
  [[if string.pack then string.packsize("c99999999999") end]],
  [[local function f() return (("x"):gsub("x", f)) end f()]],
  [[local function f() coroutine.wrap(f)() end f()]],
  [[local s, t = ("x"):rep(1e6), {} for i = 1, 1e3 do t[i] = s end host(t)]],
  [[local t = {} for i = 1, 1e5 do t = { t } end host(t)]],
  [[for i = 1, 1e5 do print(("x"):rep(1000)) end]],
  [[local s, t = ("1"):rep(4e6), {} for i = 1, 7000 do t[i] = s end
    local unpack = table.unpack or unpack math.max(unpack(t))]],
  [[local s, t = ("1"):rep(4e6), {} for i = 1, 7000 do t[i] = s end
    local unpack, b = table.unpack or unpack, bit32 or bit or math
    (b.band or b.min)(unpack(t))]],
}

--- Runs the scripts in one process.
-- @return a list with, for each script, `text`, what it and its error printed,
--   and `seconds`, those of the processor that it took
local function run(scripts, options)
  local clock = [[print(("clock %.3f"):format(os.clock()))]]
  local all, results, before = { clock }, {}, nil
  for _, script in ipairs(scripts) do
    all[#all + 1] = script
    all[#all + 1] = clock
  end
  local printed = confined.run(options, all)
  for text, now in printed:gmatch("(.-)clock ([%d.]+)\nok\n") do
    results[#results + 1] = before and { text = text, seconds = now - before }
    before = now
  end
  assert.equal(#scripts, #results, printed:sub(-1000))
  return results
end

describe("a limit", function()
  it("of time ends work in C", function()
    for i, result in ipairs(run(endless, "seconds=0.05 memory=48000000")) do
      assert.matches("^refused: .*used up its time", result.text, endless[i])
      assert.is_true(result.seconds < 1, endless[i])
    end
  end)

  it("of instructions ends work in C", function()
    local options = "instructions=1000000 memory=48000000"
    for i, result in ipairs(run(endless, options)) do
      assert.matches("^refused: .*used up its instructions", result.text,
        endless[i])
      assert.is_true(result.seconds < 1, endless[i])
    end
  end)

  it("has company: what is too large is refused", function()
    for i, result in ipairs(run(refused, "seconds=20")) do
      assert.is_true(result.seconds < 1, refused[i])
    end
  end)
end)

describe("a confined script", function()
  -- These keys collide in Lua 5.4: to move 32,768 of them into a larger table
  -- takes longer than this run may.
  it("has no table that takes longer to fill than a run lasts", function()
    local script = "local t = {} for i = 1, %d do t[i * 65535] = i end"
    assert.equal("memory: not enough memory: a table has at most 32768 keys " ..
      "in a run of this time\n", confined.run("seconds=1", {
      script:format(1e5) }))
    assert.equal("ok\n", confined.run("seconds=1", { script:format(3e4) }))
  end)

  -- Each weak table keeps the key of another one, in an order by chance: one
  -- step of the collector goes over all of them as often as there are tables.
  it("has no tables that the collector takes longer for than a run lasts", function()
    local result = run({ [==[
      local n, mt, weak, order, x = 3e4, { __mode = "k" }, {}, {}, 1
      for i = 1, n do weak[i], order[i] = setmetatable({}, mt), i end
      for i = n, 2, -1 do
        x = x * 16807 % 2147483647
        local j = x % i + 1
        local other = order[j] order[j] = order[i] order[i] = other
      end
      local key = {}
      weak.first = key
      for i = 1, n do
        local next_key = {}
        local at = order[i] weak[at][key] = next_key key = next_key
      end
      key = nil
      while true do weak.last = {} end]==] }, "seconds=1")[1]
    assert.matches("^refused: .*used up its time", result.text)
    assert.is_true(result.seconds < 2, result.seconds)
  end)

  it("writes no more numbers at one stroke than it has time for", function()
    local printed = confined.run("", { [[
      local t = {} for i = 1, 1.1e6 do t[i] = 1e308 end table.concat(t)]],
      [[assert(#table.concat({ 1, 2.5, "x" }, ",") == 7)]] })
    assert.matches("^script: .*too large.*\nok\n$", printed)
  end)

  it("reads numbers from strings, as Lua does", function()
    assert.equal("ok\nok\n", confined.run("", { [[
      assert(math.abs("-3") == 3 and "10" + 1 == 11 and math.floor("2.5") == 2)
      assert(not pcall(function() return "x" + 1 end))
      assert(not pcall(math.max) and math.pi > 3 and -"2" == -2)]], [[
      local n = "1" .. ("0"):rep(300) assert(math.abs(n) == 1e300)]] }))
  end)

  it("has random numbers, whose state math.random keeps", function()
    assert.equal("ok\n", confined.run("", { [[
      math.randomseed(42)
      local a, b, c = math.random(), math.random(10), math.random(5, 6)
      assert(a >= 0 and a < 1 and b >= 1 and b <= 10 and c >= 5 and c <= 6)
      math.randomseed(42)
      assert(a == math.random())]] }))
  end)

  it("may use what is not a number as a position", function()
    local printed = confined.run("instructions=1000000", { [[
      local s, n = "abc", 0/0
      for _, i in ipairs{ n, 1/0, -1/0, 2^63, -2^63, 2^53, 1.5 } do
        for _, name in ipairs{ "find", "match", "gmatch", "sub", "byte", "rep",
            "gsub", "unpack" } do
          if string[name] then
            pcall(string[name], s, "b", i) pcall(string[name], s, i, i)
            pcall(string[name], s, "b", "c", i)
          end
        end
        pcall(table.concat, {}, "", i, i) pcall(table.unpack or unpack, {}, i, i)
        pcall(table.remove, {}, i) pcall(table.insert, {}, i, 1)
      end
      while true do end]] })
    assert.matches("^refused: .*used up its instructions", printed)
  end)

  it("makes no error of the host's kinds", function()
    for _, script in ipairs{ [[error{ kind = "memory", message = "x" }]],
        [[error{ kind = "refused", message = "x", status = 404 }]],
        [[error("not enough memory")]],
        [[error(setmetatable({}, { __tostring = function()
          return { kind = "memory", message = "x" } end }))]],
        [[local _, _, e = rs.accounts:get("CLOUD/1") error{ kind = e.kind,
          message = e.message }]] } do
      assert.matches("^script: ", confined.run("", { script }))
    end
    assert.matches("^not_found: ", confined.run("", { [[
      local _, _, e = rs.accounts:get("CLOUD/1") e.kind = "memory" error(e)]] }))
  end)

  it("finds nothing that another one has left", function()
    assert.equal("ok\nok\n", confined.run("", { [[
      x = 1 string.format = nil rawset(rs, "accounts", 1) host = nil]], [[
      assert(not x and string.format and rs.accounts.get and host(1)[1] == 1)
      ]] }))
  end)
end)
