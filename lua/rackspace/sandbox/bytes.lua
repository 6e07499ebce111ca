--- bytes.lua - what is in memory or in a file, read piece by piece
-- SPDX-License-Identifier: MIT

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

--- Where what is too long for memory goes for a while.
function bytes.folder()
  return os.getenv("TMPDIR") or "/tmp"
end

--- The path of a new file there.
function bytes.temporary()
  local path = os.tmpname()
  local elsewhere = bytes.folder() .. "/" .. path:match("[^/]*$")
  if elsewhere ~= path then
    os.remove(path)
  end
  return elsewhere
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

--- Makes a file of what a source has. How many bytes, or nil and a message.
function bytes.save(source, path)
  local out, problem = io.open(path, "wb")
  if not out then
    return nil, problem
  end
  local count
  count, problem = bytes.pour(source, out)
  local closed, closing_problem = out:close()
  if count and closed then
    return count
  end
  return nil, problem or closing_problem
end

return bytes
