--- lexer.lua - splits Lua source, complete or not, into tokens
-- SPDX-License-Identifier: MIT
local lexer = {}

--- Returns where an escape ends whose backslash is before `at`: one of a line
-- break may be two bytes, and \z passes over all spaces.
local function escape_end(text, at)
  local _, stop = text:find("^\r\n", at)
  if not stop then
    _, stop = text:find("^\n\r", at)
  end
  if not stop then
    _, stop = text:find("^z%s*", at)
  end
  return stop or at
end

--- Returns where the quoted string that begins at `from` ends, or nil.
local function short_end(text, from)
  local quote, at = text:sub(from, from), from + 1
  while at <= #text do
    local byte = text:sub(at, at)
    if byte == "\\" then
      at = escape_end(text, at + 1)
    elseif byte == quote then
      return at
    elseif byte == "\n" then
      return at - 1
    end
    at = at + 1
  end
end

--- Returns where a long string or comment ends, or nil.
-- @param level string: the "=" signs of its opening bracket
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

-- The bytes that are a symbol each, whatever follows them.
local symbols = {}
for byte in ("(){}],;:=<>~+*/%^#&|"):gmatch(".") do
  symbols[byte:byte()] = true
end

--- Returns the kind of the token that begins at `from` and the position of its
-- last byte, nil when its end is missing.
local function read_token(text, from)
  if symbols[text:byte(from)] then
    return "symbol", from
  end
  local _, stop = text:find("^[%a_][%w_]*", from)
  if stop then
    return "name", stop
  elseif text:find("^[\"']", from) or text:find("^%[=*%[", from) then
    return read_string(text, from)
  elseif text:find("^%-%-", from) then
    return read_comment(text, from)
  end
  _, stop = text:find("^%.?%d[%w.]*", from)
  if stop then
    return "number", stop
  end
  _, stop = text:find("^%.%.%.?", from)
  return "symbol", stop or from
end

--- Returns a list of tokens { kind = "name", "string", "number", "symbol" or
-- "comment", text =, from = and to = its first and last byte, is_open = whether
-- its end is missing }.
function lexer.read(text)
  local tokens, at = {}, 1
  while true do
    at = text:find("%S", at)
    if not at then
      return tokens
    end
    local kind, stop = read_token(text, at)
    local to = stop or #text
    tokens[#tokens + 1] = { kind = kind, text = text:sub(at, to), from = at,
      to = to, is_open = stop == nil }
    at = to + 1
  end
end

return lexer
