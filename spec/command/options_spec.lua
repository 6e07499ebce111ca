--- options_spec.lua - the program's options, as they are given
-- SPDX-License-Identifier: MIT
local options = require("rackspace.command.options")

--- What was read, or the problem.
local function read(arguments, is_command)
  local given, i = {}, 1
  while arguments[i] do
    local problem
    i, problem = options.read(given, arguments, i, is_command)
    if not i then
      return problem
    end
  end
  return given
end

describe("options", function()
  it("have their values behind = or as the next word", function()
    assert.same({ output = "csv", max = 5, dry_run = true, profile = "work" },
      read{ "--output=csv", "--max", "5", "--dry-run", "--profile", "work" })
    assert.same({ sandbox = true, e = { "a", "b" } },
      read{ "--sandbox", "-e", "a", "-e", "b" })
    assert.same({ sandbox = "http://x" }, read{ "--sandbox=http://x" })
  end)

  it("are told when they are wrong", function()
    for problem, arguments in pairs{
      ["there is no option '--otput' (did you mean '--output'?)"] = { "--otput=x" },
      ["--yes takes no value"] = { "--yes=1" },
      ["--output must be one of table, json, ndjson, csv, lua, svg, html, not 'cvs' "
        .. "(did you mean 'csv'?)"] = { "--output=cvs" },
      ["--max needs a whole number from 1 on, not '0'"] = { "--max=0" },
      ["--profile needs a value, as in --profile=NAME"] = { "--profile" },
      ["--sandbox needs a value, as in --sandbox[=URL]"] = { "--sandbox=" },
    } do
      assert.equal(problem, read(arguments))
    end
    assert.matches("no option '%-i'", read({ "-i" }, true))
  end)

  it("say to the environment what it can say too", function()
    local said = {}
    options.each_variable({ sandbox = true, read_only = true, profile = "w",
      max = 3 }, function(name, value) said[name] = value end)
    assert.same({ RACKSPACE_SANDBOX = "1", RACKSPACE_READ_ONLY = "1",
      RACKSPACE_PROFILE = "w" }, said)
  end)

  it("know which are for commands only", function()
    assert.equal("--max", options.of_command{ max = 3, sandbox = true })
    assert.is_nil(options.of_command{ sandbox = true, e = { "x" } })
  end)

  it("are spelt as they are typed", function()
    local spelt = {}
    for _, option in ipairs(options.list) do
      spelt[option.name] = options.spelling(option)
    end
    assert.same({ "-e CODE", "--sandbox[=URL]", "--max=N", "--yes" },
      { spelt["-e"], spelt["--sandbox"], spelt["--max"], spelt["--yes"] })
  end)
end)
