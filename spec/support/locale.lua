--- locale.lua - processes in locales that write numbers in other ways
-- SPDX-License-Identifier: MIT
local lfs = require("lfs")

-- script/setup makes them.
local folder = lfs.currentdir() .. "/build/locales"

local locale = {}

--- The locales: a comma for a point, letters of one byte, another lower case of
-- I, and a point of two bytes.
locale.names = { "de_DE.UTF-8", "de_DE.ISO-8859-1", "tr_TR.ISO-8859-9",
  "ps_AF.UTF-8" }

--- Whether a locale was made here.
function locale.is_made(name)
  return lfs.attributes(folder .. "/" .. name) ~= nil
end

--- What stands before a command in a shell, so that it finds the locales.
function locale.variables(name)
  return ("LOCPATH='%s' LC_ALL='%s'"):format(folder, name)
end

return locale
