--- paint.lua - colours of a terminal, or none
-- SPDX-License-Identifier: MIT

-- Of the sixteen that every terminal has, so that a theme of its own holds.
local codes = {
  name = "36", heading = "1", dim = "2", string = "32", number = "33",
  secret = "35", good = "32", bad = "31", loud = "1;37;41", careful = "1;33",
}

local function painted(style, text)
  local code = codes[style]
  return code and text ~= "" and
    ("\27[%sm%s\27[0m"):format(code, text) or text
end

local function plain(_, text)
  return text
end

--- A function(style, text) that colours, or does not.
local function new(has_colours)
  return has_colours and painted or plain
end

--- Whether to colour what goes to a terminal, or to something else.
local function is_wanted(is_terminal, getenv)
  local terminal, refusal = getenv("TERM"), getenv("NO_COLOR")
  return is_terminal and terminal ~= nil and terminal ~= "" and
    terminal ~= "dumb" and (refusal == nil or refusal == "")
end

return { is_wanted = is_wanted, new = new, plain = plain }
