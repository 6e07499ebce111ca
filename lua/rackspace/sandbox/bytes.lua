--- bytes.lua - what is in memory or in a file, read piece by piece
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local bytes = {}

-- What is held at once of a file.
local piece = 16384

local text_methods = {}
local text_mt = { __index = text_methods }

--- The next piece of a text, as a file's read gives it.
function text_methods:read(count)
  local from = self.at
  self.at = from + count
  return from <= #self.text and self.text:sub(from, from + count - 1) or nil
end

function text_methods.close()
  return true
end

--- The folder for temporary files.
function bytes.folder()
  local folder = os.getenv("TMPDIR")
  return folder and folder ~= "" and folder or "/tmp"
end

--- Makes an empty temporary file that only this user can read: its path, or nil
-- and a message.
function bytes.temporary()
  local path, problem = core.file.temporary(bytes.folder())
  return path, problem and bytes.folder() .. ": " .. problem
end

--- What a request's body is read from: its file, or its text. nil and a
-- message when the file can't be opened.
function bytes.open(request)
  if request.file then
    return io.open(request.file, "rb")
  end
  return setmetatable({ text = request.body or "", at = 1 }, text_mt)
end

--- The next piece; nil at the end, and a message when it can't be read.
function bytes.next(source)
  return source:read(piece)
end

--- Copies what is left of a source into an open file. How many bytes, or nil
-- and a message.
function bytes.pour(source, out)
  local total = 0
  while true do
    local part, problem = bytes.next(source)
    if not part then
      return not problem and total or nil, problem
    end
    local written
    written, problem = out:write(part)
    if not written then
      return nil, problem
    end
    total = total + #part
  end
end

--- Replaces a file by what is left of a source. How many bytes, or nil and a
-- message.
function bytes.save(source, path)
  local out, problem = core.file.replace(path)
  if not out then
    return nil, path .. ": " .. problem
  end
  local count, done
  count, problem = bytes.pour(source, out)
  if count then
    done, problem = out:commit(false)
  end
  out:discard()
  if done then
    return count
  end
  return nil, path .. ": " .. problem
end

return bytes
