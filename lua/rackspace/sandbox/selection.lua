--- selection.lua - the accounts of a list: their positions and their indexes
-- SPDX-License-Identifier: MIT

local floor = math.floor

local selection_methods = {}
local selection_mt = { __index = selection_methods }

--- The index of the account at position k, which counts from 0; or nil.
function selection_methods:at(k)
  if k < 0 or k >= self.count then return nil end
  local size = #self.residues
  return floor(k / size) * self.period + self.residues[k % size + 1]
end

--- The position of the account with index i; nil when it isn't in the list.
function selection_methods:position(i)
  local rank = self.rank[i % self.period]
  if not rank or i < 0 or i >= self.total then return nil end
  return floor(i / self.period) * #self.residues + rank
end

--- A selection from a list of residues in order, the period that repeats, and
-- the number of accounts that there are in all.
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
