--- drawing.lua - an account's timeline as a drawing (SVG)
-- SPDX-License-Identifier: MIT
local axis = require("rackspace.picture.axis")
local colours = require("rackspace.picture.colours")
local lanes = require("rackspace.picture.lanes")
local letters = require("rackspace.picture.letters")
local markup = require("rackspace.picture.markup")
local svg = require("rackspace.picture.svg")
local words = require("rackspace.picture.words")

local fit, tag, text = letters.fit, markup.tag, svg.text

-- In pixels of the drawing, which grows and shrinks as a whole.
local WIDTH, MARGIN, LABELS = 960, 24, 112
local LANE, GAP, ROW = 34, 12, 26
local MARKS = 9

local css = ".p-title{font-size:20px;font-weight:600}.p-label{font-weight:600}"

local drawing = { nothing = "Nothing is known to have happened." }

local function line(x, y, to_x, to_y)
  return tag("line", { "class", "p-line", "x1", x, "y1", y, "x2", to_x,
    "y2", to_y })
end

--- A function from a time to its place.
local function scale_of(from, to)
  local left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS
  return function(time)
    return math.floor(left + (time - from) / (to - from) * room + 0.5)
  end
end

local function stretch_title(record, stretch, last)
  return ("%s: %s, %s to %s"):format(words.label(record.what),
    words.sentence(record), words.day(stretch.from),
    stretch.to < last and words.day(stretch.to) or "now")
end

--- One stretch of a lane: a box, with its value where there is room.
local function draw_stretch(stretch, place, y, tone, last)
  local from, to = place(stretch.from), place(stretch.to)
  local room = math.max(2, to - from - 1)
  local _, value = words.change(stretch.record)
  local said = room > 30 and fit(value, room - 16) or ""
  return tag("g", {},
    tag("title", {}, stretch_title(stretch.record, stretch, last)),
    tag("rect", { "class", "g-" .. tone, "x", from, "y", y, "width", room,
      "height", LANE, "rx", 4 }),
    said ~= "" and text(from + 7, y + 22, "t-" .. tone, said))
end

local function draw_lane(lane, place, y, tone_of, last)
  local parts = { text(MARGIN, y + 22, "p-ink p-label",
    fit(words.label(lane.what), LABELS - 8)) }
  for _, stretch in ipairs(lane) do
    parts[#parts + 1] = draw_stretch(stretch, place, y,
      tone_of(stretch.record.to), last)
  end
  return parts
end

--- The marks of the time, and a line down from each.
local function draw_axis(place, first, last, top, bottom)
  local parts = { line(place(first), bottom, place(last), bottom) }
  local before = -math.huge
  for _, mark in ipairs(axis.marks(first, last, MARKS)) do
    local x = place(mark.time)
    if x - before >= 60 and x < WIDTH - MARGIN - 20 then
      before = x
      parts[#parts + 1] = line(x, top, x, bottom + 5)
      parts[#parts + 1] = text(x, bottom + 20, "p-quiet", mark.label, "middle")
    end
  end
  return parts
end

local function draw_lanes(list, y, now)
  local all, first, last = lanes.of(list, now)
  if not all then
    return {}, y
  end
  local place, tone_of = scale_of(first, last), colours.chooser()
  local bottom = y + #all * (LANE + GAP)
  local parts = { draw_axis(place, first, last, y, bottom) }
  for i, lane in ipairs(all) do
    parts[#parts + 1] = draw_lane(lane, place, y + (i - 1) * (LANE + GAP),
      tone_of, last)
  end
  return parts, bottom + 44
end

--- One change as a row: when, what, from what to what, by whom.
local function draw_row(record, y, tone)
  local baseline = y + 17
  return { tag("circle", { "class", "g-" .. tone, "cx", MARGIN + 6,
      "cy", y + 12, "r", 5 }),
    text(MARGIN + 22, baseline, "p-quiet", words.minute(record.date)),
    text(MARGIN + 150, baseline, "p-ink p-label",
      fit(words.label(record.what), 100)),
    text(MARGIN + 260, baseline, "p-ink", fit(words.sentence(record), 400)),
    text(MARGIN + 670, baseline, "p-quiet", fit(words.actor(record), 240)) }
end

local function draw_rows(list, y)
  local parts, tone_of = {}, colours.chooser()
  for i, record in ipairs(list) do
    parts[i] = { i % 2 == 1 and tag("rect", { "class", "p-panel",
        "x", MARGIN - 6, "y", y, "width", WIDTH - 2 * MARGIN + 12,
        "height", ROW - 2, "rx", 3 }),
      draw_row(record, y, tone_of(record.to)) }
    y = y + ROW
  end
  return parts, y
end

--- What the picture shows, for who can't see it.
function drawing.description(list)
  local parts = {}
  for i, record in ipairs(list) do
    parts[i] = ("%s: %s: %s"):format(words.minute(record.date),
      words.label(record.what), words.sentence(record))
  end
  return ("%d changes, oldest first. %s."):format(#list,
    table.concat(parts, ". "))
end

local function head(list, options)
  local y, parts = MARGIN, {}
  if options.heading ~= false then
    parts[1] = text(MARGIN, y + 18, "p-ink p-title",
      fit(options.title, (WIDTH - 2 * MARGIN) * 13 / 20))
    parts[2] = text(MARGIN, y + 42, "p-quiet", fit(options.subtitle or
      ("%d changes"):format(#list), WIDTH - 2 * MARGIN))
    y = y + 64
  end
  return parts, y
end

--- The drawing of a timeline. `options`: title, subtitle, now = seconds,
-- heading = false and rows = false for the lanes alone, id = what its parts'
-- ids begin with.
function drawing.draw(list, options)
  local rows
  local heading, y = head(list, options)
  local stretches, bottom = draw_lanes(list, y, options.now)
  y = bottom
  if #list == 0 then
    rows, y = text(MARGIN, y + 14, "p-quiet", drawing.nothing), y + 28
  elseif options.rows ~= false then
    rows, y = draw_rows(list, y)
  end
  y = y + MARGIN
  return svg.drawing(WIDTH, y, { id = options.id or "timeline",
      title = options.title, description = drawing.description(list),
      css = css },
    tag("rect", { "class", "p-page", "width", WIDTH, "height", y }),
    heading, stretches, rows)
end

return drawing
