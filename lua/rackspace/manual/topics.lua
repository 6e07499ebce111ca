--- topics.lua - the texts of help() about the prompt and its concepts
-- SPDX-License-Identifier: MIT
local services = require("rackspace.services")

local topics = {}

local start = [[
Type Lua and see what it gives. rs is the session; its services are

%s

  rs.accounts:list()                 every account, as a table
  rs.accounts:get("CLOUD/10101")     one account
  _  _1  _2 ...                      what was shown: last, first, second ...
  more                               goes on with a list that was cut
  show(_, "id", "rcn")               the same list with other columns
  ?rs.tickets.create                 what a call takes, gives and needs
  ?rs.map  ?rs.all  ?rs.on           many calls at once; what is told of them
  help("concepts")                   customer, account, contact, metadata
  help("prompt")                     keys and commands of this prompt
  help("errors")  help("settings")   what can fail; what rackspace.new takes

TAB completes names, parameters, known values and ids that were seen.]]

topics.concepts = [[
customer    Who has a contract with Rackspace. It is named by its RCN
            (Rackspace Customer Number): RCN-123-456-789. A customer has one
            account or more; each account's record has its `rcn`.
account     What is used and paid for. It is named by a type and an id:
            "CLOUD/10101", "MANAGED_HOSTING/5342844",
            "FANATICAL_SUPPORT_FOR_AWS/75842862". An account can have another
            above it (`parentAccountNumber`), and it moves from one customer
            to another at times: rs.accounts:customer_history tells.
contact     A person behind an account, in one or more roles: PRIMARY,
            BILLING, TECHNICAL, ADMINISTRATIVE. It is named by its RPN
            (Rackspace Person Number): RPN-123-456-789. A contact need not be
            a user, who logs in; one that is has a `username`.
metadata    Keys and values kept with an account, such as "support:level".
            The part before the colon is a namespace; what may be read of it
            depends on who asks.
ticket      A request for support. Its `accountId` names the account in
            another way: hybrid:5342844 for MANAGED_HOSTING, faws:75842862
            for AWS, 10101 for CLOUD; rs.tickets:accounts() lists them.
tenant      What Identity calls an account or a part of it. A token is for a
            user within a tenant; a user sees the accounts of their tenants.

Names of fields are the API's own. Dates are text in ISO 8601;
rackspace.time(text) gives seconds.]]

topics.prompt = [[
TAB             completes; once more lists. After ( the call is shown
Up, Down        lines from before; Ctrl-R searches them
Ctrl-C          ends a call that runs, or drops the line; twice leaves
Ctrl-D          leaves
_  _1 ... _n    what was shown; the number stands in the prompt
more            goes on with a list that was cut
show(v, ...)    shows a list with the columns that are named
help(v)  ?v     what a call or a value is
time(fn)        how long fn() takes
trace(fn)       each request that fn() sends, and how it went
again()         runs the last line once more
save("x.lua")   writes what was typed as a script that runs
print(...)      prints as everywhere in Lua

A line that is not whole goes on by itself at >>. An expression is shown, and
so is a call's result; of a list, as much as the terminal holds. Lines with a
secret in them are not kept in the history.]]

--- The names of the services, two spaces between them, in lines of 70 columns.
local function service_lines()
  local lines, line = {}, " "
  for _, name in ipairs(services.names()) do
    if #line + #name > 66 then
      lines[#lines + 1], line = line, " "
    end
    line = line .. " rs." .. name .. " "
  end
  lines[#lines + 1] = line
  return (table.concat(lines, "\n"):gsub(" +\n", "\n"):gsub(" +$", ""))
end

-- The topic "start" is made when it is read: it names the services.
return setmetatable(topics, { __index = function(_, name)
  return name == "start" and start:format(service_lines()) or nil
end })
