--- lexer.lua - Lua text in its smallest parts, whole or still being typed
-- SPDX-License-Identifier: MIT
local lexer = {}

--- The end of a short string that begins at `from`; nil when it has none.
local function short_end(text, from)
  local quote, at = text:sub(from, from), from + 1
  while at <= #text do
    local byte = text:sub(at, at)
    if byte == "\\" then
      at = at + 1
    elseif byte == quote then
      return at
    elseif byte == "\n" then
      return at - 1
    end
    at = at + 1
  end
end

--- The end of a long string or comment by its opening bracket's level.
local function long_end(text, from, level)
  local _, stop = text:find("]" .. level .. "]", from, true)
  return stop
end

local function read_comment(text, from)
  local level = text:match("^%-%-%[(=*)%[", from)
  local stop
  if level then
    stop = long_end(text, from, level)
  else
    stop = (text:find("\n", from, true) or #text + 1) - 1
  end
  return "comment", stop
end

local function read_string(text, from)
  local level = text:match("^%[(=*)%[", from)
  if level then
    return "string", long_end(text, from, level)
  end
  return "string", short_end(text, from)
end

--- The kind of the part that begins at `from`, and its last byte; nil for
-- that when it is not finished.
local function read_part(text, from)
  if text:find("^%-%-", from) then
    return read_comment(text, from)
  elseif text:find("^[\"']", from) or text:find("^%[=*%[", from) then
    return read_string(text, from)
  end
  local _, stop = text:find("^[%a_][%w_]*", from)
  if stop then
    return "name", stop
  end
  _, stop = text:find("^%.?%d[%w.]*", from)
  if stop then
    return "number", stop
  end
  _, stop = text:find("^%.%.%.?", from)
  return "symbol", stop or from
end

--- A text's parts: { kind = "name", "string", "number", "symbol" or "comment",
-- text =, from =, to =, is_open = whether its end is missing }.
function lexer.read(text)
  local parts, at = {}, 1
  while true do
    at = text:find("%S", at)
    if not at then
      return parts
    end
    local kind, stop = read_part(text, at)
    local to = stop or #text
    parts[#parts + 1] = { kind = kind, text = text:sub(at, to), from = at,
      to = to, is_open = stop == nil }
    at = to + 1
  end
end

return lexer
