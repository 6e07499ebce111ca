--- file.lua - files and folders of a spec's own
-- SPDX-License-Identifier: MIT
local lfs = require("lfs")

local file = {}

local made = {}

-- A sanitizer that is loaded into the specs' Lua is not for the tools it runs.
local plainly = "unset LD_PRELOAD; "

--- Runs a command, which must succeed.
function file.run(command, ...)
  local result = os.execute(plainly .. command:format(...))
  assert(result == true or result == 0, "this failed: " .. command)
end

--- A new empty folder.
function file.folder()
  local path = os.tmpname()
  os.remove(path)
  file.run("mkdir -m 700 '%s'", path)
  made[#made + 1] = path
  return path
end

--- Writes a new file in the place of any other, with the folders above it.
-- Without a mode only its owner can read it.
function file.write(path, text, mode)
  local folder = path:match("^(.*)/")
  if not lfs.attributes(folder) then
    file.run("mkdir -p '%s'", folder)
  end
  os.remove(path) -- it may be one that nobody can write
  local out = assert(io.open(path, "w"))
  out:write(text)
  out:close()
  file.run("chmod %s '%s'", mode or "600", path)
  return path
end

--- Makes a file another user's, which only root can; whether it could.
function file.can_give_away(path)
  local result = os.execute(plainly .. ("chown 43210 '%s' 2>/dev/null"):format(path))
  return result == true or result == 0
end

--- All bytes of a file.
function file.read(path)
  local input = assert(io.open(path, "rb"))
  local text = input:read("*a")
  input:close()
  return text
end

--- Removes the folders: for after_each.
function file.clean()
  for i = #made, 1, -1 do
    file.run("rm -rf '%s'", made[i])
    made[i] = nil
  end
end

return file
