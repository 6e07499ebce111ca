--- guide.lua - the pages of the guide; printed by script/print from doc/guide
-- SPDX-License-Identifier: MIT
-- luacheck: no max line length
return {
  { name = "concepts", text = [[
# Concepts

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
```

## Account

What is bought and billed: a cloud, a set of servers. It is named by a type and an
id, and so it is called, with the record that a call gave as good as the name:

```lua
local account = assert(rs.accounts:get("CLOUD/10101"))
print(account.name, account.status, account.number)
--> MyRackspaceAcct Active 10101
print(#assert(rs.accounts:status_history(account)))
--> 3
```

An `id` is text: most are digits, some are not. `number` is there when it is one.

```lua
local other = assert(rs.accounts:get("CLOUD/RAN2891"))
print(other.id, other.number)
--> RAN2891 nil
```

Types are `CLOUD`, `MANAGED_HOSTING`, `FANATICAL_SUPPORT_FOR_AWS` and others.

## Customer and RCN

Who owns accounts. A customer has a number, the RCN, and any number of accounts,
which say whose they are:

```lua
for each in rs.accounts:list() do
  if each.rcn == account.rcn then print(each.rcn, each.type, each.id) end
end
--> RCN-123-456-789 CLOUD 10101
--> RCN-123-456-789 MANAGED_HOSTING 5342844
--> RCN-123-456-789 FANATICAL_SUPPORT_FOR_AWS 75842862
```

Accounts go from one customer to another, by a merge or a move:

```lua
for _, change in ipairs(assert(rs.accounts:customer_history(account))) do
  print(change.date:sub(1, 10), change.accountChangeType, change.rcn)
end
--> 2014-03-13 RCN_UPDATE RCN-123-456-789
--> 2013-02-02 MERGE RCN-241-490-778
--> 2012-07-15 NEW RCN-859-524-767
```

`rs.accounts:timeline(account)` has this, the statuses and the rest in one list.

## Contact and RPN

A person behind an account. The person's number is the RPN; what they are asked
about are their roles, and an account may lack a role.

```lua
for contact in rs.contacts:list(account, { role = "BILLING" }) do
  print(contact.contactNumber, contact.firstName, contact.username)
end
--> RPN-205-000-244 Zoë zoe.garcia
```

Addresses are lists in lists, as the service has them:

```lua
local contact = assert(rs.contacts:get(account, "RPN-205-000-244"))
print(contact.emailAddresses.emailAddress[1].address)
--> zoe.garcia.10101@example.com
```

## Metadata

Keys and values that Rackspace keeps with an account. A key has a namespace and a
name.

```lua
print(rs.metadata:list(account)["support:level"])
--> navigator
local details = assert(rs.metadata:details(account, "support:level"))
print(details.value, details.lastUpdatedBy)
--> navigator service_account_admin
```

Some namespaces only Rackers may read. `rs.accounts:list{ metadataKey = ... }`
finds accounts by them.

## Ticket

A request for support about one account. Here an account is named by its tenant:
digits for a cloud, `hybrid:` or `faws:` and digits for others.

```lua
local ticket = assert(rs.tickets:create{ accountId = account.tenantId,
  subject = "Disk", category = "Incident", subcategory = "Other",
  comment = { text = "sda is failing" } })
assert(rs.tickets:comment(ticket, { text = "sdb too" }))
print(ticket.status, #assert(rs.tickets:get(ticket.ticketId)).comments)
--> Pending Rackspace 2
assert(rs.tickets:close(ticket))
```

## E-mail customer

Of a reseller of Email & Apps. These calls are another service's, with keys of
their own (the setting `email`), and know nothing of RCNs:

```lua
print(rs.email_customers:find{ referenceNumber = "49" }.name)
--> API Customer 17
```

## Names and values

Fields and parameters are spelt as the services spell them; what is ours is
`snake_case`. A name that no call has is a mistake, found before anything is sent.
Dates stay text, which `rackspace.time` reads:

```lua
print(os.date("!%d %B %Y", rackspace.time("2014-10-01T18:00:00.000Z")))
--> 01 October 2014
print(pcall(rs.accounts.list, rs.accounts, { acountType = "CLOUD" }))
--> false ...unknown parameter 'acountType' (did you mean 'accountType'?)
```
]] },
  { name = "log-in", text = [[
# Log-in

The first call logs in. All you give is who you are.

## A profile

`rackspace login` asks for a user and a key, logs in with them, and keeps them
when that works; `--no-test` keeps them untested. It writes
`~/.config/rackspace/config`, which you may write yourself:

```ini
[default]
username = demo
api_key = 0d3e00000000000000000000000c0de1

[second]
username = second
api_key = 5ec00000000000000000000000000c0de2
```

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
print(rs.identity:whoami().user.name)
--> demo
local other = assert(rackspace.new{ profile = "second" })
print(other.identity:whoami().user.name)
--> second
```

Comments have a `#` or `;` before them, and values that hold one have quotes
around them. `read_only = true` makes sessions that change nothing. A key that no
profile has is refused, with its line and the nearest name:

```sh
printf '[default]\nusrname = demo\n' > wrong && chmod 600 wrong
RACKSPACE_CONFIG=$PWD/wrong rackspace accounts.get CLOUD/10101 2>&1 || true
```
```text
rackspace: rackspace.new: .../wrong: line 2: a profile has no 'usrname' (did you mean 'username'?)
```

The file is yours alone. When others can read it, it is refused:

```sh
chmod 644 ~/.config/rackspace/config
rackspace accounts.get CLOUD/10101 2>&1 || echo "exit status $?"
chmod 600 ~/.config/rackspace/config
```
```text
rackspace: rackspace.new: .../config holds secrets and can be read by others; run: chmod 600 .../config
exit status 1
```

## The environment

`RACKSPACE_PROFILE` names another section. Variables come before files, and
arguments before variables:

```sh
RACKSPACE_PROFILE=second rackspace identity.whoami --output=json | jq -r .user.name
RACKSPACE_USERNAME=second RACKSPACE_API_KEY=5ec00000000000000000000000000c0de2 \
  rackspace identity.whoami --output=json | jq -r .user.name
```
```text
second
second
```

Where a setting comes from is told by `rackspace status`, and no secret is:

```sh
rackspace status --dry-run | jq -c '.settings[]'
```
```text
{"from":".../.config/rackspace/config","setting":"api_key"}
{"from":".../.config/rackspace/config","setting":"username"}
```

## Another place

`region = "UK"` logs in to the British Identity service. Any service can be
somewhere else: `endpoints = { customer = "https://..." }`, or
`RACKSPACE_CUSTOMER_URL`. The demo of Ticketing has a name,
`endpoints = { ticketing = "demo" }` or `RACKSPACE_TICKETING_URL=demo`. A token is
sent to no other origin than those.

## The token

It is kept in `~/.cache/rackspace`, where only you can read it, and is good for
the next script too. It is replaced before it ends, and when a service refuses it.

```lua
local logins = 0
local third = assert(rackspace.new())
third:on("login", function() logins = logins + 1 end)
assert(third.accounts:get("CLOUD/10101"))
print(logins)
--> 0
```

`cache = false`, or `RACKSPACE_TOKEN_CACHE=off`, keeps none. With `revoke` the
token is worthless, here and there:

```lua
assert(third.identity:revoke())
assert(third.accounts:get("CLOUD/10101"))
print(logins)
--> 1
```

## A second factor

A user may have one. Then the log-in fails, says what it wants, and can be gone on
with:

```lua
local careful = assert(rackspace.new{ username = "careful",
  password = "careful-Passw0rd" })
local account, message, err = careful.accounts:get("CLOUD/10101")
print(account, err.kind, err.challenge.factor)
--> nil auth PASSCODE
assert(careful.identity:passcode("1234567"))
print(careful.accounts:get("CLOUD/10101").name)
--> MyRackspaceAcct
```

Or give a function that asks for the code when it is wanted:

```lua
local asking = assert(rackspace.new{ username = "careful",
  password = "careful-Passw0rd", cache = false,
  passcode = function(factor)
    print("Your " .. factor .. ", please")
    return "1234567" -- io.read("*l")
  end })
print(asking.accounts:get("CLOUD/10101").name)
--> Your PASSCODE, please
--> MyRackspaceAcct
```

## Secrets

A key, a password and a token can't be printed by mistake, and stand in no message
and no log:

```lua
local answer = assert(rs.email_customers:login_token("me",
  { userName = "admin" }))
print(answer.token)
--> <secret>
```

`answer.token:reveal()` is the text. [SECURITY.md](../../SECURITY.md) has more.
]] },
  { name = "prompt", text = [[
# The prompt

To look around by hand, start `rackspace` without arguments, or with `--sandbox`:

    $ rackspace --sandbox
    sandbox 1> rs.accounts:list()
    id           type                     name                      status
    10101        CLOUD                    MyRackspaceAcct           Active
    5342844      MANAGED_HOSTING          MyRackspaceAcct Hosting   Active
    75842862     FANATICAL_SUPPORT_FOR_…  MyRackspaceAcct AWS       Active
    ...
    … 20 so far. more goes on
    sandbox 2> rs.accounts:get("CLOUD/10101")
    id               10101
    number           10101
    type             CLOUD
    rcn              RCN-123-456-789
    name             MyRackspaceAcct
    ...
    sandbox 3> rs.tickets:comment(
    rs.tickets:comment(ticketId, { text= [, attachments=, progress=] })
    sandbox 3> rs.tickets:comment("180404-00001", { text = "thanks" })

What is typed is Lua. `rs` is the session. An expression is shown, of a list as
much as the terminal holds.

| type | for |
| --- | --- |
| TAB | names, parameters, their values, and the ids seen so far |
| `?rs.tickets.create` | parameters, results, permissions, limits and errors of a call |
| `help` | all that the prompt can do |
| `more` | the next page of the list that was shown |
| `_`, `_3` | the last result; the result of line 3 |
| `time(fn)`, `trace(fn)` | how long a call takes; its requests, and what each spent on name, connection, TLS and answer |
| `save("x.lua")` | what was typed, as a script: of the same user, profile and endpoints, without secrets, and with `assert` around calls; it replaces no file, but by `save("x.lua", true)` |

A call that takes longer than half a second shows its progress in one line, such as
`tickets.list: page 12, 600 of about 137,000, 9 s left`, which is removed when it
is done. ^C ends the call, not the prompt.

The prompt is red and says `LIVE` for a real account. `--read-only` refuses every
write before it is sent, and a deletion asks first unless `--yes` was given. No call
fails in silence: when a line does not show an error, the prompt does.
`-i script.lua` runs a script first. Lines with a secret
in them are not kept in the history.
]] },
  { name = "shell", text = [[
# The shell

To use an operation in a pipeline or a cron job, call it as a command: by the same
names and checks as in Lua, as `accounts list` or `accounts.list`.

    $ rackspace --sandbox accounts.list accountType=CLOUD --max=3
    id       type   name               status  serviceLevel    rcn
    10101    CLOUD  MyRackspaceAcct    Active  managed_legacy  RCN-123-456-789
    10161    CLOUD  Counting Robotics  Active  managed_legacy  RCN-741-490-778
    RAN2891  CLOUD  FreeLancer Study   Active  managed_legacy  RCN-359-524-767

Arguments come first, then parameters as `name=value`. `comment.text=` sets a
field inside of a record; `=-` reads a value from standard input and `=@note.txt`
from a file; `@ticket.json` reads parameters:

```sh
echo '{ "accountId": "hybrid:5342844", "subject": "Disk", "category": "Incident",
  "subcategory": "General" }' > ticket.json
echo "sda is failing" |
  rackspace tickets.create @ticket.json comment.text=- severity=High --jq .severity
```
```text
High
opened ...
```

The last line is written to standard error: what a write has done.

## Output

`--output=table|json|ndjson|csv|lua` chooses the format: by default a table on a
terminal, and ndjson, one JSON object a line, elsewhere. `--fields` picks fields,
and `--jq` filters the result by an expression of jq:

```sh
rackspace accounts.list accountType=CLOUD --max=2 --fields=id,name --output=csv
rackspace accounts.list --jq 'map(select(.type == "CLOUD")) | length'
```
```text
id,name
10101,MyRackspaceAcct
10161,Counting Robotics
...
```

CSV gets a `'` before a text that a spreadsheet would run as a formula; `--raw`
leaves texts as they are. On a terminal, control characters in texts of others are
shown, and do nothing; JSON and Lua write them as escapes.

`-o accounts.csv` writes to a file, in the format that its name ends in. The file is
replaced when the result is whole.

`svg` and `html` draw what has a picture, such as `accounts.timeline`.

## Before something is sent

`--dry-run` prints the request, without its secrets, and sends nothing:

    $ rackspace tickets.close 180404-00001 --dry-run
    PATCH https://ticketing.api.rackspace.com/tickets/180404-00001
    Accept: application/vnd.ticketing.v2+json
    Content-Type: application/vnd.ticketing.v2+json
    X-Auth-Token: <hidden>

    {"status":"Closed"}

A mistake in the command line ends with exit code 2 and a hint:

    $ rackspace accounts.list acountType=CLOUD
    rackspace: accounts.list: unknown parameter 'acountType' (did you mean 'accountType'?)

Other exit codes tell failures apart, such as 4 for what does not exist and 7 for a
part that was done: see `man rackspace`.

```sh
rackspace accounts.get CLOUD/99 2>&1 || echo "exit code $?"
```
```text
rackspace: accounts.get: 404 Customer account not found ...
exit code 4
```

What a write has done is told on standard error, such as `closed 180404-00001`.

## Commands beside the operations

| command | what it does |
| --- | --- |
| `rackspace call GET /v1/customer_accounts` | sends a request that no operation describes |
| `rackspace login`, `rackspace status` | keeps credentials; shows where each setting comes from, and whose token it is |
| `rackspace report -o accounts.html` | writes a page about all accounts and tickets |
| `rackspace sandbox` | serves the sandbox to other programs |
| `rackspace mcp` | serves the operations to assistants |
| `eval "$(rackspace completion bash)"` | lets TAB complete operations, parameters and values; also for zsh and fish |
| `rackspace help tickets.create` | shows parameters, results, permissions, limits and errors |
]] },
  { name = "accounts", text = [[
# Accounts, contacts, metadata

To find accounts and what belongs to them:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())

local account = assert(rs.accounts:get("CLOUD/10101")) -- or "CLOUD:10101"
print(account.name, account.status)
--> MyRackspaceAcct Active

local count = 0
for one in rs.accounts:list{ accountType = "CLOUD" } do
  count = count + (one.status == "Active" and 1 or 0)
end
```

A list can be narrowed by `accountType`, `domain`, `metadataKey` and
`metadataValue`; [pages](pages.md) tells how long lists are read. Records have the
API's own field names. Dates are text, of which `rackspace.time(text)` gives the
seconds. Account numbers are whole numbers on every Lua.

What takes an account takes its record, too:

```lua
for contact in rs.contacts:list(account, { role = "TECHNICAL" }) do
  print(contact.firstName, contact.lastName)
end
--> ...
print(assert(rs.metadata:list(account))["support:level"])
--> navigator
print(assert(rs.metadata:details(account, "support:level")).value)
--> navigator
```

An account has three histories, and one that merges them:

```lua
local changes = assert(rs.accounts:status_history(account))   -- newest first
changes = assert(rs.accounts:customer_history(account))       -- whose it was
changes = assert(rs.accounts:history(account, { changeType = "NICKNAME" }))
changes = assert(rs.accounts:timeline(account))               -- all, oldest first
print(changes[1].what, changes[1].to)
--> status Pending Approval
```

[Pictures](pictures.md) draws them.

## Who may see what

`rs.identity:whoami()`, `:validate()`, `:revoke()` and `:tenants()` are about the
session's user; `:users()`, `:user{ name = }`, `:api_key(user)`, `:endpoints()`
and `:impersonate{ username = }` are about others. `rs:meta(account)` gives the
response behind a record: status, headers, request id; `rs:last()` that of the last
call, whatever it gave.

Code that is handed a session may require a service by itself:
`require("rackspace.accounts").get(rs, "CLOUD/10101")` is the same call as
`rs.accounts:get("CLOUD/10101")`.

## The other dialect, and XML

The Customer Service has two documents. `dialect = "openapi"`, on the session or a
call, follows the second, in which accounts are named by RCN; it is at
`endpoints.customer_openapi`. `format = "xml"` reads the XML of the services that
have it, the Customer Service and Email & Apps, to the same values. Identity's XML
is left out.

## Calls that are not there

A service of your own is a table of rows:

```lua
local widgets = rs:service{ name = "widgets", endpoint = "customer",
  { "get", "GET /v1/widgets/{id}", args = { { "id", "id" } }, returns = "any" } }
print(select(2, widgets:get(7)))
--> widgets.get: 404 ...
```
]] },
  { name = "tickets", text = [[
# Tickets

To open a ticket, comment on it and close it:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())

local ticket = assert(rs.tickets:create{ accountId = "hybrid:5342844",
  subject = "Disk", category = "Incident", subcategory = "General",
  comment = { text = "sda is failing" } })
assert(rs.tickets:comment(ticket, { text = "sdb too" }))
assert(rs.tickets:close(ticket))
print(assert(rs.tickets:get(ticket)).status)
--> Closed
```

`rs.tickets:categories()` and `rs.tickets:accounts()` give what `category` and
`accountId` may be. An operation that a user lacks the role for fails with the
kind `forbidden`, and `err.role` names the role.

The service takes one new ticket a minute. Further ones wait for their turn:
[limits](limits.md). When the connection breaks at the wrong moment, nobody can
tell whether the ticket was opened; the error says so, and how to find out:
[errors](errors.md).

To follow what happens, keep the last event's id:

```lua
local last
for event in rs.tickets:events("10101") do
  last = last or event.id                -- the newest comes first
end
for event in rs.tickets:events("10101", { marker = last }) do
  last = event.id                        -- what is new since, oldest first
end
```
]] },
  { name = "attachments", text = [[
# Attachments

To send files with a ticket or a comment, name them:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
local file = assert(io.open("smart.log", "w"))
file:write("sda: failing\n")
file:close()

assert(rs.tickets:comment("180404-00001", { text = "the log",
  attachments = { "smart.log", { path = "smart.log", filename = "sda.log" } } }))
```

A file is read while it is sent, so its size does not matter for the memory.
`progress = function(sent, total) end` is called as it goes on.

The same file can be put up once and used in many comments:

```lua
local attachment = assert(rs.tickets:attach("smart.log"))
assert(rs.tickets:comment("180404-00001", { text = "again",
  attachments = { attachment } }))
```

When a file can't be put up, nothing is sent of the comment, and `err.attachments`
has those that are there already, to be given again as they are.

To get a file, take it from a comment:

```lua
local ticket = assert(rs.tickets:get("180404-00001"))
local comment = ticket.comments[#ticket.comments]
assert(rs.tickets:download(comment.attachments[1], "copy.log"))
print(io.open("copy.log"):read("*a"))
--> sda: failing
```

The file is there when all of it has come. One that is there already stays, and
the call fails, unless it has `clobber = true`. In a shell:

```sh
rackspace tickets.comment 180404-00001 text="from a shell" attachments=smart.log \
  --jq .text
```
```text
from a shell
commented on 180404-00001
```

The ticketing service names where files go and come from. Such an address is used
over TLS alone, and never one of a private network: [SECURITY.md](../../SECURITY.md).
]] },
  { name = "pages", text = [[
# Pages

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
```

A list is a loop. It reads page after page, the next one while you work on this
one, and holds no more than that:

```lua
local count = 0
for account in rs.accounts:list{ limit = 50 } do
  count = count + 1
end
print(count)
--> 137
```

`limit` is the size of a page, not of the list. To have a few, ask for a few:

```lua
local few = assert(rs.accounts:list():totable(3))
print(#few, few[1].name)
--> 3 MyRackspaceAcct
```

A loop raises when a page can't be read. `totable` gives `nil, message, err`
instead, as calls do. What `list` gives is no list yet: `#`, `ipairs` and `[1]`
raise an error, rather than find nothing there (on Lua 5.1 and LuaJIT, which ask
nobody, only `[1]` does).

## Whole pages

```lua
for page in rs.accounts:list{ limit = 50 }:pages() do
  io.write(#page, page.links.next and ", and more\n" or "\n")
end
```
```text
50, and more
50, and more
37
```

Where the service counts, `total` tells how many there are:

```lua
local tickets = rs.tickets:list()
print(tickets:total(), #assert(tickets:totable()))
--> 6 6
```

A list ends where the service says so: by its links, by its total, or by a page
without items. When it ends before the total, a `warning` event tells how many
are missing, and `complete` is false:

```lua
print(tickets:complete())
--> true
```

## Going on another day

`cursor` is a string that says where a list stands. Keep it, and begin there:

```lua
local pager = rs.accounts:list()
assert(pager:totable(100))
local place = pager:cursor()

local rest = assert(rs.accounts:list{ cursor = place }:totable())
print(#rest)
--> 37
```

Its filters are in it. At the end of a list there is none.

## What is new

A ticket's events are a list that grows. After the event that you know come those
that are new, oldest first:

```lua
local known = assert(rs.tickets:events("10101"):totable(1))[1].id
assert(rs.tickets:comment("180404-00001", { text = "thanks" }))
for event in rs.tickets:events("10101", { marker = known }) do
  print(event.content.event.type, event.content.event.resourceId)
  known = event.id
end
--> UPDATE 180404-00001
```

[examples/10-follow-events.lua](../../examples/10-follow-events.lua) keeps the
marker in a file.
]] },
  { name = "errors", text = [[
# Errors

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new{ sandbox = true }) -- one that can be told to fail
```

A call that fails gives `nil`, a line to read, and a table to decide by:

```lua
local account, message, err = rs.accounts:get("CLOUD/99")
print(account, message)
--> nil accounts.get: 404 Customer account not found (request ...)
print(err.kind, err.status, err.operation)
--> not_found 404 accounts.get
```

`assert` ends the script with that line, which is often enough:

```lua
local name = assert(rs.accounts:get("CLOUD/10101")).name
```

Loops raise the table. It prints as its message:

```lua
local ok, problem = pcall(function()
  for contact in rs.contacts:list("CLOUD/99") do print(contact.username) end
end)
print(ok, problem.kind, tostring(problem) == problem.message)
--> false not_found true
```

A mistake in the script itself is raised where it stands, and nothing is sent:

```lua
print(pcall(function() rs.tickets:get() end))
--> false ...: tickets.get: 'ticketId' is missing
```

## Kinds

Decide by `err.kind`. The [reference](../reference.md#errors) has all of them;
these are the ones that scripts ask for:

| kind | what to do |
| --- | --- |
| `not_found` | it isn't there, or not yours to see |
| `forbidden` | `err.role` names the role that it takes, `err.portal` where that is given |
| `auth` | log in otherwise; `err.challenge` asks for a second factor |
| `throttled`, `server`, `network`, `timeout` | it was tried again already: come back later |
| `invalid` | the service says what is wrong with the request |

New kinds may come: take one that you don't know for `server`.

```lua
local function name_of(id)
  local found, text, fault = rs.accounts:get(id)
  if found then
    return found.name
  elseif fault.kind == "not_found" then
    return "(gone)"
  end
  error(text)
end
print(name_of("CLOUD/10101"), name_of("CLOUD/99"))
--> MyRackspaceAcct (gone)
```

## Failures that nobody looked at

The program `rackspace` tells of a failed call that stands alone as a statement
of its script, or of `-e`, with its line. The script goes on; when it has reached
its end, it exits with the code of the first of them:

```sh
cat > close.lua <<'END'
local rs = assert(require("rackspace").new())
rs.tickets:close("nope")
print("done")
END
rackspace close.lua || echo "exit status $?"
```
```text
rackspace: close.lua:2: tickets.close: 404 Ticket with this ID could not be found (request ...)
done
exit status 4
```

What is assigned, tested, returned or passed to a function was looked at:
`local _ = rs.tickets:close(id)` says that the failure is meant, and
`--quiet-failures` says so for all. `pcall(f)` catches what is raised; a failure
that `f` returned is told all the same. What a script itself returns, and what its
functions do in loops, coroutines and `rs:map`, is told; the modules that it
requires are not looked at, so use `assert` or `return` there. `os.exit(code)`
exits with that code.

An error that comes of such a nil names the call:

```sh
rackspace -e 'local a = rs.accounts:get("CLOUD/99")  print(a.name)' 2>&1 | head -n 2
```
```text
rackspace: -e:1: attempt to index a nil value (local 'a')
that nil is from a call that failed: -e:1: accounts.get: 404 Customer account not found (request ...)
```

At the prompt, each failed call of a line whose message the line didn't show is
told after it.

## Unknown outcome

A write that broke off may have been done. It is not made again; `err.sent` is
`"unknown"`, and the message names the call that tells:

```lua
rs.sandbox:fault("tickets.create", { close = true, after_processing = true,
  times = 1 })
local fields = { accountId = "10101", subject = "Disk [7f3a]",
  category = "Incident", subcategory = "Other" }
local ticket, why, fault = rs.tickets:create(fields)
print(why)
--> tickets.create: the sandbox closed the connection without an answer; unknown outcome: it may have been done, see rs.tickets:list{ subject = ... }
```

So give a write something that it can be found by, and look before you do it
again:

```lua
if not ticket and fault.sent == "unknown" then
  ticket = assert(rs.tickets:list{ subject = fields.subject }:totable(1))[1]
end
print(ticket.subject)
--> Disk [7f3a]
```

With `err.sent == false` surely nothing was sent.
[examples/05-open-tickets.lua](../../examples/05-open-tickets.lua) does this with a
journal, and can be killed at any time.

## Telling others

`err.request_id` is what Rackspace's support wants to know. `err:curl()` gives the
request as a command, without its secrets:

```lua
print(err:curl())
--> curl --globoff --request GET ... --header 'X-Auth-Token: '"$RACKSPACE_TOKEN" --url 'http://.../v1/customer_accounts/CLOUD/99'
```

From a shell, the kind of an error is the exit status:

```sh
rackspace accounts.get CLOUD/99 || echo "exit status $?"
```
```text
rackspace: accounts.get: 404 Customer account not found (request ...)
exit status 4
```
]] },
  { name = "limits", text = [[
# Limits and repeats

The services allow so many calls a minute: one new ticket, five comments, sixty
looks at tickets. You need do nothing: calls wait for their turn, in their order.

To show it without the waiting, here is a session with a clock that only jumps:

```lua
local rackspace = require("rackspace")
local now = os.time()
local clock = { time = function() return now end,
  monotonic = function() return now end,
  random = function() return 0.5 end,
  sleep = function(seconds) now = now + seconds end }
local box = rackspace.sandbox{ clock = clock.time }
local rs = assert(rackspace.new{ sandbox = box, clock = clock })
rs:on("wait", function(event)
  print(event.reason, event.operation, event.seconds)
end)

for i = 1, 3 do
  assert(rs.tickets:create{ accountId = "10101", subject = "Disk " .. i,
    category = "Incident", subcategory = "Other" })
end
--> limit tickets.create 60
--> limit tickets.create 60
```

A `deadline` bounds a call with all its waits. What can't start in time fails at
once, and says when it could:

```lua
local closed, message, err = rs.tickets:create({ accountId = "10101",
  subject = "Disk 4", category = "Incident", subcategory = "Other",
  deadline = 5 })
print(err.kind, err.retry_after, err.sent)
--> timeout 60 false
```

## What is made again

Being throttled, a connection that broke, 502, 503 and 504 pass by themselves, and
such a call is made again where that is safe, at most four times:

```lua
rs.sandbox:fault("accounts.get", { status = 503, times = 2,
  headers = { ["Retry-After"] = "7" } })
print(assert(rs.accounts:get("CLOUD/10101")).name)
--> retry accounts.get 7.25
--> retry accounts.get 7.25
--> MyRackspaceAcct
```

`Retry-After` is kept, however long it is. `retries = 0`, on the session or a
call, makes nothing again:

```lua
rs.sandbox:fault("accounts.get", { status = 503, times = 1 })
print(rs.accounts:get("CLOUD/10101", { retries = 0 }))
--> nil accounts.get: 503 a fault that was asked for (request ...) ...
```

Limits of your own, or none, for a service that allows you more:

```lua
local fast = assert(rackspace.new{ limits = {
  ["tickets.create"] = { 5, per = 60 }, ["tickets.comment"] = false } })
local unlimited = assert(rackspace.new{ limits = false })
```

Which calls are safe, what each limit is, and how the waits are reckoned:
[doc/retries.md](../retries.md).
]] },
  { name = "concurrency", text = [[
# Concurrency

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
```

`rs:map` calls a function for each item of a list, sixteen at once, and gives what
it returned. The function is ordinary code; while a call in it waits, the others
go on:

```lua
local count = 0
for account, contacts in rs:map(rs.accounts:list(), function(account)
  return assert(rs.contacts:list(account):totable())
end) do
  count = count + 1
end
print(count)
--> 137
```

Results come as they are ready. `ordered` has them in the list's order,
`concurrency` says how many at once:

```lua
local ids = { "CLOUD/10101", "CLOUD/10161", "CLOUD/RAN2891" }
for id, account in rs:map(ids, function(id)
  return rs.accounts:get(id)
end, { ordered = true, concurrency = 2 }) do
  print(id, account.name)
end
--> CLOUD/10101 MyRackspaceAcct
--> CLOUD/10161 Counting Robotics
--> CLOUD/RAN2891 FreeLancer Study
```

The list is read only as far as results are used, so it may be endless. Leaving the
loop cancels what is in flight.

What fails in the function is the function's own affair until it raises: then the
loop ends and names the item.

```lua
print(pcall(function()
  for id, account in rs:map({ "CLOUD/10101", "CLOUD/99" }, function(id)
    return assert(rs.accounts:get(id))
  end) do
    count = count + #id + #account.name
  end
end))
--> false map: item 2 (CLOUD/99): ...accounts.get: 404 Customer account not found (request ...)
```

A few different calls at once:

```lua
local both = assert(rs:all{
  function() return rs.accounts:get("CLOUD/10101") end,
  function() return rs.metadata:list("CLOUD/10101") end })
print(both[1].name, both[2]["support:level"])
--> MyRackspaceAcct navigator
```

Limits and repeats hold as ever: a map over new tickets opens one a minute.
Deadlines, cancelling, Lua 5.1's own rules, and the loops of luv, cqueues and your
own: [doc/concurrency.md](../concurrency.md).
]] },
  { name = "bulk-jobs", text = [[
# Bulk jobs

To read much, let many calls run at once, and take results as they come:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())

local lacking = 0
for account, contacts in rs:map(rs.accounts:list(), function(account)
  return assert(rs.contacts:list(account, { role = "BILLING" }):totable(1))
end, { concurrency = 16 }) do
  lacking = lacking + (#contacts == 0 and 1 or 0)
end
print(lacking)
--> 15
```

One page of accounts is held at a time, however many there are.
[Concurrency](concurrency.md) tells how a job is cancelled, and what an error in
one item does.

To write much, mind three things: the service's limits make it slow, so it will be
interrupted; some outcomes will be unknown; and nothing may be done twice.
[examples/05-open-tickets.lua](../../examples/05-open-tickets.lua) opens a ticket
for each row of a spreadsheet. It notes each row in a journal before it is sent,
looks at the service where an outcome is unknown, and goes on where it ended when
it is run again:

    $ RACKSPACE_SANDBOX=1 rackspace examples/05-open-tickets.lua tickets.csv

From a shell, a list goes through a pipe one item a line:

```sh
rackspace tickets.list --jq '.[] | select(.status == "Solved") | .ticketId' |
  while read -r ticket; do
    rackspace tickets.close "$ticket" --dry-run > /dev/null || echo "not $ticket"
  done
```
]] },
  { name = "pictures", text = [[
# Pictures and reports

To see what happened to an account, draw its timeline, which merges its three
histories:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new())
local account = assert(rs.accounts:get("CLOUD/10101"))
local changes = assert(rs.accounts:timeline(account))      -- oldest first

local picture = require("rackspace.picture").of("accounts.timeline")
io.write(picture.text(changes, { account = account, width = 80 }))
--> MyRackspaceAcct
--> ...
```

    MyRackspaceAcct
    2012-07-15 ● Status    Pending Approval, new                 service_account_ad…
               ● Customer  RCN-859-524-767, new                  service_account_ad…
    2013-02-02 ● Customer  RCN-859-524-767                       xyz123 (racker)
               │           → RCN-241-490-778, merged
    2013-08-23 ● Status    Pending Approval → Delinquent         abc2224 (racker)
    2014-03-13 ● Customer  RCN-241-490-778                       john0987 (customer)
               │           → RCN-123-456-789, moved
    2014-10-01 ● Status    Delinquent → Active                   abc2222 (racker)
    2015-04-21 ● Nickname  MyRackspace                           user1 (customer)

The prompt draws it so, too, as wide as the terminal. `picture.svg(changes)` gives
a drawing that is a file of its own, and `picture.html(changes)` a page with a
table of every change. So does

    $ rackspace accounts.timeline CLOUD/10101 --output=svg > timeline.svg

![What happened to the account 10101](../timeline.svg)

`rackspace report -o accounts.html` reads all accounts and tickets and writes one
page about them: by type, status and service level, who lacks a BILLING or PRIMARY
contact, tickets by status and age, metadata keys in use, and every account in a
table that can be sorted. Memory does not grow with the accounts. The pages need
no network and no script, are light or dark as their reader prefers, and can be
used by keys and screen readers. A report holds personal data: its file is
readable to you alone.
]] },
  { name = "sandbox", text = [[
# The sandbox

The services in miniature, to try and to test your own scripts against. It is
inside the library:

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new{ sandbox = true })
print(rs.accounts:get("CLOUD/10101").name)
--> MyRackspaceAcct
```

Any script takes it, unchanged, with `RACKSPACE_SANDBOX=1`. Its 137 accounts are
made from a seed, and are the same each time.

## Counts

How often was a call answered? A test asks:

```lua
assert(rs.accounts:list{ limit = 50 }:totable())
print(rs.sandbox:count("accounts.list"), rs.sandbox:count("accounts.get"))
--> 3 1
```

## Faults

What does your script do when the service fails? Have it fail:

```lua
rs.sandbox:fault("accounts.get", { status = 500, times = 1 })
local account, message, err = rs.accounts:get("CLOUD/10101")
print(account, err.kind)
--> nil server
rs.sandbox:fault("*", { every = 3, status = 429,
  headers = { ["Retry-After"] = "0" } })
print(#assert(rs.accounts:list{ limit = 10 }:totable()))
--> 137
rs.sandbox:fault("*", false)
```

`close` breaks the connection, `delay` is late, `body` answers something else,
`after_processing` fails after the deed: [doc/faults.md](../faults.md).

## Awkward lists

Servers give fewer items to a page than were asked for, count what was deleted,
and begin a page with the item that its marker names. So does a sandbox that is
told to. The lists are the same, and say what they lack:

```lua
local box = rackspace.sandbox{ short_pages = true, inclusive = true,
  lagging_totals = true }
local awkward = assert(rackspace.new{ sandbox = box })
awkward:on("warning", function(event) print(event.message) end)
print(#assert(awkward.accounts:list():totable()))
print(#assert(awkward.tickets:list():totable()))
--> 137
--> tickets.list: the list ended after 6 items; the service counts 7
--> 6
```

`rackspace sandbox` has the options `--short-pages`, `--inclusive` and
`--lagging-totals`.

## The clock

Limits are kept and tokens end by the sandbox's own clock, which can be moved:

```lua
local logins = 0
rs:on("login", function() logins = logins + 1 end)
rs.sandbox:advance(2 * 86400)
assert(rs.accounts:get("CLOUD/10101"))
print(logins)
--> 1
```

The other side is the session's setting `clock`: with a `sleep` that moves both,
hours of waiting are over at once, as on the page about [limits](limits.md).

## In a process of its own

For programs in other languages, and for scripts that are killed:

```sh
rackspace sandbox --accounts 1000 >box.json &
until [ -s box.json ]; do sleep 0.1; done
export RACKSPACE_SANDBOX="$(jq -r .url box.json)"
export RACKSPACE_SANDBOX_TOKEN="$(jq -r .control_token box.json)"
control="X-Sandbox-Token: $RACKSPACE_SANDBOX_TOKEN"
rackspace accounts.get CLOUD/10101 --output=json | jq -r .name
curl -s -d '{"operation":"accounts.get","status":404,"times":1}' \
  -H "$control" -H 'Content-Type: application/json' \
  "$RACKSPACE_SANDBOX/sandbox/faults"
rackspace accounts.get CLOUD/10101 2>/dev/null || echo "exit status $?"
curl -s -H "$control" "$RACKSPACE_SANDBOX/sandbox/counts" | jq '."accounts.get"'
kill $!
```
```text
MyRackspaceAcct
exit status 4
1
```

`POST /sandbox/advance` moves its clock, `--state FILE` keeps what was changed:

- Each change is appended to the file before it is confirmed, and survives the end
  of the process, also by `kill -9`. It is not synced to the disk: a loss of power
  may take the last ones. A file that has doubled, and is longer than 1 MiB, is
  written anew.
- One sandbox at a time has the file. In a script, `box:close()` lets it go.
- A file that holds no state, or one of another version, is refused and left as it
  is. So is a state that is damaged; only what was cut short at its end, as by a
  full disk, is left out with a message.
- A change that can't be kept, as on a full disk, is answered with 507 and not
  made. The sandbox goes on, and keeps changes again when there is room.

Clients of others log in to it too: its Identity has versions at `/` and `/v2.0`,
a catalog with the services that they look for (whose endpoints are below the
sandbox's address and answer 404, so that no token leaves the machine), roles,
extensions, `belongsTo`, `include_endpoints=false` and `DELETE /v2.0/tokens/ID`.
It has JSON only: Identity's XML is left out, and refused with 406 or 415. Each
path that has GET has HEAD; `Accept` may weigh types by `q`; paths of Identity and
of the Customer Service may end in `.json` or `.xml`.

It listens on 127.0.0.1, and answers there to this machine's programs alone:

- `Host` must be `localhost`, `127.0.0.1` or `[::1]`, with any port: another name
  that leads to this machine is refused with 403, and so is a request that a
  browser sends for a page of another origin (by `Origin` or `Sec-Fetch-Site`).
- What is below `/sandbox` (the credentials, the clock, faults, counts) needs the
  header `X-Sandbox-Token`: the `control_token` of the first line, or what
  `RACKSPACE_SANDBOX_TOKEN` holds where the sandbox starts: 16 or more letters,
  digits, `-` and `_`. `--sandbox=URL` and `RACKSPACE_SANDBOX=URL` send that
  variable. Without it, the endpoints and credentials of the first line can be
  given to a session like those of the services.
- A body of more than 65,536 bytes is read only for a valid token, an upload that
  was begun, or the controls; else it is refused, with 413 or the service's own
  401, and not kept.
]] },
  { name = "embedding", text = [[
# Embedding

All of it is in one C library, which needs no knowledge of Lua:

```c
#include <rackspace.h>
#include <stdio.h>

int main(void)
{
  rackspace *rs = rackspace_new(NULL);
  const char *account;
  if (rackspace_call(rs, "accounts.get", "[\"CLOUD/10101\"]", &account) == 0)
    puts(account);
  else
    fprintf(stderr, "%s\n", rackspace_error(rs)->message);
  rackspace_free(rs);
  return 0;
}
```
```text
{..."name":"MyRackspaceAcct"...}
```

Any operation goes by its name, with JSON in and out. A list is handed over page
by page:

```c
#include <rackspace.h>
#include <stdio.h>

static int count_page(void *user, const char *page)
{
  (void)page; /* a JSON array of accounts */
  ++*(int *)user;
  return 0; /* anything else ends the walk */
}

int main(void)
{
  rackspace *rs = rackspace_new(NULL);
  int pages = 0;
  if (rackspace_pages(rs, "accounts.list", "{\"limit\": 50}", count_page,
                      &pages) != 0)
    fprintf(stderr, "%s\n", rackspace_error(rs)->message);
  printf("%d pages\n", pages);
  rackspace_free(rs);
  return 0;
}
```
```text
3 pages
```

Scripts that others write can be held to a list of operations and to bounds of
time and memory:

```c
#include <rackspace.h>
#include <stdio.h>

int main(void)
{
  static const char *const allow[] = { "accounts.*", NULL };
  rackspace_options options = RACKSPACE_OPTIONS;
  rackspace *rs;
  options.allow = allow;
  options.seconds = 2;
  rs = rackspace_new(&options);
  if (rackspace_run_string(rs, "while true do end") != 0)
    puts(rackspace_error(rs)->kind);
  if (rackspace_run_string(rs, "assert(rs.tickets:list():totable())") != 0)
    puts(rackspace_error(rs)->kind);
  if (rackspace_run_string(rs, "os.execute('ls')") != 0)
    puts(rackspace_error(rs)->kind);
  rackspace_free(rs);
  return 0;
}
```
```text
refused
script
script
```

The host may set any locale, by `setlocale(LC_ALL, "")` or for one thread: JSON,
queries, logs, CSV and files have numbers with a point in all of them. Scripts
write numbers as their Lua does, and many Luas obey the locale. On a system
without `uselocale()` the library needs a locale whose numbers have a point.

[rackspace.h](../../src/rackspace.h) is all there is to learn: calls that don't
block a host's own loop, interrupting from any thread, functions that the host
gives to scripts. [examples/embed](../../examples/embed) has whole programs, in C
and C++.

## Linking

    cc tickets.c $(pkg-config --cflags --libs rackspace)          # or
    cc tickets.c $(pkg-config --cflags --libs rackspace-static)   # inside it

    find_package(rackspace REQUIRED)                              # CMake
    target_link_libraries(tickets PRIVATE rackspace::rackspace)   # ::static

`pkg-config --variable=lua rackspace` tells which Lua is inside. A host that has
a Lua takes `rackspace-open` (`rackspace::open`) instead, which carries none. The
HTTP client by itself, for any other API, is the module `rackspace.core`:
[core.md](../core.md), [examples/core.lua](../../examples/core.lua).
]] },
  { name = "hosts", text = [[
# Hosts

A program with a Lua inside, such as Neovim, nginx, HAProxy, Tarantool, Prosody or
mpv, loads the library as any Lua does. Calls wait, and would have the host wait with
them. So the session is put on the host's loop, where it has one that watches
descriptors ([concurrency](../concurrency.md)); or the host lends a function that
sends a request in its own way ([transport](../transport.md)):

```lua
local rackspace = require("rackspace")
local rs = assert(rackspace.new{ token = "the-host's", transport = function(request)
  print(request.method, request.url)
  return { status = 200, body = '{ "type": "CLOUD", "id": "10101" }',
    headers = { ["content-type"] = "application/json" } }
end })
print(rs.accounts:get("CLOUD/10101").id)
--> GET https://customer.api.rackspacecloud.com/v1/customer_accounts/CLOUD/10101
--> 10101
```

A module in C is built for one Lua. So a host takes `rackspace.core` from the build
for the Lua that it has inside, by `package.cpath` or `LUA_CPATH`; the modules in
Lua are the same for all:

| host | it says its Lua by | build |
| --- | --- | --- |
| Neovim | `nvim --version` | `luajit` |
| nginx, OpenResty | `jit.version`, in a block of Lua | `luajit` |
| Tarantool | `jit.version` | `luajit` |
| HAProxy | `haproxy -vv` | `lua5.3` on Debian 12, `lua5.4` on Debian 13 |
| Prosody | `prosodyctl about` | `lua5.4` |
| mpv | `_VERSION`, in a script | `lua5.2` |

What was tried, how each host waits, and what else goes on meanwhile:

| host | how it waits | what else goes on | example | tested (Debian 12) | works with (Debian 13) |
| --- | --- | --- | --- | --- | --- |
| Neovim | libcurl on `vim.loop`, by `rackspace.loop.luv` | all: keys, timers, other calls; `rs:map` | [`neovim.lua`](../../examples/hosts/neovim.lua) | 0.7.2, LuaJIT 2.1.0-beta3 | 0.10.4, LuaJIT 2.1.1737090214 |
| nginx | a subrequest, `ngx.location.capture`; in a timer libcurl, by `rackspace.loop.poll` | all other requests of the worker | [`nginx.conf`](../../examples/hosts/nginx.conf), [`contacts.lua`](../../examples/hosts/contacts.lua); [`timer.conf`](../../examples/hosts/timer.conf), [`open_tickets.lua`](../../examples/hosts/open_tickets.lua) | 1.22.1, lua-nginx-module 0.10.23, LuaJIT 2.1.0-beta3 | 1.26.3, lua-nginx-module 0.10.28, LuaJIT 2.1.1737090214 |
| HAProxy | `core.httpclient`, in an action | all other traffic | [`haproxy.cfg`](../../examples/hosts/haproxy.cfg), [`haproxy.lua`](../../examples/hosts/haproxy.lua) | 2.6.12, Lua 5.3.6 | 3.0.11, Lua 5.4.7 |
| Tarantool | `http.client`, in a fiber | all other fibers | [`tarantool.lua`](../../examples/hosts/tarantool.lua) | 2.6.0, LuaJIT 2.1.0-beta3 | 2.6.0, LuaJIT 2.1.0-beta3 |
| Prosody | `net.http` and `util.async`, in a route | all other routes and sessions | [`mod_rackspace.lua`](../../examples/hosts/mod_rackspace.lua) | 0.12.3, Lua 5.4 | 13.0.1, Lua 5.4 |
| mpv | libcurl, in the script's own thread | the film, keys, all other scripts | [`mpv.lua`](../../examples/hosts/mpv.lua) | 0.35.1, Lua 5.2 | 0.40.0, Lua 5.2 |

`script/test` runs each example in its host against a sandbox, stops the sandbox
in the middle of a call to see that the host answers meanwhile, and compares the
host's own word on its version and its Lua with this table: on Debian 12 with
the column "tested", on Debian 13 with "works with". What blocks in all of them:
`rackspace.new`, which reads files of credentials and, for a sandbox at a URL,
asks it once; and the work on an answer that has come. A call outside of the
host's coroutines, as at its start, waits there or fails, as the host has it.
]] },
  { name = "assistants", text = [[
# Assistants

To let an assistant, a program around a language model, look into accounts and
tickets, give it `rackspace mcp` as a server of the Model Context Protocol. Most
assistants take this from a file of settings such as

```json
{
  "mcpServers": {
    "rackspace": {
      "command": "rackspace",
      "args": ["mcp", "--profile=readonly", "--allow=tickets.comment"]
    }
  }
}
```

Each operation is a tool, `tickets.get` as `tickets_get`, with a JSON Schema of
its parameters. They only read, unless `--allow` names others: operations such as
`tickets.comment`, or `tickets.*` for all of a service. To try it, ask by hand:

```sh
echo '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"accounts_get",
  "arguments":{"account":"CLOUD/10101"}}}' | tr -d '\n' |
  RACKSPACE_SANDBOX=1 rackspace mcp | jq -r '.result.content[1].text' | jq -r .name
```
```text
MyRackspaceAcct
```

What to know before it is given to one:

- It has the rights of the profile's user. A user who may only read, as
  `ticketing:observer`, is the best bound.
- No tool takes or gives a key, a password or a token, and none reads or writes
  files of this machine. Secrets in a result are masked.
- Results are marked as data of others: a customer may write into a ticket what
  looks like an instruction. No mark makes a model heed it; allow no more than
  you would let a stranger ask for.
- A list comes by parts of 50 items, with a cursor to go on; a result has 60,000
  bytes at most, and says when texts in it were shortened.
- Calls wait for the limits of the services, and tell the assistant that they do.
  When a write failed and may have been done all the same, it is told to look
  before it tries again.

This guide and the reference of each operation are there as resources:
`rackspace://guide/errors`, `rackspace://operations/tickets.create`.
]] },
}
