--- arguments_spec.lua - words of a command line made into a call's arguments
-- SPDX-License-Identifier: MIT
local arguments = require("rackspace.command.arguments")
local json = require("rackspace.base.json")
local modules = require("rackspace.services").modules

local function op_of(name)
  local service, method = name:match("^(.*)%.(.*)$")
  return require(modules[service]).by_name[method]
end

local function read(name, words, sources)
  return arguments.read(op_of(name), words, sources)
end

--- The values of the parameters, or the problem.
local function values(name, words, sources)
  local args, problem = read(name, words, sources)
  return args and args.values or problem
end

describe("the words of a call", function()
  it("are arguments in their order, and parameters by name", function()
    local args = assert(read("contacts.get", { "CLOUD/1", "RPN-1" }))
    assert.same({ "CLOUD/1", "RPN-1", 2 }, { args[1], args[2], args.n })
    args = assert(read("tickets.comment", { "text=a=b c", "7", "timeout=1.5" }))
    assert.equal(2, args.n)
    assert.equal("7", args[1])
    assert.same({ text = "a=b c", timeout = 1.5 }, args[2])
  end)

  it("may name arguments too", function()
    local args = assert(read("contacts.get", { "RPN-1", "account=CLOUD/1" }))
    assert.same({ "CLOUD/1", "RPN-1" }, { args[1], args[2] })
    args = assert(read("contacts.get", { "account=CLOUD/1", "RPN-1" }))
    assert.same({ "CLOUD/1", "RPN-1" }, { args[1], args[2] })
  end)

  it("are of the types that the row says", function()
    assert.same({ limit = 5, subject = "007" },
      values("tickets.list", { "limit=5", "subject=007" }))
    assert.same({ virtualUser = true, userName = "x" },
      values("email_customers.login_token",
        { "1", "virtualUser=true", "userName=x" }))
    assert.equal("'limit' must be a whole number, not '5x'",
      values("tickets.list", { "limit=5x" }))
    assert.equal("'timeout' must be a number, not '0x10'",
      values("tickets.list", { "timeout=0x10" }))
    assert.equal("'virtualUser' must be true or false, not 'yes'",
      values("email_customers.login_token", { "1", "virtualUser=yes" }))
  end)

  it("reach into records, and name the nearest when they don't", function()
    assert.same({ comment = { text = "{not JSON" } },
      values("tickets.create", { "comment.text={not JSON" }))
    assert.equal("unknown parameter 'comment.txt' (did you mean 'comment.text'?)",
      values("tickets.create", { "comment.txt=x" }))
    assert.equal("unknown parameter 'sverity' (did you mean 'severity'?)",
      values("tickets.create", { "sverity=x" }))
    assert.equal("'resources' has no fields of its own here: give it as JSON, "
      .. "as in resources='{...}'", values("tickets.create", { "resources.url=x" }))
    assert.matches("unknown parameter 'progress'",
      values("tickets.create", { "progress=x" }))
  end)

  it("make lists by being repeated, or by JSON", function()
    assert.same({ resources = { "https://a", "https://b" } },
      values("tickets.update", { "7", "resources=https://a", "resources=https://b" }))
    local given = values("tickets.update", { "7", "resources=[]" })
    assert.is_true(json.is_array(given.resources))
    assert.same({ resources = {} }, given)
    assert.same({ recipients = { { value = "RPN-1" }, "RPN-2" } },
      values("tickets.create", { 'recipients={"value":"RPN-1"}', "recipients=RPN-2" }))
    assert.same({ comment = { attachments = { "a.log", "b.log" } } },
      values("tickets.create",
        { "comment.attachments=a.log", "comment.attachments=b.log" }))
    assert.matches("^'resources' is not JSON",
      values("tickets.update", { "7", "resources=[1" }))
  end)

  it("take a file's object, of which what is named counts more", function()
    local files = { ["t.json"] = [[{"subject":"a","comment":{"text":"b"},
      "resources":["https://old"]}]], ["list.json"] = "[1]", ["bad.json"] = "{" }
    local sources = { read_file = function(path)
      return files[path], not files[path] and path .. ": none" or nil
    end }
    assert.same({ subject = "c", comment = { text = "b",
      attachments = { "x.log" } }, resources = { "https://new" } },
      values("tickets.create", { "@t.json", "subject=c",
        "comment.attachments=x.log", "resources=https://new" }, sources))
    assert.equal("list.json holds no JSON object",
      values("tickets.create", { "@list.json" }, sources))
    assert.equal("bad.json holds no JSON object",
      values("tickets.create", { "@bad.json" }, sources))
    assert.equal("gone.json: none",
      values("tickets.create", { "@gone.json" }, sources))
  end)

  it("take the text of a file for a value", function()
    local files = { ["note.txt"] = "two\nlines\n", ["c.json"] = '{"text":"t"}',
      ["l.json"] = '["https://a"]', ["n"] = "5\n" }
    local sources = { read_file = function(path)
      return files[path], not files[path] and path .. ": none" or nil
    end, read_input = function() return "typed\n" end }
    local function taken(name, ...)
      return values(name, { ... }, sources)
    end
    assert.same({ text = "two\nlines" }, taken("tickets.comment", "7", "text=@note.txt"))
    assert.same({ comment = { text = "two\nlines" } },
      taken("tickets.create", "comment.text=@note.txt"))
    assert.same({ comment = { text = "t" } }, taken("tickets.create", "comment=@c.json"))
    assert.same({ resources = { "https://a" } }, taken("tickets.update", "7", "resources=@l.json"))
    assert.same({ limit = 5 }, taken("tickets.list", "limit=@n"))
    assert.same({ text = "typed" }, taken("tickets.comment", "7", "text=@-"))
    assert.same({ text = "@x" }, taken("tickets.comment", "7", "text=@@x"))
    assert.same({ text = "@@" }, taken("tickets.comment", "7", "text=@@@"))
    assert.same({ text = "a@b" }, taken("tickets.comment", "7", "text=a@b"))
    assert.same({ text = "x", attachments = { "@smart.log" } },
      taken("tickets.comment", "7", "text=x", "attachments=@smart.log"))
    assert.equal("'text' can't be read: gone: none; for the text '@gone' give '@@gone'",
      taken("tickets.comment", "7", "text=@gone"))
    assert.matches("a file's name is missing behind the @", taken("tickets.comment", "7", "text=@"))
  end)

  it("take standard input, once", function()
    local sources = { read_input = function() return "a\nb\n\n" end }
    assert.same({ text = "a\nb\n" }, values("tickets.comment", { "7", "text=-" }, sources))
    assert.equal("'subject' standard input can be read only once",
      values("tickets.create", { "comment.text=-", "subject=-" }, sources))
    local args = assert(read("identity.passcode", { "-" },
      { read_input = function() return "123456\n" end }))
    assert.equal("123456", args[1])
  end)

  it("are as many as the row has arguments", function()
    assert.equal("'account' is missing", values("accounts.get", {}))
    assert.equal("'8' is one argument too many: parameters are given as name=value",
      values("tickets.get", { "7", "8" }))
  end)
end)
