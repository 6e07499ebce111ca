--- page.lua - prints the program's manual page
-- SPDX-License-Identifier: MIT
local commands = require("rackspace.command.commands")
local exits = require("rackspace.command.exits")
local formats = require("rackspace.output.formats")
local paragraph = require("rackspace.show.paragraph")
local program_options = require("rackspace.command.program_options")

local page = {}

local head = [==[
.\" rackspace.1 - printed by script/print from what the program says of itself
.\" SPDX-License-Identifier: MIT
.Dd November 21, 2026
.Dt RACKSPACE 1
.Os
.Sh NAME
.Nm rackspace
.Nd customer accounts, tickets and more of Rackspace's, from a shell or in Lua
.Sh SYNOPSIS
.Nm
.Op options
.Op Ar script Op Ar argument ...
.Nm
.Op options
.Ar service Ar operation
.Op Ar argument ...
.Op Ar name Ns = Ns Ar value ...
.Op Pf @ Ar file
.Nm
.Op options
.Ar command
.Op Ar argument ...
.Sh DESCRIPTION
Without a script or a command, on a terminal, the program reads Lua and shows
what it gives:
.Ic help
tells more there.
With a script it runs that; a script called
.Ql -
is read from standard input.
A call of the script that stands alone as a statement and fails is told on
standard error with its line, and the script that ends so exits as the first of
them does.
Otherwise it makes one call, and writes its result.
A word is a command, else a service, else a script: one that is called as a
command or a service is run by
.Pa ./
before its name.
.Pp
The operations are those of the Lua library:
.Ic rackspace help
.Ar service
lists them, and
.Ic rackspace help
.Ar service Ar operation
tells what one takes.
.Ar service . Ns Ar operation ,
one word, means the same everywhere.
What stands in an operation's path is given in its order.
All else is given by name, in any order:
.Bl -tag -width Ds
.It Ar name Ns = Ns Ar value
A text, a number,
.Cm true
or
.Cm false ,
as the parameter's type is.
.Ar a.b Ns = Ns Ar value
is b inside of a.
A list is given by naming it again, or as JSON, as is a record.
.It Ar name Ns =@ Ns Ar file , Ar name Ns =-
What is in a file, or on standard input, without its last line break.
A text that begins with @ is given with a second one:
.Ar name Ns =@@x
is @x.
.It Pf @ Ar file , @-
The members of a JSON object, of a file or of standard input.
What is named beside it counts more.
.It Fl -
What follows are arguments, even if they begin with a dash.
.El
.Pp
A list is written as it comes, page by page, however long it is.
Before something is deleted a terminal is asked; elsewhere
.Fl -yes
has to say so.
Messages go to standard error.
]==]

local middle = [==[
.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev RACKSPACE_USERNAME , RACKSPACE_API_KEY , RACKSPACE_PASSWORD
Who to log in as.
.It Ev RACKSPACE_TOKEN , RACKSPACE_TENANT
A token instead.
.It Ev RACKSPACE_PROFILE , RACKSPACE_SANDBOX , RACKSPACE_READ_ONLY
As the options of these names.
.It Ev RACKSPACE_SANDBOX_TOKEN
The control token of the sandbox at a URL; of a sandbox that is started, too.
.It Ev RACKSPACE_CONFIG
The file of profiles.
.It Ev RACKSPACE_TOKEN_CACHE
.Cm off ,
or the folder to keep tokens in.
.It Ev RACKSPACE_SSLKEYLOGFILE
A file to which the keys of TLS connections go, to read along for a test.
.Ev SSLKEYLOGFILE
itself is passed over.
.It Ev RACKSPACE_LOG
.Cm info ,
.Cm debug
or
.Cm json :
what happens, on standard error.
.It Ev RS_USERNAME , RS_API_KEY , RS_AUTH_URL , RS_REGION_NAME
As other tools have them.
.It Ev NO_COLOR
No colours.
.El
.Sh FILES
.Bl -tag -width Ds
.It Pa ~/.config/rackspace/config
The profiles: sections with
.Va username
and
.Va api_key .
Others may not read it.
.It Pa ~/.cache/rackspace
Tokens, for the next call.
.It Pa ~/.local/state/rackspace/history
What was typed at the prompt, without secrets.
.El
]==]

