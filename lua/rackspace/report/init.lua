--- init.lua - `rackspace report`: all accounts on one page of HTML
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.report.accounts")
local exits = require("rackspace.command.exits")
local members = require("rackspace.base.members")
local options_of = require("rackspace.report.options")
local output_of = require("rackspace.report.output")
local page = require("rackspace.picture.page")
local progress_of = require("rackspace.report.progress")
local rackspace = require("rackspace")
local sections = require("rackspace.report.sections")
local tickets = require("rackspace.report.tickets")
local format = require("rackspace.picture.format")

local report = {}

local advice = "rackspace report --help"

--- Walks, and writes the page. What is above the tables is known at the end
-- only, so the rows wait aside: in files, not in memory.
local function write(session, output, options)
  local rows, lacking, open = output:aside(), output:aside(), output:aside()
  local found = { accounts = accounts.walk(session, rows, lacking, options),
    tickets = tickets.walk(session, open, options) }
  output:write(sections.head(found, { title = "Customer accounts",
    line = ("As of %s UTC"):format(format.minute(session:time())) }))
  output:write(sections.breakdowns(found))
  sections.tickets(output, found, open)
  sections.lacking(output, found, lacking)
  sections.all_accounts(output, found, rows)
  output:write(page.foot())
  return found
end

--- What was raised, as what a call returns; bugs and interrupts go on.
local function failed(err)
  if type(err) == "table" and err.problem then
    return nil, err.problem
  elseif type(err) == "table" and err.message then
    return nil, err.message, err
  end
  error(err, 0)
end

--- Writes the report of a session's accounts to a file, or to standard output
-- when `options.path` is nil: true, or nil, a message and perhaps an error
-- value. `options`: path, concurrency (8), most = how many accounts, progress
-- = function(text).
function report.write(session, options)
  local copy = members.add({ concurrency = 8, progress = function() end },
    options)
  local output, message = output_of.open(copy.path)
  if not output then
    return nil, message
  end
  local ok, found = pcall(write, session, output, copy)
  if not ok then
    output:drop()
    return failed(found)
  end
  local done
  done, message = output:finish()
  return done and true, message
end

--- Does what the arguments after "report" say. Returns the exit code, what went
-- wrong, and what may help.
function report.run(arguments, host)
  local options, problem = options_of.read(arguments)
  if not options then
    return exits.usage, problem, advice
  elseif not options.path and host.is_terminal(1) then
    return exits.usage,
      "report writes a page of HTML: name a file with -o, or a pipe", advice
  end
  local session, message, err = rackspace.new(options.settings)
  if not session then
    return exits.failure(err, message)
  end
  local clear
  options.progress, clear = progress_of.new(host.is_terminal(2), io.stderr)
  local off = session:on("wait", function(event)
    options.progress(("waiting %d s for the limit of %s"):format(
      math.ceil(event.seconds or 0), event.operation or "a call"))
  end)
  local ok, done
  ok, done, message, err = pcall(report.write, session, options)
  off()
  clear()
  session:close()
  if not ok then
    error(done, 0)
  elseif not done then
    return exits.failure(err, message)
  elseif options.path and host.is_terminal(2) then
    io.stderr:write("the report is in ", options.path, "\n")
  end
  return exits.done
end

return report
