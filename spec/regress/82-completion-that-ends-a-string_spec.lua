--- 82-completion-that-ends-a-string_spec.lua - what is offered stays in quotes
-- SPDX-License-Identifier: MIT
local complete = require("rackspace.repl.complete")
local input = require("rackspace.repl.input")
local rackspace = require("rackspace")

local load_text = loadstring or load -- luacheck: ignore 143

-- Metadata keys and user names as somebody else may choose them, and files as
-- somebody else may call them.
local evil = { '")os.exit()--', "')os.exit()--", "]]os.exit()--",
  "]==]os.exit()--", '\\")os.exit()--', "\\", "\\\\", "a\\", 'a"b', "a'b",
  "a]", "a]=", "\\n", "\\065", "\\x22)os.exit()--", "\\z", "a\nos.exit()",
  "a\ros.exit()", "a\27[2J", "a\155", "a\226\128\174b", "a\0b", "\255\254",
  "caf\195\169", "--[[", "${x}", "%s", "`id`" }

local openings = { ['"'] = '"', ["'"] = "'", ["[["] = "]]", ["[==["] = "]==]" }

describe("completion", function()
  local rs
  local is_own = {}

  setup(function()
    rs = assert(rackspace.new{ sandbox = true })
    for _, text in ipairs(evil) do
      is_own[text] = true
    end
  end)

  teardown(function() rs:close() end)

  local function environment(more)
    local made = { globals = { rs = rs }, ids = {}, topics = evil }
    for name, value in pairs(more) do
      made[name] = value
    end
    return made
  end

  --- The value of a line that has a candidate in its place.
  local function value_of(line, candidate, from, opening)
    local text = "return " .. line:sub(1, from - 1) .. candidate
    local chunk = load_text(text .. openings[opening])
    assert(chunk, text)
    local tried = 0
    local env = { os = { exit = function() tried = tried + 1 end },
      f = function(one) return one end }
    if setfenv then -- luacheck: ignore 143
      setfenv(chunk, env) -- luacheck: ignore 143
    else
      chunk = load(text .. openings[opening], "=x", "t", env)
    end
    local value = chunk()
    assert.equal(0, tried, text)
    return value
  end

  it("offers between quotes what they hold, as it is", function()
    for opening in pairs(openings) do
      for _, sort in ipairs{ "ids", "files" } do
        local count = 0
        for _, text in ipairs(evil) do
          local first = sort == "ids" and text:sub(1, 1) or ""
          local line = opening .. (#opening == 1 and
            first:gsub("[\\'\"]", "\\%0") or first)
          local list, from = complete(line, #line, environment(sort == "ids" and
            { ids = { key = evil } } or { files = function() return evil end }))
          for _, candidate in ipairs(list) do
            count = count + 1
            assert.is_true(is_own[value_of(line, candidate, from,
              opening)], candidate)
            assert.not_matches("[%c\155\255]", candidate)
          end
        end
        assert.is_true(count > 20, opening .. sort)
      end
    end
  end)

  it("knows a string that goes on behind \\z and ends of lines", function()
    local line = 'f("\\z\n  k", "k'
    local list = complete(line, #line, environment{
      ids = { key = { 'k"x' } } })
    assert.same({ 'k\\"x' }, list)
  end)

  it("goes into a folder whose name is escaped", function()
    local asked
    local line = [["a\"b/]]
    local list = complete(line, #line, environment{ files = function(folder)
      asked = folder
      return { 'c"d' }
    end })
    assert.equal('a"b/', asked)
    assert.same({ [[a\"b/c\"d]] }, list)
  end)

  it("quotes the known values of a service of the user's own", function()
    rs:service{ name = "odd", endpoint = "customer",
      { "spin", "GET /v1/odd", query = { { "speed", "string", "How fast.",
        known = { 'a" .. os.exit() .. "', "b" } } }, returns = "any" } }
    local line = "rs.odd:spin{ speed = "
    local list, from = complete(line, #line, environment{})
    local found
    for _, candidate in ipairs(list) do
      found = found or candidate:find("exit", 1, true) and candidate
    end
    assert.equal('a" .. os.exit() .. "', load_text("return " .. found)())
    assert.equal(#line + 1, from)
  end)

  it("ends within no escape and no character", function()
    for _, case in ipairs{ { 'k"', "k\\", "k" }, { "k\\a", "k\\b", "k\\\\" },
        { "k\195\169x", "k\195\168x", "k" }, { "k\195\169", nil, "k\195\169" } } do
      local edits = {}
      local events = { { "complete", '"k' }, { "line", "" } }
      local line = { is_edited = function() return true end,
        read = function()
          local event = table.remove(events, 1)
          return event[1], event[2], #event[2]
        end,
        edit = function(_, _, text) edits[#edits + 1] = text end,
        show = function() end }
      local reader = input.new(line, {}, environment{
        ids = { key = { case[1], case[2] } } },
        { size = function() return 60, 24 end })
      reader:read("> ")
      assert.equal(case[3], "k" .. (edits[1] or ""))
    end
  end)
end)
