--- bars.lua - a horizontal bar chart of counts, as SVG
-- SPDX-License-Identifier: MIT
local markup = require("rackspace.picture.markup")
local svg = require("rackspace.picture.svg")
local text_width = require("rackspace.picture.text_width")
local value = require("rackspace.show.value")

local tag, text = markup.tag, svg.text

-- In pixels of the drawing, which a browser scales as a whole: the width of the
-- drawing, of the labels and of the numbers; a bar's height, and the distance
-- from one to the next.
local WIDTH, LABELS, NUMBERS = 560, 250, 120
local BAR, STEP = 22, 30
local MAX_BARS = 15

local bars = {}

--- Returns a share as "12.5%", with a point in every locale.
function bars.share(count, total)
  local tenths = total > 0 and math.floor(count * 1000 / total + 0.5) or 0
  return ("%d.%d%%"):format(math.floor(tenths / 10), tenths % 10)
end

local function draw_bar(item, y, most, total)
  local room = WIDTH - LABELS - NUMBERS
  local length = most > 0 and math.floor(room * item.count / most + 0.5) or 0
  return { text(LABELS - 10, y + 16, "p-ink", text_width.fit(
      item.label, LABELS - 12), "end"),
    tag("rect", { "class", "g-" .. (item.tone or "info"), "x", LABELS, "y", y,
      "width", math.max(1, length), "height", BAR, "rx", 3 }),
    text(LABELS + math.max(1, length) + 8, y + 16, "p-quiet",
      ("%s (%s)"):format(value.grouped(item.count),
        bars.share(item.count, total))) }
end

--- Returns the items that have a bar each, with those past MAX_BARS as one.
local function fold(items)
  if #items <= MAX_BARS then
    return items
  end
  local shown, rest = {}, 0
  for i, item in ipairs(items) do
    if i < MAX_BARS then
      shown[i] = item
    else
      rest = rest + item.count
    end
  end
  shown[MAX_BARS] = { label = ("%d others"):format(#items - MAX_BARS + 1),
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

--- Draws a bar chart.
-- @param items list of { label =, count =, tone = a name in colours.lua }
-- @param options table: title, id = the prefix of the elements' ids, total =
-- what the shares are shares of (the sum of the counts)
-- @return an element
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
