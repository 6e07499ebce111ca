--- init.lua - `rackspace report`: writes all accounts to one HTML page
-- SPDX-License-Identifier: MIT
local accounts = require("rackspace.report.accounts")
local exits = require("rackspace.command.exits")
local members = require("rackspace.base.members")
local output_of = require("rackspace.report.output")
local page = require("rackspace.picture.page")
local progress_of = require("rackspace.report.progress")
local rackspace = require("rackspace")
local sections = require("rackspace.report.sections")
local tickets = require("rackspace.report.tickets")
local width = require("rackspace.show.width")
local format = require("rackspace.picture.format")

local report = {}

--- Reads everything and writes the page. The part above the tables is known
-- only at the end, so the tables' rows are kept in temporary files until then.
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

--- Returns what was raised in the way a call fails. Bugs and interrupts are
-- raised again.
local function failed(err)
  if type(err) == "table" and err.problem then
    return nil, err.problem
  elseif type(err) == "table" and err.message then
    return nil, err.message, err
  end
  error(err, 0)
end

--- Writes the report of a session's accounts to a file, or to standard output
-- when `options.path` is nil. Returns true, or nil, a message and perhaps an
-- error value. `options`: path; concurrency (8); most, the number of accounts
-- read at most; progress, a function(text) that is called with the progress.
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

--- Writes the report and tells on a terminal how far it is. Returns what
-- report.write does.
local function write_with_progress(session, options, host)
  local show, clear = progress_of.new(host.is_terminal(2), io.stderr)
  local off = session:on("wait", function(event)
    show(("waiting %d s for the limit of %s"):format(
      math.ceil(event.seconds or 0), event.operation or "a call"))
  end)
  options = members.add({ progress = show }, options)
  local ok, done, message, err = pcall(report.write, session, options)
  off()
  clear()
  session:close()
  if not ok then
    error(done, 0)
  end
  return done, message, err
end

--- Runs `rackspace report` with its options. Returns the exit code, and when
-- it failed a message and a command that may help.
function report.run(given, host)
  local options = members.copy(given)
  options.path = given.path ~= "-" and given.path or nil
  if not given.path and host.is_terminal(1) then
    return exits.usage, "report writes a page of HTML: name a file with -o, " ..
      "or a pipe", "rackspace report --help"
  end
  local session, message, err = rackspace.new{ sandbox = options.sandbox,
    profile = options.profile }
  if not session then
    return exits.failure(err, message)
  end
  local done
  done, message, err = write_with_progress(session, options, host)
  if not done then
    return exits.failure(err, message)
  elseif options.path and host.is_terminal(2) then
    io.stderr:write("the report is in ", width.plain(options.path), "\n")
  end
  return exits.done
end

return report
