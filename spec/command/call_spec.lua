--- call_spec.lua - calls from the command line, over real processes
-- SPDX-License-Identifier: MIT
local needs_python = require("spec.support.python")
local services = require("rackspace.services")
local support = require("spec.sandbox.support")
local types = require("rackspace.row.types")

local quote = support.quote

describe("a call from the command line", function()
  local box, folder

  setup(function()
    box = assert(support.serve("--accounts 120 --limits off"))
    folder = support.folder()
  end)

  teardown(function()
    box:finish()
    support.remove(folder)
  end)

  --- Exit code, output and complaint of a call in the sandbox.
  local function run(arguments, from)
    local job = support.start(("env HOME=%s %s --sandbox=%s %s"):format(folder,
      quote(support.program), box.url, arguments), from or "/dev/null")
    return job:finish()
  end

  local function counted(name)
    local counts = support.curl(box.url .. "/sandbox/counts").body
    return tonumber(support.jq(counts, '."' .. name .. '" // 0'))
  end

  it("writes a list as it is, item by item", function()
    local code, out, said = run("accounts.list")
    assert.same({ 0, "" }, { code, said })
    local ids, count = support.jq(out, ".id"):gsub("\n", "\n")
    assert.equal(119, count)
    assert.equal("10101", ids:match("^[^\n]*"))
    local _, all = run("accounts.list --output json")
    assert.equal(ids, support.jq(all, ".[].id"))
    local _, cells = run("accounts.list --output=csv --fields=id,link.0")
    assert.equal("id,link.0", cells:match("^[^\r]*"))
    needs_python(pending)
    assert.equal(ids, support.jq(support.output(("printf %%s %s | "
      .. "python3 -c 'import csv,sys,json; print(json.dumps([r[\"id\"] for r in "
      .. "csv.DictReader(sys.stdin)]))'"):format(quote(cells))), ".[]"))
  end)

  it("reads no more pages than it is to write", function()
    local before = counted("accounts.list")
    local _, out = run("accounts.list --max 50 --fields=id")
    assert.equal(1, counted("accounts.list") - before)
    assert.equal(50, (select(2, out:gsub("\n", ""))))
    before = counted("accounts.list")
    _, out = run("accounts.list --max 51 --fields=id")
    assert.equal(2, counted("accounts.list") - before)
    assert.equal(51, (select(2, out:gsub("\n", ""))))
  end)

  it("takes words, files and standard input", function()
    local ticket = support.write(folder .. "/ticket.json", [[{ "subject": "Disk",
      "accountId": "hybrid:5342844", "category": "Incident",
      "subcategory": "General", "comment": { "text": "old" } }]])
    local note = support.write(folder .. "/note.txt", "two\nlines\n")
    local code, out, said = run("tickets.create @" .. ticket
      .. " comment.text=- severity=High", note)
    assert.equal(0, code)
    assert.equal("opened " .. support.jq(out, ".ticketId") .. "\n", said)
    assert.equal('["Disk","two\\nlines","High"]',
      support.jq(out, "[.subject, .comments[0].text, .severity]"))
    local id = support.jq(out, ".ticketId")
    assert.equal(0, (run("tickets.comment " .. id .. " text=@" .. note)))
    local _, shown = run("tickets.get " .. id .. " --fields=comments.text --output=json")
    assert.equal('{"comments.text":["two\\nlines","two\\nlines"]}',
      support.jq(shown, "."))
    assert.equal("Closed", support.jq(select(2, run("tickets.close " .. id)), ".status"))
  end)

  it("says on standard error what a write has done, and there alone", function()
    local code, out, said = run("tickets close 180404-00001 --output=csv --fields=status")
    assert.same({ 0, "status\r\nClosed\r\n", "closed 180404-00001\n" }, { code, out, said })
    local _, created = run("email_customers.create name=Said referenceNumber=78 --output=json")
    local number = support.jq(created, ".accountNumber")
    for operation, done in pairs{ disable = "disabled ", enable = "enabled " } do
      assert.same({ 0, "", done .. number .. "\n" },
        { run("email_customers." .. operation .. " " .. number) })
    end
    for _, words in ipairs{ "tickets.get 180404-00001", "accounts.list --max=1",
        "tickets.close 180404-00001 --dry-run" } do
      assert.equal("", (select(3, run(words))))
    end
    code, _, said = run("tickets.close nope")
    assert.equal(4, code)
    assert.is_nil(said:find("closed", 1, true))
  end)

  it("has a word for what each write has done", function()
    for _, definition in services.each() do
      for _, op in ipairs(definition.operations) do
        assert.equal(op.writes, op.done ~= nil, op.full_name)
        for name in (op.done or ""):gmatch("{(.-)}") do
          local known = op.returns and op.records[op.returns] or {}
          assert(types.find(op.args, name) or types.find(known, name), op.full_name)
        end
      end
    end
  end)

  it("has an exit code for each sort of failure, and says what to do", function()
    local function fails(expected, arguments, complaint)
      local code, out, said = run(arguments)
      assert.equal(expected, code, arguments .. ": " .. said)
      assert.equal("", out)
      assert.matches(complaint, said)
    end
    fails(2, "accounts.lst", "did you mean 'accounts.list'%?.*try: rackspace help accounts\n$")
    fails(2, "accounts.get", "'account' is missing\ntry: rackspace accounts.get ACCOUNT\n")
    fails(2, "accounts.get nothing", "'account' must be \"TYPE/ID\"")
    fails(2, "accounts.list accounttype=x", "did you mean 'accountType'%?")
    fails(2, "accounts.list --fields=nmae", "did you mean 'name'%?")
    fails(2, "accounts.get CLOUD/10101 --max=1", "%-%-max is for lists")
    fails(2, "tickets.create subject=x category=Incdent subcategory=General accountId=x",
      "did you mean 'Incident'%?")
    fails(4, "accounts.get CLOUD/999999", "^rackspace: accounts.get: 404 [^\n]*\n$")
    fails(8, "email_customers.delete 1", "%-%-yes says so\n$")
    fails(8, "tickets.close 1 --read-only", "read%-only: nothing was sent\n$")
    fails(9, "accounts.list marker=nope", "400 the marker names no account")
    local code, _, said = support.run("accounts.list", "env -i HOME=" .. folder)
    assert.equal(3, code)
    assert.matches("try: rackspace login[^\n]*%-%-sandbox", said)
    code = support.run("accounts.list", "env -i RACKSPACE_TOKEN=x RETRIES=0 "
      .. "RACKSPACE_CUSTOMER_URL=http://127.0.0.1:9 HOME=" .. folder)
    assert.equal(6, code)
    code = support.run("accounts.list", ("env -i RACKSPACE_TOKEN=wrong "
      .. "RACKSPACE_CUSTOMER_URL=%s HOME=%s"):format(box.endpoints.customer, folder))
    assert.equal(3, code)
  end)

  it("deletes when it is told to, and only then", function()
    local _, out = run("email_customers.create name=Gone referenceNumber=77")
    local number = support.jq(out, ".accountNumber")
    assert.equal(8, (run("email_customers.delete " .. number)))
    assert.equal(0, (run("email_customers.get " .. number)))
    assert.same({ 0, "", "deleted " .. number .. "\n" },
      { run("email_customers.delete " .. number .. " --yes") })
    assert.equal(4, (run("email_customers.get " .. number)))
  end)

  it("sends nothing in a dry run", function()
    local before = support.curl(box.url .. "/sandbox/counts").body
    local code, out, said = run("tickets.close 7 --dry-run")
    assert.same({ 0, "" }, { code, said })
    assert.matches('^PATCH http://[^\n]*/tickets/7\n.*X%-Auth%-Token: <hidden>\n\n'
      .. '{"status":"Closed"}\n$', out)
    code, out = support.run("email_customers.delete 7 --dry-run", "env -i HOME=" .. folder)
    assert.equal(0, code)
    assert.matches("^DELETE https://api.emailsrvr.com/v1/customers/7\n", out)
    assert.equal(before, support.curl(box.url .. "/sandbox/counts").body)
  end)

  it("masks what is secret, unless it is to be revealed", function()
    local user = box.users[1]
    local _, out = run("identity.user name=" .. user.username .. " --fields=id")
    local id = support.jq(out, ".id")
    local words = "identity.api_key " .. id .. " --fields=apiKey"
    for _, format in ipairs{ "json", "csv", "lua", "table", "ndjson" } do
      local _, text = run(words .. " --output=" .. format)
      assert.is_truthy(text:find("<secret>", 1, true), text)
      assert.is_nil(text:find(user.api_key, 1, true))
    end
    _, out = run(words .. " --reveal")
    assert.equal(user.api_key, support.jq(out, ".apiKey"))
  end)

  it("says when only a part was written", function()
    needs_python(pending)
    local peer = support.start(([[python3 -c '
import http.server, json
class Peer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        first = "marker" not in self.path
        body = json.dumps({"customerAccount": [{"type": "CLOUD", "id": str(i)} for i in range(3)],
          "link": [{"rel": "NEXT", "href": "http://x/v1/customer_accounts?marker=CLOUD:2"}]}
          if first else {"message": "gone"}).encode()
        self.send_response(200 if first else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Peer)
print(server.server_port, flush=True)
import sys, threading
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
']]))
    local port = peer:line()
    local code, out, said = support.run("accounts.list", ("env -i RACKSPACE_TOKEN=x "
      .. "RACKSPACE_CUSTOMER_URL=http://127.0.0.1:%s HOME=%s"):format(port, folder))
    peer:finish()
    assert.equal(7, code)
    assert.equal("0\n1\n2", support.jq(out, ".id"))
    assert.matches("^rackspace: accounts.list: 404 gone %(after 3 items%)\n$", said)
  end)

  it("is quiet when nobody reads on, and not when a disk is full", function()
    local command = ("%s --sandbox=%s accounts.list"):format(quote(support.program), box.url)
    local said = support.output(("{ %s | head -n 1 | wc -l; } 2>&1")
      :format(command))
    assert.equal("1", (said:gsub("%s", "")))
    said = support.output(("trap '' PIPE; { { %s; echo left with $? >&2; } | true; } 2>&1")
      :format(command))
    assert.equal("left with 141\n", said)
    said = support.output(("{ %s >/dev/full; echo $?; } 2>&1"):format(command))
    assert.equal("rackspace: the output can't be written: No space left on device\n1\n", said)
  end)

  it("holds one page, however long the list is", function()
    needs_python(pending)
    local many = assert(support.serve("--accounts 100000 --limits off"))
    local function peak(most)
      -- A sanitizer is to hold little of what is freed.
      local text = support.output(("env -u RACKSPACE_LUA_PATH "
        .. "ASAN_OPTIONS=\"$ASAN_OPTIONS:quarantine_size_mb=1\" "
        .. "python3 -c 'import resource, subprocess, sys; "
        .. "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        .. "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "
        .. "%s --sandbox=%s accounts.list limit=1000 --max=%d"):format(
          quote(support.program), many.url, most))
      return tonumber(text)
    end
    local few, all = peak(500), peak(6000)
    many:finish()
    assert.is_true(all < few * 1.5, ("%d and %d kB"):format(few, all))
  end)
end)
