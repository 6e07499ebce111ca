--- report_spec.lua - `rackspace report`: all accounts on one page of HTML
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local file = require("spec.support.file")
local judge = require("spec.support.judge")
local rackspace = require("rackspace")
local report = require("rackspace.report")
local sandbox = { new = require("rackspace").sandbox }
local service = require("spec.support.sandbox")
local stub = require("spec.support.stub")
local support = require("spec.sandbox.support")

local quote = support.quote

--- Runs the program: its exit code and both its outputs.
local function run(folder, arguments)
  local status = support.output(("%s %s >%s/out 2>%s/err </dev/null; echo $?"):format(
    quote(support.program), arguments, folder, folder))
  return tonumber(status), support.read(folder .. "/out"), support.read(folder .. "/err")
end

describe("a report", function()
  local folder

  before_each(function()
    folder = file.folder()
  end)

  after_each(function()
    service.close_all()
    file.clean()
  end)

  it("is a page about the accounts that there are, for its owner alone", function()
    local box = sandbox.new{ accounts = 120 }
    local rs = assert(rackspace.new{ sandbox = box })
    local path = folder .. "/page.html"
    assert.is_true(report.write(rs, { path = path }))
    rs:close()
    local html = support.read(path)
    judge.html(html)
    assert.equal(tonumber("600", 8), core.file.mode(path))
    assert.equal("120accounts", judge.find(html, "string(//li[1])"))
    assert.equal("120", judge.find(html, "count((//table)[last()]/tbody/tr)"))
    assert.equal("All accounts: 120", judge.find(html, "string((//caption)[last()])"))
    assert.equal("MyRackspaceAcct", judge.find(html,
      "string((//table)[last()]/tbody/tr[td[2]='10101']/td[3])"))
    assert.is_nil(html:gsub('xmlns="http://www.w3.org/2000/svg"', ""):find("https?://"))
    assert.equal("1", judge.find(html, "count(//script)"))
    local ids, seen = 0, {}
    for id in html:gmatch(' id="([^"]*)"') do
      assert.is_nil(seen[id])
      ids, seen[id] = ids + 1, true
    end
    assert.is_true(ids >= 10)
  end)

  it("takes nothing that an account holds for markup", function()
    local evil = [[</td></table><script>alert(1)</script><img src=x onerror="alert(2)">]]
    local rs = stub.session(function(request)
      if request.url:find("/contacts", 1, true) then
        return stub.reply(200, { contact = {} })
      elseif request.url:find("/metadata", 1, true) then
        return stub.reply(200, { metadata = { [evil] = evil } })
      elseif request.url:find("/tickets", 1, true) then
        return stub.reply(200, { total = 1, tickets = { { ticketId = evil, subject = evil,
          status = evil, severity = evil, accountId = evil, createdAt = evil } } })
      end
      return stub.reply(200, { customerAccount = { { type = evil, id = evil, name = evil,
        status = evil, serviceLevel = evil, rcn = evil } } })
    end, { endpoints = { ticketing = "http://localhost", customer = "http://localhost",
      identity = "http://localhost/v2.0" } })
    assert(report.write(rs, { path = folder .. "/page.html" }))
    local html = support.read(folder .. "/page.html")
    judge.html(html)
    assert.equal("1", judge.find(html, "count(//script)"))
    assert.equal("0", judge.find(html, "count(//img)"))
    assert.equal(evil, judge.find(html, "string((//table)[last()]/tbody/tr/td[2])"))
    assert.truthy(html:find("reason: an account has a type that contains a slash", 1, true))
  end)

  it("is made by the program, which says what went wrong", function()
    local code, out, err = run(folder, "report --sandbox --max 30 -o " ..
      quote(folder .. "/a.html"))
    assert.same({ 0, "", "" }, { code, out, err })
    judge.html(support.read(folder .. "/a.html"))
    code, out, err = run(folder, "report --sandbox --max=7")
    assert.same({ 0, "" }, { code, err })
    assert.equal("7accounts", judge.find(out, "string(//li[1])"))
    code, out, err = run(folder, "report --sandbox -o /dev/null/x")
    assert.same({ 1, "", "rackspace: /dev/null/x: Not a directory\n" }, { code, out, err })
    code, out, err = run(folder, "report --wrong")
    assert.same({ 2, "", "rackspace: report has no option '--wrong'\n" ..
      "try: rackspace report --help\n" }, { code, out, err })
    code, out = run(folder, "report --help")
    assert.equal(0, code)
    assert.truthy(out:find("rackspace report", 1, true))
    code, out, err = run(folder, "report --sandbox=http://127.0.0.1:1 -o " ..
      quote(folder .. "/b.html"))
    assert.same({ 6, "" }, { code, out }) -- as calls do that get no connection
    assert.truthy(err:find("^rackspace: "))
    assert.is_nil(io.open(folder .. "/b.html"))
    code, out, err = run(folder, "report -o " .. quote(folder .. "/b.html"))
    assert.same({ 3, "" }, { code, out })
    assert.truthy(err:find("\ntry: rackspace login (keeps credentials)", 1, true))
  end)

  it("leaves no file when it can't be finished", function()
    local rs = stub.session(function(request)
      if request.url:find("/metadata", 1, true) then
        return stub.reply(401, { message = "no" })
      elseif request.url:find("/contacts", 1, true) then
        return stub.reply(200, { contact = {} })
      end
      return stub.reply(200, { customerAccount = { { type = "CLOUD", id = "1" } } })
    end)
    local done, message, err = report.write(rs, { path = folder .. "/page.html" })
    assert.is_nil(done)
    assert.truthy(message:find("401 no", 1, true))
    assert.equal("auth", err.kind)
    assert.equal("", support.output("ls -A " .. quote(folder)))
  end)

  it("leaves no file when it is interrupted", function()
    local box = service.start()
    box:control("POST", "faults", '{ "operation": "accounts.list", "skip": 1, "delay": 3600 }')
    local job = support.start(("%s report --sandbox=%s -o %s/page.html"):format(
      quote(support.program), box.url, quote(folder)))
    child.wait_until(function()
      return box:control("GET", "counts")["accounts.list"]
    end, "the beginning of the report")
    assert.not_equal("", support.output("ls -A " .. quote(folder)))
    job:signal("INT")
    assert.same({ 130, "", "rackspace: interrupted\n" }, { job:finish() })
    assert.equal("", support.output("ls -A " .. quote(folder)))
  end)

  it("shows on a terminal how far it is, and then where the report is", function()
    local command = ("%s report --sandbox --max 40 -o %s/page.html"):format(
      quote(support.program), folder)
    local said = support.output(("script -qec %s /dev/null </dev/null"):format(
      quote(command)))
    assert.truthy(said:find("^\r1 accounts"))
    assert.is_nil(said:find("\27"))
    assert.equal(("\rthe report is in %s/page.html\r\n"):format(folder),
      said:match(" +(\rthe[^\r]*\r\n)$"))
  end)

  it("takes no more memory for two thousand accounts than for three hundred", function()
    local peaks = {}
    for i, accounts in ipairs{ 300, 2000 } do
      local rs = assert(rackspace.new{ sandbox = sandbox.new{ accounts = accounts } })
      local peak = 0
      assert(report.write(rs, { path = folder .. "/page.html", progress = function(text)
        if text:find("00 ") then
          collectgarbage()
          peak = math.max(peak, collectgarbage("count"))
        end
      end }))
      rs:close()
      peaks[i] = peak
    end
    assert.is_true(core.file.size(folder .. "/page.html") > 320000)
    assert.is_true(peaks[2] < peaks[1] + 512, table.concat(peaks, " "))
  end)
end)
