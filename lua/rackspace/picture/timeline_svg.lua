--- timeline_svg.lua - an account's timeline as SVG
-- SPDX-License-Identifier: MIT
local axis = require("rackspace.picture.axis")
local colours = require("rackspace.picture.colours")
local format = require("rackspace.picture.format")
local lanes = require("rackspace.picture.lanes")
local markup = require("rackspace.picture.markup")
local svg = require("rackspace.picture.svg")
local text_width = require("rackspace.picture.text_width")

local fit, tag, text = text_width.fit, markup.tag, svg.text

-- In pixels of the drawing, which a browser scales as a whole: the width of the
-- drawing, of its margins and of the labels; the height of a lane, of the gap
-- below it, and of a row of the table.
local WIDTH, MARGIN, LABELS = 960, 24, 112
local LANE, GAP, ROW = 34, 12, 26
local MAX_TICKS = 9

local css = ".p-title{font-size:20px;font-weight:600}.p-label{font-weight:600}"

local timeline_svg = { nothing = "Nothing is known to have happened." }

local function line(x, y, to_x, to_y)
  return tag("line", { "class", "p-line", "x1", x, "y1", y, "x2", to_x,
    "y2", to_y })
end

--- Returns a function from a time in seconds to its x coordinate.
local function scale_of(from, to)
  local left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS
  return function(time)
    return math.floor(left + (time - from) / (to - from) * room + 0.5)
  end
end

local function span_title(span, last)
  return ("%s: %s, %s to %s"):format(format.label(span.record.what),
    format.sentence(span.record), format.day(span.from),
    span.to < last and format.day(span.to) or "now")
end

--- Draws one span of a lane: a box, with its value when that fits.
local function draw_span(span, x_of, y, tone, last)
  local from, to = x_of(span.from), x_of(span.to)
  local room = math.max(2, to - from - 1)
  local _, value = format.change(span.record)
  local caption = room > 30 and fit(value, room - 16) or ""
  return tag("g", {},
    tag("title", {}, span_title(span, last)),
    tag("rect", { "class", "g-" .. tone, "x", from, "y", y, "width", room,
      "height", LANE, "rx", 4 }),
    caption ~= "" and text(from + 7, y + 22, "t-" .. tone, caption))
end

local function draw_lane(lane, x_of, y, tone_of, last)
  local parts = { text(MARGIN, y + 22, "p-ink p-label",
    fit(format.label(lane.what), LABELS - 8)) }
  for _, span in ipairs(lane) do
    parts[#parts + 1] = draw_span(span, x_of, y, tone_of(span.record.to), last)
  end
  return parts
end

--- Draws the time axis: ticks with labels, and a vertical line at each.
local function draw_axis(x_of, first, last, top, bottom)
  local parts = { line(x_of(first), bottom, x_of(last), bottom) }
  local before = -math.huge
  for _, tick in ipairs(axis.ticks(first, last, MAX_TICKS)) do
    local x = x_of(tick.time)
    if x - before >= 60 and x < WIDTH - MARGIN - 20 then
      before = x
      parts[#parts + 1] = line(x, top, x, bottom + 5)
      parts[#parts + 1] = text(x, bottom + 20, "p-quiet", tick.label, "middle")
    end
  end
  return parts
end

local function draw_lanes(list, y, now)
  local all, first, last = lanes.of(list, now)
  if not all then
    return {}, y
  end
  local x_of, tone_of = scale_of(first, last), colours.chooser()
  local bottom = y + #all * (LANE + GAP)
  local parts = { draw_axis(x_of, first, last, y, bottom) }
  for i, lane in ipairs(all) do
    parts[#parts + 1] = draw_lane(lane, x_of, y + (i - 1) * (LANE + GAP),
      tone_of, last)
  end
  return parts, bottom + 44
end

--- Draws one change as a row: date, field, old and new value, user.
local function draw_row(record, y, tone)
  local baseline = y + 17
  return { tag("circle", { "class", "g-" .. tone, "cx", MARGIN + 6,
      "cy", y + 12, "r", 5 }),
    text(MARGIN + 22, baseline, "p-quiet", format.minute(record.date)),
    text(MARGIN + 150, baseline, "p-ink p-label",
      fit(format.label(record.what), 100)),
    text(MARGIN + 260, baseline, "p-ink", fit(format.sentence(record), 400)),
    text(MARGIN + 670, baseline, "p-quiet", fit(format.actor(record), 240)) }
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

--- Returns what the picture shows as a text, for screen readers.
function timeline_svg.description(list)
  local parts = {}
  for i, record in ipairs(list) do
    parts[i] = ("%s: %s: %s"):format(format.minute(record.date),
      format.label(record.what), format.sentence(record))
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

--- Draws a timeline.
-- @param list the records of rs.accounts:timeline()
-- @param options table: title, subtitle, now = the seconds at which the axis
-- ends, heading = false and rows = false to draw only the lanes, id = the
-- prefix of the elements' ids
-- @return an element
function timeline_svg.draw(list, options)
  local rows
  local heading, y = head(list, options)
  local drawn_lanes, bottom = draw_lanes(list, y, options.now)
  y = bottom
  if #list == 0 then
    rows, y = text(MARGIN, y + 14, "p-quiet", timeline_svg.nothing), y + 28
  elseif options.rows ~= false then
    rows, y = draw_rows(list, y)
  end
  y = y + MARGIN
  return svg.drawing(WIDTH, y, { id = options.id or "timeline",
      title = options.title, description = timeline_svg.description(list),
      css = css },
    tag("rect", { "class", "p-page", "width", WIDTH, "height", y }),
    heading, drawn_lanes, rows)
end

return timeline_svg
