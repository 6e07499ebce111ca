--- chunk.lua - what was typed, made into something to run
-- SPDX-License-Identifier: MIT
local load_source = loadstring or load -- luacheck: ignore 143

local chunk = {}

--- What a text is, ready to run. LuaJIT interprets it: in compiled loops no
-- interrupt is seen.
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

--- "?x" asks what x is: by its name where it is one, else by its value.
local function question_of(text)
  local topic = text:match("^%s*%?%s*(.-)%s*$")
  if not topic then
    return nil
  elseif topic:find("^[%a_][%w_.:]*$") then
    return ("help(%q, %s)"):format(topic, topic:gsub(":", "."))
  end
  return topic == "" and "help()" or ("help(%s)"):format(topic)
end

--- An expression's chunk. What it calls is not called last, so that a mistake
-- is told of this line; a comment may be at its end.
local function load_value(text)
  local run = load_text("return " .. text)
  local passed = "return (function(...) return ... end)(" .. text
  return run and (load_text(passed .. ")") or load_text(passed .. "\n)")) or
    run
end

--- The chunk of a text; an expression counts as its value, "=" before it or
-- not: { run = function, is_value =, text = }. nil, a message, and whether more
-- lines could make it whole.
function chunk.compile(text)
  text = question_of(text) or text:gsub("^%s*=", "")
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

--- The name of a variable that is local to a line, and so lost after it.
function chunk.lost_local(text)
  return text:match("^%s*local%s+([%a_][%w_]*)%s*=[^\n]*$") or
    text:match("^%s*local%s+function%s+([%a_][%w_]*)")
end

return chunk
