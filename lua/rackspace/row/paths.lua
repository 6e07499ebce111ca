--- paths.lua - whether a call reads or writes files of this machine
-- SPDX-License-Identifier: MIT

-- A table nested deeper than this is taken to name a file.
local MOST_DEPTH = 100

local paths = {}

--- Whether an operation has an argument that is a file's path.
function paths.takes_path(op)
  for _, field in ipairs(op.args) do
    if field.type == "path" then
      return true
    end
  end
  return false
end

local function names_file(value, name, depth)
  if type(value) ~= "table" then
    return false
  elseif depth > MOST_DEPTH then
    return true
  end
  for key, inner in next, value do
    if name == "attachments" and
        not (type(inner) == "table" and inner.uuid) or
        names_file(inner, key, depth + 1) then
      return true
    end
  end
  return false
end

--- Whether a call's arguments name a file: an attachment that was not uploaded
-- before.
function paths.names_file(arguments)
  return names_file(arguments, nil, 1)
end

return paths
