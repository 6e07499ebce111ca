--- colours.lua - the colours of pictures, in a light and a dark theme
-- SPDX-License-Identifier: MIT
local colours = {}

--- The colours of each theme; a tone is a pair of background and text.
colours.themes = {
  light = {
    page = "#ffffff", panel = "#f4f5f7", ink = "#1b1f24", quiet = "#57606a",
    line = "#c4cad1", link = "#0a58ca",
    good = { "#c8ecd2", "#0b4a21" }, info = { "#cfe3fb", "#0b3d78" },
    warn = { "#fce3ae", "#5c3b00" }, bad = { "#f8cfcf", "#7a1218" },
    idle = { "#dfe3e8", "#3a424b" }, one = { "#e2d6f7", "#41217c" },
    two = { "#c9ebea", "#0a4745" }, three = { "#f6d5e8", "#701a4d" },
    four = { "#e4e8bd", "#414708" },
  },
  dark = {
    page = "#14181d", panel = "#1e242b", ink = "#e8ebef", quiet = "#a3adb8",
    line = "#434c56", link = "#8ab8ff",
    good = { "#174a2a", "#c3f2d1" }, info = { "#143f70", "#d3e6ff" },
    warn = { "#5e4204", "#ffe7b3" }, bad = { "#6b1d22", "#ffd9d9" },
    idle = { "#3a424b", "#e3e7eb" }, one = { "#452c78", "#e9dfff" },
    two = { "#0f4d4b", "#cdf5f3" }, three = { "#6a2450", "#ffdff1" },
    four = { "#4a4f14", "#eff3c4" },
  },
}

--- The names of the tones.
colours.tones = { "good", "info", "warn", "bad", "idle", "one", "two", "three",
  "four" }

-- The tones that carry no meaning, for names.
local neutral = { "one", "two", "three", "four" }

-- The tones of known values.
local meanings = {
  Active = "good", CURRENT = "good", Solved = "good",
  Delinquent = "warn", DELINQUENT_LEVEL_1 = "warn",
  ["Pending Customer"] = "warn",
  DELINQUENT_LEVEL_2 = "bad", WRITTEN_OFF = "bad",
  ["Pending Approval"] = "info", PROMISED_TO_PAY = "info",
  ["In Progress"] = "info", ["Pending Rackspace"] = "bad",
  Closed = "idle",
}

--- Returns the tone of a known value, or nil.
function colours.meaning(value)
  return meanings[value]
end

--- Returns a function(value) that returns a tone: that of a known value, or a
-- neutral one, always the same for the same value.
function colours.chooser()
  local chosen, count = {}, 0
  return function(value)
    local tone = meanings[value] or chosen[value]
    if not tone then
      count = count + 1
      tone = neutral[(count - 1) % #neutral + 1]
      chosen[value or ""] = tone
    end
    return tone
  end
end

local function rules_of(theme)
  local rules = {
    (".p-page{fill:%s}.p-panel{fill:%s}"):format(theme.page, theme.panel),
    (".p-ink{fill:%s}.p-quiet{fill:%s}"):format(theme.ink, theme.quiet),
    (".p-line{stroke:%s;fill:none}"):format(theme.line),
  }
  for _, tone in ipairs(colours.tones) do
    local ground, ink = theme[tone][1], theme[tone][2]
    rules[#rules + 1] = (".g-%s{fill:%s;stroke:%s}.t-%s{fill:%s}"):format(tone,
      ground, ink, tone, ink)
  end
  return table.concat(rules)
end

--- Returns the CSS of a drawing. It has no variables, which some SVG renderers
-- don't know; a renderer without media queries uses the light theme.
function colours.drawing_css()
  return rules_of(colours.themes.light) ..
    "@media(prefers-color-scheme:dark){" .. rules_of(colours.themes.dark) ..
    "}"
end

local function variables_of(theme)
  return ("--page:%s;--panel:%s;--ink:%s;--quiet:%s;--line:%s;--link:%s")
    :format(theme.page, theme.panel, theme.ink, theme.quiet, theme.line,
      theme.link)
end

--- Returns the CSS variables of a page, for both themes.
function colours.page_css()
  return ":root{color-scheme:light dark;" ..
    variables_of(colours.themes.light) ..
    "}@media(prefers-color-scheme:dark){:root{" ..
    variables_of(colours.themes.dark) .. "}}"
end

return colours
