--- listing.lua - an account's timeline as lines of a terminal
-- SPDX-License-Identifier: MIT
local colours = require("rackspace.picture.colours")
local paint = require("rackspace.show.paint")
local width = require("rackspace.show.width")
local words = require("rackspace.picture.words")

local listing = {}

local LEAST, DEFAULT = 40, 80
local DATE = 10

-- The terminal's styles for what values mean.
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
  return words.label(record.what)
end

--- How the columns share the line: { date =, label =, change =, actor = }.
-- Where there is little room, who did it goes first.
local function columns_of(list, total)
  local label = widest(list, label_of, 16)
  local left = total - DATE - 3 - label - 2
  local actor = widest(list, words.actor, math.floor(left / 3))
  if left < 40 and total < 70 then
    actor = 0
  end
  return { label = label, actor = actor,
    change = left - (actor > 0 and actor + 2 or 0) }
end

--- The change in one line, or in two where it is too long.
local function change_lines(record, room)
  local sentence = width.plain(words.sentence(record))
  local from = words.change(record)
  if width.of(sentence) <= room or not from then
    return { width.cut(sentence, room) }
  end
  local _, to = words.change(record)
  local rest = sentence:sub(#width.plain(from) + 2) -- without the space
  if width.of(rest) > room then
    rest = "→ " .. width.plain(to) -- the reason is what can be missed
  end
  return { width.cut(width.plain(from), room), width.cut(rest, room) }
end

--- By whom, without the kind of user where there is no room for it.
local function actor_text(record, room)
  local actor = width.plain(words.actor(record))
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
    change = width.pad(change, columns.change) -- colours have no width
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

--- The lines of a timeline. `options`: width = the terminal's (80), paint =
-- paint.new(true), title.
function listing.lines(list, options)
  local colour = options.paint or paint.plain
  local total = math.max(LEAST, options.width or DEFAULT)
  local columns, lines, before = columns_of(list, total), {}, nil
  if options.title then
    lines[1] = colour("heading", width.cut(width.plain(options.title), total))
  end
  for _, record in ipairs(list) do
    local day = width.cut(width.plain(words.day(record.date)), DATE)
    draw_record(lines, record, day == before and "" or day, columns, colour)
    before = day
  end
  if #list == 0 then
    lines[#lines + 1] = width.cut("Nothing is known to have happened.", total)
  end
  return lines
end

return listing
