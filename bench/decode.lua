--- decode.lua - measures pages a second that lua-cjson alone decodes
-- SPDX-License-Identifier: MIT

-- decode.lua FOLDER PAGES SIZE reads all files that pages.lua wrote before it
-- decodes the first.

local cjson = require("cjson")
local core = require("rackspace.core")

local folder, pages, size = ...
pages, size = tonumber(pages), tonumber(size)

local function read(name)
  local file = assert(io.open(("%s/pages/%s.json"):format(folder, name), "rb"))
  local text = assert(file:read("*a"))
  file:close()
  return text
end

local texts = { read("first") }
for page = 2, pages do
  texts[page] = read(("%d"):format(1000000 + (page - 1) * size - 1))
end

local decode = cjson.decode
local count, start = 0, core.monotonic()
for page = 1, pages do
  count = count + #decode(texts[page]).customerAccount
end
local stop = core.monotonic()
assert(count == pages * size)
print(("%.1f"):format(pages / (stop - start)))
