--- terminal_spec.lua - the prompt as a person meets it, keys and screen
-- SPDX-License-Identifier: MIT
local columns = require("spec.support.columns")
local rackspace = require("rackspace")
local support = require("spec.sandbox.support")
local terminal = require("spec.support.terminal")
local timeline = require("rackspace.picture.timeline")

local open

--- A terminal that is closed after the spec.
local function start(options)
  open = terminal.open(options)
  return open
end

local function in_sandbox(options)
  options = options or {}
  options.arguments = "--sandbox " .. (options.arguments or "")
  local term = start(options)
  term:await("sandbox 1>", true)
  return term
end

--- The lines of a screen from the one that begins with a text.
local function from(screen, text)
  return screen:sub((assert(screen:find(text, 1, true), screen)))
end

after_each(function()
  if open then
    open:close()
    open = nil
  end
end)

describe("the prompt, on a terminal", function()
  it("begins with a session, and shows a list as the terminal is wide",
    function()
      local term = in_sandbox()
      term:enter("rs.accounts:list()")
      local screen = term:await("sandbox 2>", true)
      local shown = from(screen, "id   ")
      columns.assert_fit(shown, 80)
      local rows = columns.read(shown:match("^(.-\n)…"))
      assert.equal(20, #rows)
      assert.same({ "10101", "CLOUD", "MyRackspaceAcct", "Active" },
        { rows[1].id, rows[1].type, rows[1].name, rows[1].status })
      assert.matches("東京 Logistics +Active\n", shown)
      assert.is_truthy(screen:find("… 20 so far. more goes on\nalso: number, ", 1, true))
    end)

  it("tells in red of a failed call whose result is kept", function()
    local term = in_sandbox()
    term:enter('a = rs.accounts:get("CLOUD/99")')
    local screen = term:await("found (request", false)
    assert.matches('a = rs.accounts:get%("CLOUD/99"%)\naccounts.get: 404 Customer account not ' ..
      "found", screen)
    assert.matches("\27%[%d*;?31m", term:colours())
    term:enter("for i = 1, 12 do local b = rs.accounts:get('CLOUD/9' .. i) end")
    screen = term:await("… and 2 more calls of this line failed\nsandbox 1>", true)
    local _, count = screen:gsub("accounts.get: 404", "")
    assert.is_true(count >= 10, screen)
  end)

  describe("with a session that is LIVE", function()
    local term

    local function live(arguments)
      term = start{ arguments = arguments }
      term:await("no session 1>", true)
      term:enter('n, rs = 0, rackspace.new{ token = "t", email = { user_key = "u", secret_key ' ..
        '= "s" }, transport = function() n = n + 1 return { status = 200, body = "{}", ' ..
        "headers = {} } end }")
      term:await("a token LIVE 1>", true)
    end

    it("asks before something is deleted", function()
      live("")
      term:enter("rs.email_customers:delete(10042)")
      term:await("email_customers.delete 10042: this deletes it, LIVE. Go on? [y/N, a", false)
      term:enter("")
      term:await("email_customers.delete: not confirmed, nothing was sent", false)
      term:await("LIVE 2>", true)
      term:enter("n, 'sent'")
      term:await("0       sent\na token LIVE 3>", true)
      term:enter('ok = rs.email_customers:delete("10042")')
      term:await_match("2: this deletes it, LIVE. Go on%? %[y/N, a for all[^\n]*\n?[^\n]*%]$")
      term:enter("y")
      term:await("LIVE 3>", true)
      term:enter("n, ok")
      term:await("1       true\na token LIVE 4>", true)
    end)

    it("asks once for all of a line that says so, and again in the next", function()
      live("")
      term:enter("for i = 1, 3 do rs.email_customers:delete(i) end")
      term:await("email_customers.delete 1: this deletes it", false)
      term:await_match("%]$")
      term:enter("a")
      term:await("LIVE 1>", true)
      term:enter("n")
      term:await("3\na token LIVE 2>", true)
      term:enter("rs.email_customers:delete(4)")
      term:await("email_customers.delete 4: this deletes it", false)
      term:press("C-c")
      term:await("not confirmed, nothing was sent", false)
    end)

    it("does not ask by --yes, nor in a sandbox", function()
      live("--yes")
      term:enter("rs.email_customers:delete(10042)")
      term:await("true\na token LIVE 2>", true)
      term:enter("sandbox")
      term:await("sandbox 2>", true)
      term:enter("rs.email_customers:delete(1)")
      term:await("Not Found", false)
    end)
  end)

  it("shows more columns where there is room", function()
    local term = in_sandbox{ columns = 132 }
    term:enter("rs.accounts:list()")
    local screen = term:await("sandbox 2>", true)
    local rows = columns.read(from(screen, "id   "):match("^(.-\n)…"))
    assert.equal("RCN-123-456-789", rows[1].rcn)
  end)

  it("goes on with a list, and keeps all that was shown", function()
    local term = in_sandbox()
    term:enter("rs.accounts:list()")
    term:await("20 so far", false)
    term:enter("more")
    term:await("40 so far", false)
    term:enter("#_")
    term:await("#_\n40\nsandbox 3>", true)
    term:enter("#_1")
    term:await("#_1\n40\nsandbox 4>", true)
  end)

  it("shows one record, and the columns that are asked for", function()
    local term = in_sandbox()
    term:enter('rs.accounts:get("CLOUD/10101")')
    local screen = term:await("sandbox 2>", true)
    assert.matches("\nid +10101\n", screen)
    assert.matches("\nname +MyRackspaceAcct\n", screen)
    term:enter("show({ _, _1 }, 'rcn', 'name')")
    screen = term:await("MyRackspaceAcct\nsandbox 2>", true)
    local rows = columns.read(screen:match("(rcn +name\n.*)\nsandbox"))
    assert.same({ rcn = "RCN-123-456-789", name = "MyRackspaceAcct" }, rows[1])
    assert.same(rows[1], rows[2])
  end)

  it("completes what is typed, and lists what there is", function()
    local term = in_sandbox()
    term:type("rs.acc")
    term:press("Tab")
    term:await("sandbox 1> rs.accounts", true)
    term:type(":")
    term:press("Tab")
    term:await("sandbox 1> rs.accounts:\n"
      .. "customer_history  history           status_history\n"
      .. "get               list              timeline\n"
      .. "sandbox 1> rs.accounts:", true)
    term:type("g")
    term:press("Tab")
    term:await("sandbox 1> rs.accounts:get", true)
  end)

  it("shows a call's form after its bracket, and the ids that were seen",
    function()
      local term = in_sandbox()
      term:enter('account = rs.accounts:get("CLOUD/10101")')
      term:await('CLOUD/10101")\nsandbox 1>', true)
      term:type("rs.contacts:get")
      term:type("(")
      term:await("sandbox 1> rs.contacts:get(\nrs.contacts:get(account, contactNumber)\n"
        .. "sandbox 1> rs.contacts:get(", true)
      term:type('"CL')
      term:press("Tab")
      term:await('sandbox 1> rs.contacts:get("CLOUD/10101', true)
      term:press("C-c")
      term:await("^C\nsandbox 1>", true)
      term:type("account.serv")
      term:press("Tab")
      term:await("sandbox 1> account.serviceLevel", true)
    end)

  it("completes in the middle of a line, and of an entry of several", function()
    local term = in_sandbox()
    term:type("print(rs.acc, 1)")
    for _ = 1, 4 do
      term:press("Left")
    end
    term:press("Tab")
    term:await("sandbox 1> print(rs.accounts, 1)", true)
    term:press("C-c")
    term:await("^C\nsandbox 1>", true)
    term:enter("rs.tickets:create{")
    term:await("\n>>", true)
    term:type("subj")
    term:press("Tab")
    term:await(">> subject =", true)
  end)

  it("brings back an entry of several lines as one", function()
    local term = in_sandbox()
    term:enter("for i = 1, 2 do")
    term:await("\n>>", true)
    term:enter("print('line', i)")
    term:await(")\n>>", true)
    term:enter("end")
    term:await("2\nsandbox 1>", true)
    term:press("Up")
    term:await("sandbox 1> for i = 1, 2 do\nprint('line', i)\nend", true)
    term:press("Enter")
    term:await("end\nline    1\nline    2\nsandbox 1>", true)
  end)

  it("keeps what was typed from one run to the next, but no secret", function()
    local term = in_sandbox()
    term:enter("x = 'first'")
    term:enter("password = 'hunter22'")
    term:enter("y = 'second'")
    term:enter("x")
    term:await("first\nsandbox 2>", true)
    local path = term.folder .. "/.local/state/rackspace/history"
    assert.equal("x = 'first'\ny = 'second'\nx\n", support.read(path))
    assert.equal("600\n", support.output("stat -c %a " .. path))
    term:press("C-d")
    term:await("left with 0", true)
  end)

  it("ends a call on Ctrl-C, and leaves on two", function()
    local term = in_sandbox()
    term:enter("print('run' .. 'ning') while true do end")
    term:await("\nrunning", true)
    term:interrupt("interrupted\nsandbox 1>")
    term:enter("'alive'")
    term:await("alive\nsandbox 2>", true)
    term:type("half a line")
    term:press("C-c")
    term:await("half a line^C\nsandbox 2>", true)
    term:enter("40 + 2")
    term:await("42\nsandbox 3>", true)
    term:press("C-c", "C-c")
    term:await("left with 130", true)
  end)

  it("says that there is no user, and offers the sandbox", function()
    local term = start{}
    local screen = term:await("no session 1>", true)
    assert.is_truthy(screen:find("there are no credentials", 1, true))
    assert.is_truthy(screen:find("\n(or a password, or a token) in the arguments,", 1, true))
    assert.is_truthy(screen:find("type: sandbox", 1, true))
    term:enter("rs.accounts:list()")
    term:await(" (there is no session; type: sandbox)\nno session 1>", true)
    term:enter("sandbox")
    term:await("rs is a session of the sandbox now.\nsandbox 1>", true)
    term:enter('rs.accounts:get("CLOUD/10101").name')
    term:await("MyRackspaceAcct\nsandbox 2>", true)
  end)

  it("says where a service is that was looked for elsewhere", function()
    local term = in_sandbox()
    term:enter("acounts:list()")
    term:await("(did you mean rs.accounts?)\nsandbox 1>", true)
  end)

  it("shouts where things are real, and where nothing can be written", function()
    local term = start{ arguments = "--read-only",
      environment = "RACKSPACE_USERNAME=alice RACKSPACE_API_KEY=none12345" }
    term:await("alice LIVE READ-ONLY 1>", true)
    assert.is_truthy(term:colours():find("\27[1m\27[37m\27[41mLIVE", 1, true))
    term:enter("rs.tickets:close('1')")
    term:await("tickets.close: the session is read-only: nothing was sent\n", false)
    term:enter("_.kind")
    term:await("refused\n", false)
  end)

  it("breaks what it says between words", function()
    local term = start{ arguments = "--sandbox accounts.list --max=1" }
    assert.matches("\nalso: [^\n]+, link\n%(%-%-fields=NAMES, %-%-output=ndjson%)\nleft with 0",
      term:await("left with 0"))
    term:close()
    term = start{ arguments = "--sandbox accounts.get CLOUD/1" }
    assert.matches("^rackspace: accounts%.get: 404 Customer account not found %(request\n" ..
      "%x+%-%S+%)\nleft with 4", term:await("left with 4"))
  end)

  it("has no colours where they are not wanted", function()
    local term = in_sandbox{ environment = "NO_COLOR=1" }
    term:enter("rs.accounts:list()")
    term:await("sandbox 2>", true)
    assert.is_nil(term:colours():find("\27[1m", 1, true))
    assert.is_nil(term:colours():find("\27[32m", 1, true))
  end)

  it("does as well on a terminal that can't move its cursor", function()
    local term = in_sandbox{ term = "dumb" }
    term:enter("for i = 1, 2 do")
    term:await("\n>>", true)
    term:enter("print(i) end")
    term:await("1\n2\nsandbox 1>", true)
    term:enter("show({ { id = 1, name = 'x' } })")
    term:await("id  name\n 1  x\nsandbox 1>", true)
    assert.is_nil(term:colours():find("\27[", 1, true))
    term:press("C-d")
    term:await("left with 0", true)
  end)

  it("follows the size of its window", function()
    local term = in_sandbox()
    term:resize(132, 30)
    term:enter("rs.accounts:list()")
    local screen = term:await("26 so far", false)
    assert.is_truthy(screen:find("managed_legacy         RCN-123-456-789", 1, true))
  end)

  it("runs a script first, and has what that leaves", function()
    local path = support.write(os.tmpname(), "found = 42\nrs = { mine = true }\n")
    local term = start{ arguments = "-i " .. path }
    term:await("no session 1>", true)
    term:enter("found, rs.mine")
    term:await("42      true\nno session 2>", true)
    support.write(path, "error('broken')")
    term:close()
    term = start{ arguments = "--sandbox -i " .. path }
    assert.is_truthy(term:await("sandbox 1>", true):find("broken", 1, true))
    os.remove(path)
  end)

  it("writes what was typed as a script that runs", function()
    local term = in_sandbox()
    term:enter('account = rs.accounts:get("CLOUD/10101")')
    term:enter("account.name")
    term:enter("print('the name is ' .. _)")
    term:enter(("save(%q)"):format(term.folder .. "/session.lua"))
    term:await("saved; it runs by", false)
    local code, out, said = support.run(term.folder .. "/session.lua")
    assert.same({ 0, "the name is MyRackspaceAcct\n", "" }, { code, out, said })
    term:enter(("save(%q)"):format(term.folder .. "/run"))
    term:await("is there already", false)
  end)
end)

--- The timeline of the first account as its picture is in so many columns.
local function drawn(columns_of)
  local rs = assert(rackspace.new{ sandbox = true })
  local list = assert(rs.accounts:timeline("CLOUD/10101"))
  rs:close()
  return timeline.text(list, { account = "CLOUD/10101", width = columns_of })
end

describe("a timeline, on a terminal", function()
  it("is drawn at the prompt, as wide as that, and stays a list", function()
    local term = in_sandbox()
    term:enter('rs.accounts:timeline("CLOUD/10101")')
    term:await(drawn(80) .. "sandbox 2>", true)
    assert.is_truthy(term:colours():find("\27%[[%d;]*32m●")) -- Active is good
    term:enter("_[2].to")
    term:await("RCN-859-524-767\nsandbox 3>", true)
    term:enter("show(_1, 'what', 'to')")
    term:await("what      to\nstatus    Pending Approval\n", false)
    term:resize(132, 30)
    term:enter("_1")
    term:await(drawn(132), false)
  end)

  it("is drawn for a call from a shell too", function()
    local term = start{ arguments = "--sandbox accounts.timeline CLOUD/10101" }
    assert.equal(drawn(80) .. "left with 0", term:await("left with 0"))
    assert.is_truthy(term:colours():find("\27%[[%d;]*32m●"))
    term:close()
    term = start{ arguments = "--sandbox accounts.timeline CLOUD/10101", columns = 132 }
    term:await(drawn(132), false)
  end)

  it("has no colours where they are not wanted, or can't be", function()
    for _, options in ipairs{ { environment = "NO_COLOR=1" }, { term = "dumb" } } do
      options.arguments = "--sandbox accounts.timeline CLOUD/10101"
      local term = start(options)
      assert.equal(drawn(80) .. "left with 0", term:await("left with 0"))
      assert.is_nil(term:colours():find("\27[", 1, true))
      term:close()
    end
    local term = in_sandbox{ term = "dumb" }
    term:enter('rs.accounts:timeline("CLOUD/10101")')
    term:await(drawn(80) .. "sandbox 2>", true)
    assert.is_nil(term:colours():find("\27[", 1, true))
  end)
end)

describe("a call that takes long, on a terminal", function()
  local box

  setup(function()
    box = assert(support.serve("--customers 400 --limits off"))
  end)

  teardown(function()
    box:finish()
  end)

  --- Holds the next walk's page of a number back for some seconds.
  local function hold(number, seconds)
    support.curl("-X", "DELETE", box.url .. "/sandbox/faults")
    support.curl("--json", ('{ "operation": "email_customers.list", "skip": %d, "times": 1, ' ..
      '"delay": %d }'):format(number - 1, seconds), box.url .. "/sandbox/faults")
  end

  local page = "email_customers.list: page 2, 100 of about 400, "

  it("says how far it is, and takes that away", function()
    local term = start{ arguments = "--sandbox=" .. box.url }
    term:await("sandbox 1>", true)
    hold(3, 4)
    term:enter("#rs.email_customers:list():totable(200)")
    assert.matches("\nsandbox 1> #rs[^\n]*\nemail_customers.list: page 2, 100 of about 400, "
      .. "%d+ s left$", term:await(page))
    term:await("totable(200)\n200\nsandbox 2>", true)
    hold(3, 3600)
    term:enter("#rs.email_customers:list():totable()")
    term:await(page)
    term:interrupt("totable()\ninterrupted\nsandbox 2>")
  end)

  it("does so on a terminal that knows no codes, too", function()
    hold(3, 4)
    local term = start{ arguments = ("--sandbox=%s email_customers.list --max=101 "
      .. "--fields=name | tail -n 1"):format(box.url), term = "dumb" }
    term:await(page)
    assert.matches("^{[^\n]*}\nleft with 0$", term:await("left with 0"))
  end)

  it("says what it waits for", function()
    local term = start{ arguments = "--sandbox" }
    term:await("sandbox 1>", true)
    term:enter("rs = rackspace.new{ sandbox = true, limits = { ['accounts.get'] = "
      .. "{ 1, per = 90 } } }")
    term:enter("rs.accounts:get('CLOUD/10101').id")
    term:await("10101\nsandbox 2>", true)
    term:enter("rs.accounts:get('CLOUD/10101').id")
    term:await_match("\nwaiting [789]%d s for the limit of accounts%.get$")
    term:interrupt(".id\ninterrupted\nsandbox 2>")
  end)

  it("says nothing of that where nobody looks", function()
    hold(2, 1)
    local said = os.tmpname()
    local term = start{ arguments = ("--sandbox=%s email_customers.list --fields=name "
      .. "--max=51 2>%s | tail -n 1"):format(box.url, said) }
    term:await("left with 0")
    assert.equal("", support.read(said))
    os.remove(said)
  end)
end)

describe("a call from a shell, on a terminal", function()
  it("is a table as wide as that, and a note of what had no room", function()
    local term = start{ arguments = "--sandbox accounts.list --max=2", columns = 80 }
    local screen = term:await("left with 0")
    columns.assert_fit(screen, 80)
    local rows = columns.read(screen:match("^(.-\n)[^\n]*also: "))
    assert.same({ "10101", "5342844" }, { rows[1].id, rows[2].id })
    assert.equal("MyRackspaceAcct Hosting", rows[2].name)
    assert.is_truthy(screen:find("also: ", 1, true))
  end)

  it("leaves nothing of what it said when it is interrupted", function()
    local faults = support.write(os.tmpname(),
      '[{ "operation": "accounts.list", "delay": 3600 }]')
    local box = assert(support.serve("--faults " .. faults))
    finally(function()
      box:finish()
      os.remove(faults)
    end)
    for _, words in ipairs{ "accounts.list", "call GET /v1/customer_accounts" } do
      local term = start{ arguments = ("--sandbox=%s %s"):format(box.url, words) }
      term:await_match(", %d+ s$")
      assert.equal("\nrackspace: interrupted\nleft with 130", term:interrupt("left with 130"))
      term:close()
    end
  end)

  it("says where its report is", function()
    local path = os.tmpname()
    finally(function() os.remove(path) end)
    local term = start{ arguments = "report --sandbox --max=5 -o " .. path }
    assert.equal(("the report is in %s\nleft with 0"):format(path), term:await("left with 0"))
    term:close()
    term = start{ arguments = "report --sandbox" }
    assert.matches("try: rackspace report %-%-help\n", term:await("left with 2"))
  end)

  it("asks before it deletes", function()
    local term = start{ arguments = "--sandbox email_customers.delete 460182" }
    term:await("email_customers.delete 460182: this deletes it. Go on? [y/N]")
    term:enter("n")
    local screen = term:await("left with 8")
    assert.is_truthy(screen:find("not confirmed, nothing was sent", 1, true))
    term:close()
    term = start{ arguments = "--sandbox email_customers.delete 460182" }
    term:await("[y/N]")
    term:enter("y")
    term:await("left with 0")
  end)
end)
