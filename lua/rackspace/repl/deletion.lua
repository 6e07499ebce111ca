--- deletion.lua - the prompt asks before a line deletes something that is LIVE
-- SPDX-License-Identifier: MIT
local allow = require("rackspace.call.allow")
local ascii = require("rackspace.base.ascii")
local fault = require("rackspace.base.fault")
local prompt = require("rackspace.repl.prompt")
local source = require("rackspace.many.source")
local width = require("rackspace.show.width")

local deletion = {}

--- Returns a call as a question names it: "email_customers.delete 10042".
local function title(op, ...)
  local words = { op.full_name }
  for i = 1, #op.args do
    local given = select(i, ...)
    words[#words + 1] = type(given) == "table" and
      source.name(given, 1):match("%((.*)%)$") or
      type(given) ~= "table" and tostring(given) or nil
  end
  return width.plain(table.concat(words, " "))
end

--- Asks whether to go on. Returns whether to.
local function is_wanted(repl, what)
  repl.progress:clear()
  local answer = repl.input:ask(what ..
    ": this deletes it, LIVE. Go on? [y/N, a for all of this line] ")
  answer = ascii.lower(answer or ""):match("^%s*(%a?)")
  repl.deletes_all = answer == "a"
  return answer == "a" or answer == "y"
end

--- From now on, the repl asks before a call of a line deletes something. A
-- sandbox is not asked for.
function deletion.ask_before(repl)
  function allow.objection(session, op, ...)
    if op.method ~= "DELETE" or repl.deletes_all or
        prompt.is_sandbox(session) or is_wanted(repl, title(op, ...)) then
      return nil
    end
    return fault.new{ kind = "refused", operation = op.full_name, attempts = 0,
      text = "not confirmed, nothing was sent" }
  end
end

return deletion
