--- terminal.lua - a terminal that a spec types into, and looks at
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local support = require("spec.sandbox.support")

local quote = support.quote

local terminal_methods = {}
local terminal_mt = { __index = terminal_methods }

local function tmux(self, ...)
  local words = { "env -u TMUX tmux -u -f /dev/null -S " ..
    quote(self.folder .. "/socket") }
  for _, word in ipairs{ ... } do
    words[#words + 1] = quote(word)
  end
  return support.output(table.concat(words, " ") .. " 2>&1")
end

--- Types a text as it is.
function terminal_methods:type(text)
  tmux(self, "send-keys", "-t", "spec", "-l", "--", text)
end

--- Presses keys by tmux's names, such as "Enter", "Tab", "C-c".
function terminal_methods:press(...)
  tmux(self, "send-keys", "-t", "spec", ...)
end

--- Types a line.
function terminal_methods:enter(text)
  self:type(text)
  self:press("Enter")
end

--- What is on the screen, its lines without what trails them.
function terminal_methods:screen()
  return (tmux(self, "capture-pane", "-p", "-t", "spec"):gsub("%s+$", ""))
end

--- The same with the codes of its colours.
function terminal_methods:colours()
  return tmux(self, "capture-pane", "-e", "-p", "-t", "spec")
end

local function await(self, what, is_there)
  local seen
  local ok = pcall(child.wait_until, function()
    seen = self:screen()
    return is_there(seen)
  end, what)
  assert(ok, ("'%s' did not come; there is:\n%s"):format(what, seen))
  return seen
end

--- Waits until the screen has a text, or ends in it when that is wanted.
function terminal_methods:await(text, at_end)
  return await(self, text, function(seen)
    if at_end then
      return seen:sub(-#text) == text
    end
    return seen:find(text, 1, true) ~= nil
  end)
end

--- Waits until what is on the screen matches a pattern.
function terminal_methods:await_match(pattern)
  return await(self, pattern, function(seen) return seen:find(pattern) end)
end

--- Interrupts what runs, and waits until the screen ends in a text. The
-- terminal's own ^C, which comes before or after what an interrupt brings, is
-- left out. Returns the screen.
function terminal_methods:interrupt(text)
  local shown
  self:press("C-c")
  await(self, text, function(seen)
    shown = seen:gsub("%^C", ""):gsub("%s+$", "")
    return shown:sub(-#text) == text
  end)
  return shown
end

--- Another size of the window.
function terminal_methods:resize(columns, rows)
  tmux(self, "resize-window", "-t", "spec", "-x", tostring(columns), "-y",
    tostring(rows))
end

function terminal_methods:close()
  tmux(self, "kill-server")
  support.remove(self.folder)
end

--- Runs `rackspace`, or another command, on a terminal. `options`: arguments,
-- command, columns, rows, environment (words for env), term.
local function open(options)
  local self = setmetatable({ folder = support.folder() }, terminal_mt)
  local command = ("env -u TMUX HOME=%s TERM=%s %s %s %s; ")
    :format(quote(self.folder), options.term or "screen-256color",
      options.environment or "", options.command or quote(support.program),
      options.arguments or "")
  support.write(self.folder .. "/run", "trap : INT\ncd " .. quote(
    support.output("pwd"):gsub("\n", "")) .. "\n" ..
    command .. "echo \"left with $?\"\nread -r answer\n")
  tmux(self, "new-session", "-d", "-s", "spec", "-x",
    tostring(options.columns or 80), "-y", tostring(options.rows or 24),
    "sh " .. quote(self.folder .. "/run"))
  return self
end

return { open = open }
