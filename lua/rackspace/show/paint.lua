--- paint.lua - colours texts for a terminal
-- SPDX-License-Identifier: MIT

-- SGR parameters by style. Only the sixteen basic colours, which follow the
-- terminal's theme.
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

--- Returns a function(style, text) that returns the text, with colours if
-- `has_colours`.
local function new(has_colours)
  return has_colours and painted or plain
end

--- Returns whether to use colours: as RACKSPACE_COLOR says, "always" or
-- "never"; else on a terminal that knows them, unless NO_COLOR is set.
-- @param is_terminal boolean
-- @param getenv function(name)
local function is_wanted(is_terminal, getenv)
  local terminal, no_color = getenv("TERM"), getenv("NO_COLOR")
  local chosen = getenv("RACKSPACE_COLOR")
  if chosen == "always" or chosen == "never" then
    return chosen == "always"
  end
  return is_terminal and terminal ~= nil and terminal ~= "" and
    terminal ~= "dumb" and (no_color == nil or no_color == "")
end

return { is_wanted = is_wanted, new = new, plain = plain }
