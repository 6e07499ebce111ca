--- state_spec.lua - what a state's file survives, and what it costs
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local file = require("spec.support.file")
local in_process = require("spec.support.in_process")
local sandbox = require("rackspace").sandbox
local support = require("spec.sandbox.support")

local ticket = { accountId = "10101", subject = "S", category = "Incident",
  subcategory = "Other" }

describe("a state's file", function()
  local folder, path, boxes

  before_each(function()
    folder = file.folder()
    path, boxes = folder .. "/state", {}
  end)

  after_each(function()
    for _, box in ipairs(boxes) do
      box.sandbox:close()
    end
    file.clean()
  end)

  local function start(options)
    options = options or {}
    options.state, options.limits = path, false
    boxes[#boxes + 1] = in_process.start(options)
    return boxes[#boxes]
  end

  --- Ends the last sandbox; a kill would leave the same file.
  local function stop()
    boxes[#boxes].sandbox:close()
  end

  local function refusal()
    local box, message = sandbox{ state = path }
    assert.is_nil(box)
    return message:match("^the state can't be used: (.*)$"):sub(#path + 3)
  end

  --- A file with four lines: the state, a log-in, two new tickets.
  local function make()
    local box = start()
    for _ = 1, 2 do
      assert.equal(200, box:ask("demo", "POST", "/tickets", ticket).status)
    end
    stop()
    local lines = {}
    for line in support.read(path):gmatch("[^\n]*\n") do
      lines[#lines + 1] = line
    end
    assert.equal(4, #lines)
    return lines
  end

  local function total()
    return start():get("demo", "/tickets").total
  end

  it("is locked against a second sandbox, and let go at its end", function()
    start()
    local taken = "another sandbox uses it; close that one, or take another file"
    assert.equal(taken, refusal())
    local code, out, complaint = support.run("sandbox --state " .. path)
    assert.same({ 1, "", ("rackspace: the state can't be used: %s: %s\n"):format(
      path, taken) }, { code, out, complaint })
    stop()
    start()
  end)

  it("is let go by a sandbox that is killed, with every change", function()
    local box = assert(support.serve("--limits off --state " .. path))
    box.token = support.token(box)
    for _ = 1, 3 do
      assert.equal(200, box:get("/tickets", "-H", "Content-Type: application/json",
        "-d", '{"accountId":"10101","subject":"S","category":"Incident",' ..
        '"subcategory":"Other"}').status)
    end
    assert.is_truthy(sandbox{ state = path } == nil)
    box:signal("KILL")
    box:finish()
    local second = start()
    second.tokens.demo = box.token
    assert.equal(9, second:get("demo", "/tickets").total)
  end)

  it("grows by as much at each change, the first and the thousandth", function()
    local box = start()
    box:log_in("demo")
    local id = box:ask("demo", "POST", "/tickets", ticket).value.ticketId
    local function growth(fn)
      local before = core.file.size(path)
      fn()
      return core.file.size(path) - before
    end
    local function log_in()
      box:log_in("demo")
    end
    local function comment()
      assert.equal(204, box:ask("demo", "POST", ("/tickets/%s/comments"):format(id),
        { comment = { text = "C" } }).status)
    end
    local first, first_comment = growth(log_in), growth(comment)
    for _ = 1, 998 do
      log_in()
      comment()
    end
    assert.is_true(math.abs(growth(log_in) - first) <= 8)
    assert.is_true(math.abs(growth(comment) - first_comment) <= 32)
    stop()
    local again = start():get("demo", "/tickets/" .. id)
    assert.equal(1000, #again.comments)
  end)

  it("is written anew when it has doubled", function()
    local box = start()
    local text = ("x"):rep(60000)
    local id = box:ask("demo", "POST", "/tickets", ticket).value.ticketId
    local largest, lines = 0, 0
    for _ = 1, 40 do
      for _, status in ipairs{ "Solved", "In Progress" } do
        box:ask("demo", "PATCH", "/tickets/" .. id, { status = status })
      end
      box.sandbox.store:keep({ "customers", "x" }, { name = text })
      largest = math.max(largest, core.file.size(path))
    end
    for _ in support.read(path):gmatch("\n") do
      lines = lines + 1
    end
    assert.is_true(largest < 1200000)
    assert.is_true(lines < 80)
    stop()
    assert.equal(text, start().sandbox.store.customers.x.name)
  end)

  it("loses a last line that was cut short, and says so", function()
    local lines = make()
    local whole = table.concat(lines, "", 1, 3)
    for _, rest in ipairs{ lines[4]:sub(1, -2), lines[4]:sub(1, 5), "\0\0\0\0",
      lines[4]:sub(1, 30) .. "\n", "{}\n" } do
      support.write(path, whole .. rest)
      local box = start()
      assert.equal(whole, support.read(path))
      assert.equal(7, box:get("demo", "/tickets").total)
      assert.equal(path .. ": line 4 was cut short as it was written, and is " ..
        "left out", box.sandbox.store.torn)
      stop()
    end
    support.write(path, whole)
    assert.equal(7, total())
    assert.is_nil(boxes[#boxes].sandbox.store.torn)
  end)

  it("has the program tell of a line that was cut short", function()
    local lines = make()
    support.write(path, table.concat(lines):sub(1, -9))
    local box = assert(support.serve("--state " .. path))
    local code, _, complaint = box:finish()
    assert.same({ 0, "rackspace: " .. path .. ": line 4 was cut short as it was " ..
      "written, and is left out\n" }, { code, complaint })
  end)

  it("is refused where it is damaged before its end, and left as it is", function()
    local lines = make()
    local function with(number, line)
      local copy = {}
      for i, one in ipairs(lines) do
        copy[i] = i == number and line or one
      end
      return table.concat(copy)
    end
    local cases = {
      { 1, lines[1]:sub(1, -2) }, { 1, (lines[1]:gsub('"moved":0', '"moved":9')) },
      { 1, lines[1]:sub(1, 40) .. "\n" }, { 2, (lines[2]:gsub("demo", "damo")) },
      { 2, "\n" }, { 3, lines[2] },
      { 2, lines[3] }, { 3, (lines[3]:gsub("Incident", "incident", 1)) },
    }
    for _, case in ipairs(cases) do
      local text = with(case[1], case[2])
      support.write(path, text)
      assert.equal(("line %d is damaged"):format(case[1]), refusal())
      assert.equal(text, support.read(path))
    end
    support.write(path, with(3, ""))
    assert.equal(6, total()) -- a last line that does not follow
    stop()
    support.write(path, with(2, ""))
    assert.equal("line 2 is damaged", refusal())
  end)

  it("is refused where its version is another", function()
    local lines = make()
    for _, text in ipairs{ '{"rackspace_sandbox_state":2}',
      (lines[1]:gsub("state\":1", "state\":2")) } do
      support.write(path, text)
      assert.equal("it is a state of version 2, and this sandbox reads version 1",
        refusal())
      assert.equal(text, support.read(path))
    end
  end)

  it("is refused where it can't be written, before anything is served", function()
    make()
    local text = support.read(path)
    file.run("chmod 400 '%s'", path)
    local code, _, complaint = support.run("sandbox --state " .. path ..
      " --with-stdin")
    if not complaint:find("Permission denied", 1, true) then
      assert.equal(0, code) -- root may write it
    end
    file.run("chmod 600 '%s'", path)
    assert.equal(text, support.read(path))
  end)

  it("may be full: that is answered with 507, and goes on with room", function()
    local box = assert(support.serve("--limits off --state " .. path))
    local function limit(bytes)
      support.output(("prlimit --pid $(cat %s/pid) --fsize=%s: 2>&1"):format(
        box.folder, bytes))
    end
    box.token = support.token(box)
    local function add()
      return box:get("/tickets", "-H", "Content-Type: application/json",
        "-d", '{"accountId":"10101","subject":"S","category":"Incident",' ..
        '"subcategory":"Other"}')
    end
    local id = support.jq(add().body, ".ticketId")
    local text = support.read(path)
    limit(#text + 10)
    for _ = 1, 2 do
      local refused = add()
      assert.equal(507, refused.status)
      assert.is_truthy(refused.body:gsub("\\/", "/"):find("can't be kept: " ..
        path .. ": File too large", 1, true), refused.body)
      assert.equal(text, support.read(path))
      assert.equal("7", box:read("/tickets", ".total"))
      assert.equal(id, box:read("/tickets/" .. id, ".ticketId"))
    end
    assert.equal(507, support.curl("-X", "POST", box.url .. "/sandbox/revoke").status)
    assert.equal(507, support.curl("-H", "Content-Type: application/json", "-d",
      '{"auth":{"passwordCredentials":{"username":"second","password":' ..
      '"second-Passw0rd"}}}', box.url .. "/v2.0/tokens").status)
    limit("unlimited")
    assert.equal(200, add().status)
    assert.equal("8", box:read("/tickets", ".total"))
    box:signal("KILL")
    box:finish()
    local again = start()
    again.tokens.demo = box.token
    assert.equal(8, again:get("demo", "/tickets").total)
  end)

  it("is whole where an interrupt came behind a write", function()
    local box = start()
    local journal = box.sandbox.store.journal
    box:log_in("demo")
    box.sandbox.store.journal = setmetatable({
      append = function(_, line)
        journal:append(line)
        error("interrupted", 0)
      end,
    }, { __index = function(_, name)
      return function(_, ...)
        return journal[name](journal, ...)
      end
    end })
    assert.has_error(function() box:log_in("demo") end, "interrupted")
    box.sandbox.store.journal = journal
    local token = box:log_in("demo")
    box:log_in("demo")
    stop()
    local again = start()
    again.tokens.demo = token
    assert.equal(6, again:get("demo", "/tickets").total)
  end)

  it("keeps the file of an upload, the old one where the new one isn't kept", function()
    local store = start().sandbox.store
    local function upload()
      local new = assert(store:new_file())
      store:set_upload("u", { file = store:name_of(new), filename = "f" })
      return new
    end
    store:keep({ "uploads", "u" }, { filename = "f" })
    local first = upload()
    assert.is_true(store:commit())
    local second = upload()
    assert.is_true(store:commit())
    assert.is_nil(core.file.kind(first))
    os.remove(path)
    local third = upload()
    assert.is_nil((store:commit()))
    assert.is_nil(core.file.kind(third))
    assert.equal(second, store:path_of(store.uploads.u.file))
    assert.equal("file", core.file.kind(second))
  end)

  it("is no longer written once the sandbox is closed", function()
    local box = start()
    box.sandbox:close()
    local text = support.read(path)
    assert.equal(507, box:send("POST", "/v2.0/tokens",
      { ["content-type"] = "application/json" }, '{"auth":{"passwordCredentials":' ..
      '{"username":"demo","password":"demo-Passw0rd"}}}').status)
    assert.equal(text, support.read(path))
  end)
end)
