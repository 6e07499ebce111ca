--- positions.lua - the query parameters that say where a page begins
-- SPDX-License-Identifier: MIT

-- They are a pager's affair: no filters of the list, and never secret.
return {
  marker = true, limit = true, direction = true, offset = true, size = true,
}
