--- file.lua - reads, replaces and changes the files that are kept for a user
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local file = {}

--- Whether a bit of a file's permissions is set.
local function has_bit(mode, bit)
  return mode % (2 * bit) >= bit
end

--- Reads a file that decides where secrets are sent, or that holds some: its
-- text, and whether it is closed to other users. nil when it does not exist;
-- nil and the problem when it is not a regular file, is longer than `limit`
-- bytes (1 MiB), belongs to another user than this one or root, or can be
-- written by others. A group is others, also where each user has a group of
-- their own: only a look at all users could tell it from a shared one.
function file.read_trusted(path, limit)
  local text, mode, is_trusted = core.file.read(path, limit)
  if not text then
    return nil, mode
  elseif not is_trusted then
    return nil, "it belongs to somebody else"
  elseif has_bit(mode, 16) or has_bit(mode, 2) then
    return nil, "others can write it; run: chmod 600 " .. path
  end
  return text, mode % 64 == 0
end

--- Replaces a file by a text that only this user can read: true, or nil and the
-- problem. Links are followed; on failure, the file is as it was. Waits until
-- the disk has it, unless `is_synced` is false: that takes about 20 ms.
function file.write(path, text, is_synced)
  local writer, problem = core.file.replace(path)
  if not writer then
    return nil, problem
  end
  local done
  done, problem = writer:write(text)
  if not done then
    writer:discard()
    return nil, problem
  end
  return writer:commit(is_synced)
end

--- The folder of the file at a path.
function file.folder_of(path)
  local folder = path:match("^(.*)/[^/]*$")
  return folder == "" and "/" or folder or "."
end

local function release(lock, ok, ...)
  lock:release()
  if not ok then
    error((...), 0)
  end
  return ...
end

--- Calls change(...) while nothing else changes the files of a folder, which is
-- made if it does not exist: what the call returns, or nil and the problem when
-- the folder can't be locked. For changes that read a file first; all that
-- write the file have to lock its folder.
function file.locked(folder, change, ...)
  local lock, problem = core.file.lock(folder)
  if not lock then
    return nil, problem
  end
  return release(lock, pcall(change, ...))
end

return file
