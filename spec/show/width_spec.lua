--- width_spec.lua - how many columns a text takes
-- SPDX-License-Identifier: MIT
local needs_python = require("spec.support.python")
local support = require("spec.sandbox.support")
local width = require("rackspace.show.width")

-- Judged by Python's tables of Unicode: wide and full-width characters take
-- two columns, marks that combine none.
local judge = [[
import sys, unicodedata
for line in sys.stdin:
    columns = 0
    for c in line.rstrip("\n"):
        if unicodedata.combining(c):
            continue
        columns += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    print(columns)
]]

local texts = { "plain", "", "Smörgås", "Zażółć", "東京 Logistics", "한국어",
  "e\204\129le\204\128ve", "ｆｕｌｌ", "Nguyễn", "Привет", "日本語テスト",
  "😀 smile", "a€b", "—", "、。" }

describe("width.of", function()
  it("agrees with Python's tables", function()
    needs_python(pending)
    local input = support.write(os.tmpname(), table.concat(texts, "\n") .. "\n")
    local script = support.write(os.tmpname(), judge)
    local said = support.output(("PYTHONUTF8=1 python3 %s <%s")
      :format(script, input))
    os.remove(input)
    os.remove(script)
    local i = 0
    for columns in said:gmatch("[^\n]+") do
      i = i + 1
      assert.equal(tonumber(columns), width.of(texts[i]), texts[i])
    end
    assert.equal(#texts, i)
  end)
end)

describe("width.cut", function()
  it("cuts between characters, and says so", function()
    assert.equal("short", width.cut("short", 5))
    assert.equal("shor…", width.cut("shorter", 5))
    assert.equal("東…", width.cut("東京都", 4))
    assert.equal("東…", width.cut("東京都", 3))
    assert.equal("東京都", width.cut("東京都", 6))
    assert.equal("e\204\129…", width.cut("e\204\129xyz", 2))
    assert.equal("", width.cut("x", 0))
  end)

  it("cuts no character that people see as one", function()
    assert.equal("👨‍👩‍👧‍👦…", width.cut("👨‍👩‍👧‍👦 family", 3))
    assert.equal("…", width.cut("👨‍👩‍👧‍👦 family", 2))
    assert.equal("🇫🇷…", width.cut("🇫🇷🇩🇪", 3))
    assert.equal("कि…", width.cut("किन्डल", 2))
    assert.equal("किन्डल", width.cut("किन्डल", 4))
  end)
end)

describe("width.pad", function()
  it("fills up to the columns that are shown", function()
    assert.equal("ö  ", width.pad("ö", 3))
    assert.equal(" 東", width.pad("東", 3, true))
    assert.equal("long", width.pad("long", 2))
    assert.equal("🇫🇷 ", width.pad("🇫🇷", 3))
    assert.equal("किन्डल ", width.pad("किन्डल", 5))
  end)
end)

describe("width.plain", function()
  it("leaves nothing that a terminal obeys", function()
    assert.equal("\\27[31mred\\7", width.plain("\27[31mred\7"))
    assert.equal("a\\nb\\tc\\r\\0", width.plain("a\nb\tc\r\0"))
    assert.equal("\\127", width.plain("\127"))
    assert.equal("\\194\\155", width.plain("\194\155")) -- CSI in one character
    assert.equal("\\226\\128\\174x", width.plain("\226\128\174x"))
  end)

  it("writes what is no UTF-8 as bytes, and leaves the rest", function()
    assert.equal("Zoë 東京", width.plain("Zoë 東京"))
    assert.equal("\\255", width.plain("\255"))
    assert.equal("\\224\\130\\155", width.plain("\224\130\155")) -- too long for it
    assert.equal("\\244\\144\\128\\128", width.plain("\244\144\128\128"))
    assert.equal("a\\195", width.plain("a\195"))
  end)
end)
