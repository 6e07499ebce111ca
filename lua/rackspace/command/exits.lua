--- exits.lua - the exit codes of the program
-- SPDX-License-Identifier: MIT
local exits = {}

-- In the order of their codes. A code keeps its meaning for good.
exits.list = {
  { code = 0, name = "done", doc = "It is done." },
  { code = 1, name = "failed",
    doc = "It failed for a reason that has no code of its own, such as a " ..
      "file that can't be read; or the script failed." },
  { code = 2, name = "usage",
    doc = "The command line is wrong: nothing was sent." },
  { code = 3, name = "auth", kinds = { "auth", "forbidden", "config" },
    doc = "There are no credentials, they were not accepted, or the user " ..
      "may not do this; or a library is missing.",
    advice = {
      auth = "rackspace status (tells whose credentials these are), " ..
        "rackspace login (takes others)",
      forbidden = "rackspace status (tells whose credentials these are)",
      credentials = "rackspace login (keeps credentials), or --sandbox " ..
        "(needs none)",
    } },
  { code = 4, name = "not_found", kinds = { "not_found" },
    doc = "There is no such thing, or the user can't see it." },
  { code = 5, name = "throttled", kinds = { "throttled" },
    doc = "Too many requests for now." },
  { code = 6, name = "network", kinds = { "network", "timeout", "tls" },
    doc = "The service could not be reached, or not in time." },
  { code = 7, name = "partial",
    doc = "A part was written, or done, before it failed." },
  { code = 8, name = "refused", kinds = { "refused" },
    doc = "The program refused: the session only reads, or nobody said yes." },
  { code = 9, name = "invalid", kinds = { "invalid", "conflict" },
    doc = "The service refused the request as wrong." },
  { code = 10, name = "server", kinds = { "server", "protocol" },
    doc = "The service failed, or its answer was not what it promises." },
  { code = 130, name = "interrupted",
    doc = "It was interrupted; 143 when it was terminated, and 141 when " ..
      "nobody reads its output any more." },
}

local by_kind = {}
for _, exit in ipairs(exits.list) do
  exits[exit.name] = exit.code
  for _, kind in ipairs(exit.kinds or {}) do
    by_kind[kind] = exit
  end
end

--- Returns the exit code of an error, and a command that may help: by what the
-- error says is lacking, or else by its kind.
function exits.of(err)
  local exit = by_kind[err.kind]
  if err.kind == "throttled" and err.retry_after then
    return exit.code, ("again in %d seconds"):format(math.ceil(err.retry_after))
  elseif not exit then
    return exits.failed
  end
  return exit.code, exit.advice and exit.advice[err.lacks or err.kind]
end

--- Returns a failure as commands do: its exit code, the message, advice.
-- `err` is nil when only a message is known.
function exits.failure(err, message)
  if not err then
    return exits.failed, message
  end
  local code, advice = exits.of(err)
  return code, err.message, advice
end

return exits
