--- selection.lua - a list of accounts that repeats with a period
-- SPDX-License-Identifier: MIT

local floor = math.floor

local selection_methods = {}
local selection_mt = { __index = selection_methods }

--- Returns the index of the account at position k, counted from 0, or nil.
function selection_methods:at(k)
  if k < 0 or k >= self.count then return nil end
  local size = #self.residues
  return floor(k / size) * self.period + self.residues[k % size + 1]
end

--- Returns the position of the account with index i, or nil when it is not in
-- the list.
function selection_methods:position(i)
  local rank = self.rank[i % self.period]
  if not rank or i < 0 or i >= self.total then return nil end
  return floor(i / self.period) * #self.residues + rank
end

--- Creates a selection.
-- @param residues sorted list of the selected indexes below `period`
-- @param period integer: index i is selected when i % period is
-- @param total integer: the number of accounts to select from
local function new(residues, period, total)
  local rank, rest = {}, 0
  for position, residue in ipairs(residues) do
    rank[residue] = position - 1
    if residue < total % period then rest = position end
  end
  return setmetatable({ residues = residues, rank = rank, period = period,
    total = total, count = floor(total / period) * #residues + rest },
    selection_mt)
end

return { new = new }
