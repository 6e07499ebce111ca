--- confined.lua - confined scripts, run by librackspace in a process
-- SPDX-License-Identifier: MIT
local confined = {}

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

--- Returns what the process prints that runs the scripts in one rackspace:
-- "ok" for each, or its error, after what the scripts print.
-- @param options string, as spec/c/confined.c takes them
-- @param scripts list of texts
-- @param before string: a shell command, such as "cd /tmp; A=1"; or nil
function confined.run(options, scripts, before)
  local words = {}
  for i, script in ipairs(scripts) do
    words[i] = quote(script)
  end
  local process = assert(io.popen(("unset LD_PRELOAD; %s %s %s -- %s 2>&1"):format(
    before or "", quote(os.getenv("RACKSPACE_BUILD") .. "/confined"), options,
    table.concat(words, " "))))
  local printed = process:read("*a")
  process:close()
  return printed
end

return confined
