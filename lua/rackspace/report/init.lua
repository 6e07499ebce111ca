--- init.lua - `rackspace report`: writes all accounts to one HTML page
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

--- Reads everything and writes the page. The numbers above the tables are known
-- only at the end, so the rows are first written to temporary files.
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

--- Returns nil and the message of an error that was raised; raises bugs and
-- interrupts again.
local function failed(err)
  if type(err) == "table" and err.problem then
    return nil, err.problem
  elseif type(err) == "table" and err.message then
    return nil, err.message, err
  end
  error(err, 0)
end

--- Writes the report of a session's accounts.
-- @param options table: path = of the file (standard output), concurrency (8),
-- most = of how many accounts (all), progress = function(text)
-- @return true; or nil, a message and perhaps an error value
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

--- Runs `rackspace report`. Returns the exit code, and on failure a message and
-- perhaps advice.
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
