--- plot.lua - draws a benchmark's ratios as SVG
-- SPDX-License-Identifier: MIT

local width, left, height, top = 860, 330, 26, 40
local scale = (width - left - 60) / 2.5 -- of a ratio

local function escape(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;",
    [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function tick(x, y, length, colour)
  return ('<path d="M%.1f %.1fv%d" stroke="%s" stroke-width="2"/>'):format(
    left + x * scale, y, length, colour)
end

local function bar(row, y)
  local bound = row.least or row.most
  local ratio = math.min(row.ratio, 2.5)
  local colour = row.ok == false and "#c0504d" or "#4f81bd"
  local parts = {
    ('<text x="%d" y="%d" text-anchor="end">%s</text>'):format(left - 8,
      y + 15, escape(row[2])),
    ('<rect x="%d" y="%d" width="%.1f" height="16" fill="%s"/>'):format(left,
      y + 3, ratio * scale, colour),
    ('<text x="%.1f" y="%d">%.2f</text>'):format(left + ratio * scale + 6,
      y + 15, row.ratio),
    bound and tick(bound, y, 22, "#222") or nil,
  }
  return table.concat(parts, "\n")
end

--- Returns an SVG with a bar for each ratio, a tick at its bound, and a line at
-- the ratio 1.
local function plot(rows)
  local bars, y = {}, top
  for _, row in ipairs(rows) do
    if not row.most_above then
      bars[#bars + 1] = bar(row, y)
      y = y + height
    end
  end
  return ('<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" ' ..
    'font-family="sans-serif" font-size="12">\n' ..
    '<rect width="100%%" height="100%%" fill="#fff"/>\n' ..
    '<text x="%d" y="20">ours to what stands beside it; | the bound</text>\n' ..
    "%s\n%s\n</svg>"):format(width, y + 10, left, table.concat(bars, "\n"),
    tick(1, top - 6, y - top + 6, "#aaa"))
end

return plot
