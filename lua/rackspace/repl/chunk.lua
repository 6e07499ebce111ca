--- chunk.lua - compiles what was typed at the prompt
-- SPDX-License-Identifier: MIT
local load_source = loadstring or load -- luacheck: ignore 143

local chunk = {}

--- Loads a text. LuaJIT must not compile it: a compiled loop ignores the hook
-- by which an interrupt ends it.
local function load_text(text)
  local run, message = load_source(text, "=stdin")
  local jit = rawget(_G, "jit")
  if run and jit then
    jit.off(run, true)
  end
  return run, message
end

local function is_incomplete(message)
  return message and message:find("<eof>'?$") ~= nil
end

--- Returns the call of help() for a text such as "?x", or nil. A name is passed
-- as a text too, so that help() can look it up.
local function help_call(text)
  local topic = text:match("^%s*%?%s*(.-)%s*$")
  if not topic then
    return nil
  elseif topic:find("^[%a_][%w_.:]*$") then
    return ("help(%q, %s)"):format(topic, topic:gsub(":", "."))
  end
  return topic == "" and "help()" or ("help(%s)"):format(topic)
end

--- Loads an expression. Its call is no tail call, so that a traceback shows
-- this line; the line break is for an expression that ends in a comment.
local function load_value(text)
  local run = load_text("return " .. text)
  local wrapped = "return (function(...) return ... end)(" .. text
  return run and (load_text(wrapped .. ")") or load_text(wrapped .. "\n)")) or
    run
end

--- Compiles a text as an expression, with or without "=" before it, or as
-- statements.
-- @return { run = function, is_value = whether it is an expression, text = };
-- or nil, a message, and whether further lines could complete the text
function chunk.compile(text)
  text = help_call(text) or text:gsub("^%s*=", "")
  local run = load_value(text)
  if run then
    return { run = run, text = text,
      is_value = text:gsub("%-%-[^\n]*", ""):find("%S") ~= nil }
  end
  local message
  run, message = load_text(text)
  if run then
    return { run = run, text = text, is_value = false }
  end
  local _, as_value = load_text("return " .. text)
  return nil, message, is_incomplete(message) or is_incomplete(as_value)
end

--- Returns the name of a local variable that ends with its line, or nil.
function chunk.lost_local(text)
  return text:match("^%s*local%s+([%a_][%w_]*)%s*=[^\n]*$") or
    text:match("^%s*local%s+function%s+([%a_][%w_]*)")
end

return chunk
