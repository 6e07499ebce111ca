--- blocks_spec.lua - every block of code in the documents, run against a sandbox
-- SPDX-License-Identifier: MIT
local blocks = require("spec.support.blocks")
local support = require("spec.sandbox.support")

-- ---- the guide --------------------------------------------------------------

-- The page about settings sees no sandbox, but services that are at its address;
-- the one about hosts lends its own transport.
local function settings_of(box, path)
  if path == "doc/guide/hosts.md" then
    return ""
  elseif path ~= "doc/guide/log-in.md" then
    return "RACKSPACE_SANDBOX=" .. box.url
  end
  local words = { "-u RACKSPACE_TOKEN_CACHE", "RACKSPACE_EMAIL_USER_KEY=" ..
    box.credentials.email.user_key, "RACKSPACE_EMAIL_SECRET_KEY=" ..
    box.credentials.email.secret_key }
  for service, url in pairs(box.endpoints) do
    words[#words + 1] = ("RACKSPACE_%s_URL=%s"):format(service:upper(), url)
  end
  return table.concat(words, " ")
end

-- ---- the other documents ----------------------------------------------------

local session = [[local rackspace = require("rackspace") local rs = assert(rackspace.new()) ]]

-- What a document takes for granted, as Lua before it, or before the block that
-- has a text. Their blocks may print more than they show.
local given = {
  ["README.md"] = {
    prelude = [[local file = io.open("smart.log", "w") file:write("sda") file:close() ]] },
  ["doc/concurrency.md"] = { prelude = session .. [[local account = "CLOUD/10101"
    local list = { 1, 2, 3 } local function fn(n) return n end local wanted = 2 ]] },
  ["doc/events.md"] = { prelude = session .. "local function work() end " },
  ["doc/faults.md"] = { prelude = session },
  ["doc/transport.md"] = {},
  ["doc/reference.md"] = { prelude = session .. [[function io.read() return "1234567" end
    local file = io.open("smart.log", "w") file:write("sda") file:close()
    local ticket = assert(rs.tickets:create{ accountId = "10101", subject = "Disk",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { "smart.log" } } })
    local comment = assert(rs.tickets:get(ticket)).comments[1]
    rs = assert(rackspace.new()) local last ]], before = {
    ["rs.identity:setup_mfa()"] = [[local rs = assert(rackspace.new{ username = "newcomer",
      password = "newcomer-Passw0rd" }) ]],
    ["rs.identity:whoami()"] = "local rs = assert(rackspace.new()) ",
    ["rs.identity:impersonate{"] = [[local rs = assert(rackspace.new{ username = "racker",
      api_key = "7ac4e700000000000000000000c0de5" }) ]],
    ["rs.metadata:list("] = "local rs = assert(rackspace.new()) ",
  } },
}

--- Whether this Lua lacks what a block loads. Not tried here: luv dies of being
-- loaded by two specs of one process.
local function lacks_module(block)
  for _, line in ipairs(block.lines) do
    local name = line:match('require%("(%l+)"%)')
    if name and support.run(("-e 'require(\"%s\")'"):format(name)) ~= 0 then
      return true
    end
  end
  return false
end

local function check(path, options)
  local box = assert(support.serve("--limits off"))
  options.settings, options.skip = settings_of(box, path), lacks_module
  local problems, count = blocks.run(path, options)
  assert.same({ 0, "", "" }, { box:finish() })
  assert.equal("", table.concat(problems, "\n\n"))
  assert.is_true(count > 0 or path == "doc/guide/prompt.md")
end

describe("a document", function()
  for name in support.output("ls doc/guide"):gmatch("[^\n]+") do
    it("does what it says: doc/guide/" .. name, function()
      check("doc/guide/" .. name, {})
    end)
  end

  for path, options in pairs(given) do
    it("does what it says: " .. path, function()
      options.is_loose = true
      check(path, options)
    end)
  end

  it("is one of these when it has a block", function()
    for path in support.output("grep -l '^```' *.md doc/*.md"):gmatch("[^\n]+") do
      assert.is_table(given[path], path)
    end
  end)

  it("is found out when it says what is not so", function()
    local folder = support.folder()
    local function problems_of(text)
      local path = support.write(folder .. "/x.md", text)
      return table.concat((blocks.run(path, { settings = "RACKSPACE_SANDBOX=1" })), "\n")
    end
    assert.equal("", problems_of("# T\n```lua\nprint(1)\n--> 1\n```\n```sh\necho 2\n```\n" ..
      "```text\n2\n```\n"))
    for text, problem in pairs{
      ["# T\n```lua\nprint(1)\n--> 2\n```\n"] = "x.md:2: expected\n2\nbut it printed\n1\n",
      ["# T\n```lua\nprint(1)\n```\n"] = "x.md:2: expected\n\nbut",
      ["# T\n```lua\nlocal a = 1\n```\n\n```lua\nprint(a)\nerror('no')\n```\n"] = "x.md:8: no",
      ["# T\n```sh\necho 2; false\n```\n```text\n2\n```\n"] = "x.md:2: ended with 1",
      ["# T\n```c\nputs(1);\n```\n"] = "x.md:2: ended with",
    } do
      assert.is_truthy(problems_of(text):find(problem, 1, true), problems_of(text))
    end
    assert.has_error(function() problems_of("# T\n```perl\nprint 1\n```\n") end)
    support.remove(folder)
  end)
end)
