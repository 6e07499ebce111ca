--- timeline_lines.lua - an account's timeline as lines for a terminal
-- SPDX-License-Identifier: MIT
local colours = require("rackspace.picture.colours")
local format = require("rackspace.picture.format")
local paint = require("rackspace.show.paint")
local width = require("rackspace.show.width")

local timeline_lines = {}

local MIN_WIDTH, DEFAULT_WIDTH = 40, 80
local DATE = 10 -- columns

-- The terminal's style of each tone of colours.lua.
local styles = { good = "good", bad = "bad", warn = "careful", idle = "dim",
  info = "name" }

local function widest(list, text_of, most)
  local columns = 0
  for _, record in ipairs(list) do
    columns = math.max(columns, width.of(width.plain(text_of(record))))
  end
  return math.min(columns, most)
end

local function label_of(record)
  return format.label(record.what)
end

--- Returns the widths of the columns: { label =, change =, actor = }. On a
-- narrow terminal there is no column for the actor.
local function columns_of(list, total)
  local label = widest(list, label_of, 16)
  local left = total - DATE - 3 - label - 2
  local actor = widest(list, format.actor, math.floor(left / 3))
  if left < 40 and total < 70 then
    actor = 0
  end
  return { label = label, actor = actor,
    change = left - (actor > 0 and actor + 2 or 0) }
end

--- Returns the text of a change as a list of one line, or two when it is long.
local function change_lines(record, room)
  local sentence = width.plain(format.sentence(record))
  local from = format.change(record)
  if width.of(sentence) <= room or not from then
    return { width.cut(sentence, room) }
  end
  local _, to = format.change(record)
  local rest = sentence:sub(#width.plain(from) + 2) -- without the space
  if width.of(rest) > room then
    rest = "→ " .. width.plain(to) -- leaves out the reason
  end
  return { width.cut(width.plain(from), room), width.cut(rest, room) }
end

--- Returns the user, without the type of user when there is no room for it.
local function actor_text(record, room)
  local actor = width.plain(format.actor(record))
  if width.of(actor) > room then
    actor = width.plain(tostring(record.who or ""))
  end
  return width.cut(actor, room)
end

local function draw_record(lines, record, day, columns, colour)
  local changes = change_lines(record, columns.change)
  local style = styles[colours.meaning(record.to) or ""]
  local function painted(text)
    return style and colour(style, text) or text
  end
  local label = width.cut(width.plain(label_of(record)), columns.label)
  local change = changes[1]
  local actor = actor_text(record, columns.actor)
  if actor ~= "" then
    change = width.pad(change, columns.change) -- before it is coloured
  end
  lines[#lines + 1] = colour("dim", width.pad(day, DATE)) .. " " ..
    painted("●") .. " " .. colour("heading",
      width.pad(label, columns.label)) .. "  " .. painted(change) ..
    (actor ~= "" and "  " .. colour("dim", actor) or "")
  if changes[2] then
    lines[#lines + 1] = (" "):rep(DATE + 1) .. colour("dim", "│") ..
      (" "):rep(columns.label + 3) .. painted(changes[2])
  end
end

--- Returns the lines of a timeline.
-- @param list the records of rs.accounts:timeline()
-- @param options table: title, width = the terminal's columns (80), paint = a
-- function of paint.new (no colours)
function timeline_lines.lines(list, options)
  local colour = options.paint or paint.plain
  local total = math.max(MIN_WIDTH, options.width or DEFAULT_WIDTH)
  local columns, lines, before = columns_of(list, total), {}, nil
  if options.title then
    lines[1] = colour("heading", width.cut(width.plain(options.title), total))
  end
  for _, record in ipairs(list) do
    local day = width.cut(width.plain(format.day(record.date)), DATE)
    draw_record(lines, record, day == before and "" or day, columns, colour)
    before = day
  end
  if #list == 0 then
    lines[#lines + 1] = width.cut("Nothing is known to have happened.", total)
  end
  return lines
end

return timeline_lines
