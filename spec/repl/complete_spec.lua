--- complete_spec.lua - what could come next in a line
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.repl.complete")
local rackspace = require("rackspace")

local function forbidden()
  error("a metamethod was called")
end

local function hostile(fields)
  return setmetatable(fields, { __index = forbidden, __newindex = forbidden,
    __pairs = forbidden, __len = forbidden, __call = forbidden,
    __tostring = forbidden, __eq = forbidden, __concat = forbidden })
end

describe("complete", function()
  local rs, sent, environment

  setup(function()
    sent = 0
    rs = assert(rackspace.new{ username = "u", api_key = "k",
      transport = function()
        sent = sent + 1
        return nil, "no network here"
      end })
    rs:service{ name = "widgets", endpoint = "customer",
      { "spin", "GET /v1/widgets/{id}", args = { { "id", "id" } },
        query = { { "speed", "string", "How fast.", known = { "slow", "fast" } } },
        returns = "any" } }
    environment = {
      globals = { rs = rs, rackspace = rackspace, string = string, print = print,
        help = print, dofile = dofile, text = "abc",
        account = hostile{ name = "x", number = 7, ["support:level"] = 1 },
        pager = rs.accounts:list(), results = (rs:map({}, print)),
        object = setmetatable({}, { __index = { go = print, stop = print, n = 1 } }) },
      ids = { account = { "CLOUD/10101", "CLOUD/10268", "RPC_V/4" },
        ticketId = { "180404-00006" }, contactNumber = { "RPN-1-2-3" } },
      files = function(folder)
        return folder == "lua/" and { "rackspace" } or { "lua", "spec", "job.lua" }
      end,
      topics = { "concepts", "errors" },
    }
  end)

  teardown(function()
    assert.equal(0, sent)
    rs:close()
  end)

  --- What is offered at the bar in a line, and what it would replace.
  local function offers(line)
    local before, after = line:match("^(.-)|(.*)$")
    local list, from = complete(before .. after, #before, environment)
    return list, before:sub(from)
  end

  local function gives(line, typed, ...)
    local list, replaced = offers(line)
    assert.same({ ... }, list, line)
    assert.equal(typed, replaced, line)
  end

  it("knows services and their operations, also the script's own", function()
    gives("rs.acc|", "acc", "accounts")
    gives("rs.wi|", "wi", "widgets")
    gives("rs.me|", "me", "meta", "metadata")
    gives("rs:cl|", "cl", "close")
    gives("print(rs.tickets:c|)", "c", "categories", "close", "comment", "create")
    gives("rs.tickets.cr|", "cr", "create")
    gives("rs.widgets:|", "", "spin")
    gives("rs.none:|", "")
  end)

  it("knows the parameters of a call, those not given yet, in the row's order",
    function()
      gives("rs.tickets:create{ su|", "su", "subject = ", "subcategory = ")
      gives("rs.tickets:create{ subject = 'x', su|", "su", "subcategory = ")
      gives("rs.contacts:list('CLOUD/1', { r|", "r", "role = ", "retries = ")
      gives("rs.contacts:list(account, {|", "", "role = ", "username = ",
        "emailAddress = ", "marker = ", "limit = ", "cursor = ", "dialect = ", "timeout = ",
        "deadline = ", "retries = ", "format = ")
      gives("rs.tickets:create{ comment = { |", "", "text = ", "attachments = ")
      gives("rs.tickets:create{ comment = { text = 'x' }, sev|", "sev", "severity = ")
      gives("for t in rs.tickets:list{ off|", "off", "offset = ")
      gives("rackspace.new{ api|", "api", "api_key = ")
      gives("rackspace.new{ email = { |", "", "user_key = ", "secret_key = ")
    end)

  it("knows the values that a parameter can have", function()
    gives('rs.tickets:create{ subcategory = "|', "", "General", "Other")
    gives("rs.tickets:create{ subcategory = 'O|'", "O", "Other")
    gives('rs.tickets:create{ category = "B|', "B", "Billing and Payments")
    gives('rs.widgets:spin(1, { speed = "f|', "f", "fast")
    assert.same('"General"', (offers("rs.tickets:create{ subcategory = |"))[1])
  end)

  it("knows the ids in shown results", function()
    gives('rs.accounts:get("|', "", "CLOUD/10101", "CLOUD/10268", "RPC_V/4")
    gives('rs.accounts:get("CLOUD/102|', "CLOUD/102", "CLOUD/10268")
    gives('rs.tickets:get("|', "", "180404-00006")
    gives('rs.contacts:get("CLOUD/10101", "|', "", "RPN-1-2-3")
    gives('x = "RPN|', "RPN", "RPN-1-2-3")
  end)

  it("knows the fields of records at hand, and calls none of their metamethods",
    function()
      gives("account.|", "", "name", "number")
      gives("account.nu|", "nu", "number")
      gives("object:|", "", "go", "stop")
      gives("pager:|", "", "complete", "cursor", "pages", "totable", "total")
      gives("results:cl|", "cl", "close")
      gives("object.|", "", "go", "n", "stop")
      gives("text:up|", "up", "upper")
      gives("account.name.|", "")
      gives("nothing.at.all|", "all")
    end)

  it("knows the fields of what a call gives, before there is any", function()
    gives("for a in rs.accounts:list() do print(a.nick|", "nick", "nickname")
    gives("local t = assert(rs.tickets:get('1')) print(t.sev|", "sev", "severity")
  end)

  it("knows globals, words of Lua, topics and files", function()
    gives("pri|", "pri", "print")
    gives("whi|", "whi", "while")
    gives("x = 1 + str|", "str", "string")
    gives('help("con|', "con", "concepts")
    gives('dofile("j|', "j", "job.lua")
    gives('dofile("lua/r|', "lua/r", "lua/rackspace")
  end)

  it("completes the text before the cursor", function()
    gives("rs.acc|.x)", "acc", "accounts")
    gives('print("done") rs.email|ers', "email", "email_customers")
  end)

  it("offers nothing in comments, and survives what is no Lua", function()
    gives("-- rs.acc|", "")
    for _, line in ipairs{ "|", "}}}|", "rs:|", "rs..|", "((((|", "rs.tickets:create{{{|",
      "'\\|", "[[|", "[==[ x|", "rs.tickets:create{ = |", "1.|", "..|", ":|", "a.b:c|",
      "rs.tickets:get(|", "x = {[1] = |" } do
      assert.is_table((offers(line)), line)
    end
  end)
end)