local tail = [==[
.Sh EXAMPLES
Look around without an account:
.Pp
.Dl rackspace --sandbox accounts.list accountType=CLOUD --max=5
.Pp
Open a ticket, and comment on it:
.Pp
.Dl rackspace tickets.create @ticket.json severity=High
.Dl rackspace tickets.comment 180404-00001 text=@note.txt
.Pp
What happened to an account, as a picture:
.Pp
.Dl rackspace accounts.timeline CLOUD/10101 --output=svg > timeline.svg
.Pp
All accounts for a spreadsheet:
.Pp
.Dl rackspace accounts.list --output=csv --fields=id,type,name > all.csv
.Pp
What would be sent:
.Pp
.Dl rackspace tickets.close 180404-00001 --dry-run
.Sh SEE ALSO
.Pa doc/reference.md
has every operation with its parameters, results, errors and limits.
]==]

--- Escapes a text for mdoc: each sentence on a line of its own, and no line
-- that begins like a macro.
local function escape(text)
  local lines = {}
  text = text:gsub("\\", "\\e"):gsub("%-", "\\-"):gsub("%s+", " ")
    :gsub("([^.]%.) (%u)", "%1\n%2")
  for sentence in (text .. "\n"):gmatch("([^\n]*)\n") do
    for _, line in ipairs(paragraph.wrap(sentence, 76)) do
      lines[#lines + 1] = line:gsub("^[.']", "\\&%0")
    end
  end
  return table.concat(lines, "\n")
end

local function add_list(lines, entries, width)
  lines[#lines + 1] = ".Bl -tag -width " .. width
  for _, entry in ipairs(entries) do
    lines[#lines + 1] = ".It " .. entry[1]
    lines[#lines + 1] = escape(entry[2])
  end
  lines[#lines + 1] = ".El"
end

--- Returns an option in mdoc.
local function flag_of(option)
  local flag = "Fl " .. option.name:sub(2):gsub("-", "\\-")
  if not option.value then
    return flag
  elseif #option.name == 2 then
    return ("%s Ar %s"):format(flag, option.value)
  elseif option.is_optional then
    return ("%s Ns Oo = Ns Ar %s Oc"):format(flag, option.value)
  end
  return ("%s Ns = Ns Ar %s"):format(flag, option.value)
end

local function options_of()
  local entries = {}
  for i, option in ipairs(program_options.list) do
    entries[i] = { flag_of(option), option.doc }
  end
  return entries
end

--- The commands, and after them the programs of their own.
local function commands_of()
  local entries = {}
  for _, is_program in ipairs{ false, true } do
    for _, command in ipairs(commands.list) do
      if (command.is_program or false) == is_program and
          not command.is_hidden then
        entries[#entries + 1] = { "Ic " .. command.name, command.doc }
      end
    end
  end
  return entries
end

local function formats_of()
  local entries = {}
  for i, format in ipairs(formats.list) do
    entries[i] = { "Cm " .. format.name, format.doc:gsub("^%l", string.upper) ..
      "." }
  end
  return entries
end

local function exits_of()
  local entries = {}
  for i, exit in ipairs(exits.list) do
    entries[i] = { tostring(exit.code), exit.doc }
  end
  return entries
end

local function section(lines, title, entries, width)
  lines[#lines + 1] = ".Sh " .. title
  add_list(lines, entries, width)
end

--- Returns the page.
function page.print()
  local lines = { (head:gsub("\n$", "")) }
  section(lines, "COMMANDS", commands_of(), "completion")
  section(lines, "OPTIONS", options_of(), "Ds")
  section(lines, "OUTPUT", formats_of(), "ndjson")
  lines[#lines + 1] = (middle:gsub("\n$", ""))
  lines[#lines + 1] = ".Sh EXIT STATUS"
  add_list(lines, exits_of(), "130")
  return table.concat(lines, "\n") .. "\n" .. tail
end

return page
