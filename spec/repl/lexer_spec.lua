--- lexer_spec.lua - Lua text in its smallest parts
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.repl.lexer")

--- "kind:text" of each part, "!" where its end is missing.
local function parts(text)
  local list = {}
  for i, part in ipairs(lexer.read(text)) do
    assert.equal(text:sub(part.from, part.to), part.text)
    list[i] = part.kind:sub(1, 1) .. ":" .. part.text .. (part.is_open and "!" or "")
  end
  return list
end

describe("lexer.read", function()
  it("tells names, numbers, strings, symbols and comments apart", function()
    assert.same({ "n:rs", "s::", "n:get", "s:(", "s:'a'", "s:,", "n:1.5e3", "s:..",
      "n:x_1", "s:)", "c:-- end" }, parts("rs:get('a', 1.5e3 .. x_1) -- end"))
    assert.same({ "n:a", "s:...", "n:b" }, parts("a...b"))
    assert.same({ "s:{", "s:[=[ ]] ]=]", "s:}", "c:--[[ x\ny ]]", "n:z" },
      parts("{[=[ ]] ]=]} --[[ x\ny ]] z"))
  end)

  it("knows a string's end behind what is escaped", function()
    assert.same({ [[s:"a\"b"]], "n:c" }, parts([["a\"b" c]]))
    assert.same({ [[s:'\\']], "n:c" }, parts([['\\' c]]))
  end)

  it("says what has no end yet", function()
    for _, text in ipairs{ '"abc', "'", "[[x", "--[[ x", [["a\"]] } do
      local list = parts(text)
      assert.equal("!", list[1]:sub(-1), text)
      assert.equal(1, #list)
    end
    assert.same({ "n:x", "c:-- y" }, parts("x -- y"))
    assert.same({}, parts("  \n "))
  end)
end)
