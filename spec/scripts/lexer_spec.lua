--- lexer_spec.lua - splits Lua into tokens
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.scripts.lexer")

--- "kind:text" of each token, "!" where its end is missing.
local function tokens(text)
  local list = {}
  for i, token in ipairs(lexer.read(text)) do
    assert.equal(text:sub(token.from, token.to), token.text)
    list[i] = token.kind:sub(1, 1) .. ":" .. token.text .. (token.is_open and "!" or "")
  end
  return list
end

describe("lexer.read", function()
  it("distinguishes names, numbers, strings, symbols and comments", function()
    assert.same({ "n:rs", "s::", "n:get", "s:(", "s:'a'", "s:,", "n:1.5e3", "s:..",
      "n:x_1", "s:)", "c:-- end" }, tokens("rs:get('a', 1.5e3 .. x_1) -- end"))
    assert.same({ "n:a", "s:...", "n:b" }, tokens("a...b"))
    assert.same({ "s:{", "s:[=[ ]] ]=]", "s:}", "c:--[[ x\ny ]]", "n:z" },
      tokens("{[=[ ]] ]=]} --[[ x\ny ]] z"))
  end)

  it("knows a string's end behind what is escaped", function()
    assert.same({ [[s:"a\"b"]], "n:c" }, tokens([["a\"b" c]]))
    assert.same({ [[s:'\\']], "n:c" }, tokens([['\\' c]]))
  end)

  it("knows a string's end behind escaped line breaks", function()
    for _, gap in ipairs{ "\\\n", "\\\r\n", "\\\n\r", "\\z\n  \n", "\\z" } do
      local text = "'a" .. gap .. "b'"
      assert.same({ "s:" .. text, "n:c" }, tokens(text .. " c"))
    end
  end)

  it("says what has no end yet", function()
    for _, text in ipairs{ '"abc', "'", "[[x", "--[[ x", [["a\"]] } do
      local list = tokens(text)
      assert.equal("!", list[1]:sub(-1), text)
      assert.equal(1, #list)
    end
    assert.same({ "n:x", "c:-- y" }, tokens("x -- y"))
    assert.same({}, tokens("  \n "))
  end)
end)
