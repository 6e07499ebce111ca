--- bars.lua - how many of each there are, as a drawing (SVG)
-- SPDX-License-Identifier: MIT
local letters = require("rackspace.picture.letters")
local markup = require("rackspace.picture.markup")
local svg = require("rackspace.picture.svg")
local value = require("rackspace.show.value")

local tag, text = markup.tag, svg.text

-- In pixels of the drawing, which grows and shrinks as a whole.
local WIDTH, LABELS, NUMBERS = 560, 250, 120
local BAR, STEP = 22, 30
local MOST = 15

local bars = {}

--- What a part is of the whole: "12.5%", without a point of the locale's.
function bars.share(count, total)
  local tenths = total > 0 and math.floor(count * 1000 / total + 0.5) or 0
  return ("%d.%d%%"):format(math.floor(tenths / 10), tenths % 10)
end

local function draw_bar(item, y, most, total)
  local room = WIDTH - LABELS - NUMBERS
  local length = most > 0 and math.floor(room * item.count / most + 0.5) or 0
  return { text(LABELS - 10, y + 16, "p-ink", letters.fit(
      item.label, LABELS - 12), "end"),
    tag("rect", { "class", "g-" .. (item.tone or "info"), "x", LABELS, "y", y,
      "width", math.max(1, length), "height", BAR, "rx", 3 }),
    text(LABELS + math.max(1, length) + 8, y + 16, "p-quiet",
      ("%s (%s)"):format(value.grouped(item.count),
        bars.share(item.count, total))) }
end

--- The first of a list of { label =, count =, tone = }, and the rest as one.
local function fold(items)
  if #items <= MOST then
    return items
  end
  local shown, rest = {}, 0
  for i, item in ipairs(items) do
    if i < MOST then
      shown[i] = item
    else
      rest = rest + item.count
    end
  end
  shown[MOST] = { label = ("%d others"):format(#items - MOST + 1),
    count = rest, tone = "idle" }
  return shown
end

local function description(items, total)
  local parts = {}
  for i, item in ipairs(items) do
    parts[i] = ("%s: %s (%s)"):format(item.label, value.grouped(item.count),
      bars.share(item.count, total))
  end
  return table.concat(parts, ". ") .. "."
end

--- The drawing of a list of { label =, count =, tone = }. `options`: title,
-- id = what its parts' ids begin with, total = what shares are of (the sum).
function bars.draw(items, options)
  local shown, most, total = fold(items), 0, 0
  for _, item in ipairs(shown) do
    most, total = math.max(most, item.count), total + item.count
  end
  total = options.total or total
  local parts, height = {}, #shown * STEP + 4
  for i, item in ipairs(shown) do
    parts[i] = draw_bar(item, (i - 1) * STEP + 4, most, total)
  end
  return svg.drawing(WIDTH, height, { id = options.id, title = options.title,
    description = description(shown, total) }, parts)
end

return bars
