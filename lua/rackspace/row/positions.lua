--- positions.lua - the query parameters that set a page's position and size
-- SPDX-License-Identifier: MIT

-- A pager sets them itself. Other parameters are filters of the list.
return {
  marker = true, limit = true, direction = true, offset = true, size = true,
}
