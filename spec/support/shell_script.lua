--- shell_script.lua - a shell's script of completion, as that shell reads it
-- SPDX-License-Identifier: MIT
local assert = require("luassert")
local support = require("spec.sandbox.support")

local shell_script = {}

function shell_script.is_there(shell)
  return support.output("command -v " .. shell .. " || true") ~= ""
end

--- That the shell finds no mistake in it.
function shell_script.check_syntax(shell, text)
  local path = support.write(os.tmpname(), text)
  local complaint = support.output(("%s -n %s 2>&1"):format(shell, path))
  os.remove(path)
  assert.equal("", complaint)
end

--- That it knows operations, parameters and their values.
function shell_script.check_words(text)
  for _, word in ipairs{ "accounts.list", "metadataKey=", "Billing and Payments",
    "comment.text=", "dry-run" } do
    assert.is_truthy(text:find(word, 1, true), word)
  end
end

return shell_script
