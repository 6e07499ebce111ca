--- options_spec.lua - options read by the tables that describe them
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local options = require("rackspace.command.options")
local program_options = require("rackspace.command.program_options")

local unpack = table.unpack or unpack -- luacheck: ignore 143

--- Returns the options that were read, or the problem; and the other words.
local function read(parser, words)
  local given = {}
  local others, problem = parser:read(given, words, 1)
  return others and given or problem, others
end

local function parser_of(name)
  local _, command = commands.find(name)
  return options.parser(command.options, name)
end

describe("options", function()
  it("have their values behind = or as the next word", function()
    assert.same({ output = "csv", max = 5, dry_run = true, profile = "work" },
      (read(program_options.trailing,
        { "--output=csv", "--max", "5", "--dry-run", "--profile", "work" })))
    assert.same({ sandbox = true, e = { "a", "b" } },
      (read(program_options.leading, { "--sandbox", "-e", "a", "-e", "b" })))
    assert.same({ sandbox = "http://x" },
      (read(program_options.leading, { "--sandbox=http://x" })))
  end)

  it("stand among other words, but not behind --", function()
    local given, others = read(program_options.trailing,
      { "a", "--max=1", "-", "b=c", "--", "--yes", "--" })
    assert.same({ max = 1 }, given)
    assert.same({ "a", "-", "b=c", "--yes", "--" }, others)
  end)

  it("end at the first other word where they come before a command", function()
    local given = {}
    assert.equal(3, program_options.leading:read_leading(given,
      { "--max", "3", "accounts.list", "--none" }))
    assert.same({ max = 3 }, given)
  end)

  it("are told when they are wrong", function()
    for problem, words in pairs{
      ["there is no option '--otput' (did you mean '--output'?)"] = { "--otput=x" },
      ["--yes takes no value"] = { "--yes=1" },
      ["--output must be one of table, json, ndjson, csv, lua, svg, html, not 'cvs' "
        .. "(did you mean 'csv'?)"] = { "--output=cvs" },
      ["--max needs a whole number from 1 on, not '0'"] = { "--max=0" },
      ["--profile needs a value, as in --profile=NAME"] = { "--profile" },
      ["--sandbox needs a value, as in --sandbox[=URL]"] = { "--sandbox=" },
    } do
      assert.equal(problem, (read(program_options.leading, words)))
    end
    assert.matches("no option '%-i'", (read(program_options.trailing, { "-i" })))
  end)

  it("of a program are read by its own table, and nothing else is taken", function()
    assert.same({ concurrency = 3, path = "a.html", most = 10, profile = "work",
      sandbox = true }, (read(parser_of("report"), { "-o", "a.html", "--concurrency=3",
      "--max", "10", "--profile=work", "--sandbox" })))
    assert.same({ sandbox = "http://localhost:1", path = "b" },
      (read(parser_of("report"), { "--sandbox=http://localhost:1", "-o", "b" })))
    assert.same({ port = 0, limits = "off", with_stdin = true },
      (read(parser_of("sandbox"), { "--port=0", "--limits", "off", "--with-stdin" })))
    for wanted, words in pairs{
      ["report has no option '--no'"] = { "report", "--no" },
      ["report has no option 'page.html'"] = { "report", "page.html" },
      ["report has no option '--'"] = { "report", "--" },
      ["-o needs a file"] = { "report", "-o" },
      ["report has no option '--output=b'"] = { "report", "--output=b" },
      ["--profile needs a profile's name"] = { "report", "--profile" },
      ["--concurrency needs a whole number from 1 to 64"] = { "report", "--concurrency", "65" },
      ["--max needs a whole number from 1 on"] = { "report", "--max=0" },
      ['--limits needs "on" or "off"'] = { "sandbox", "--limits=of" },
      ['--dialect needs "reference" or "openapi"'] = { "sandbox", "--dialect" },
      ["sandbox has no option '--with-stdin=1'"] = { "sandbox", "--with-stdin=1" },
    } do
      assert.equal(wanted, (read(parser_of(words[1]), { unpack(words, 2) })))
    end
  end)

  it("are spelt as they are typed", function()
    local spelt = {}
    for _, option in ipairs(program_options.list) do
      spelt[option.name] = options.spelling(option)
    end
    assert.same({ "-e CODE", "--sandbox[=URL]", "--max=N", "--yes" },
      { spelt["-e"], spelt["--sandbox"], spelt["--max"], spelt["--yes"] })
    assert.equal("--port N", options.spelling({ name = "--port", value = "N" }, " "))
  end)
end)
