--- 11-attach-log.lua - adds a comment with one or more files to a ticket
-- SPDX-License-Identifier: MIT
--
-- 11-attach-log.lua 180404-00001 "what smartctl says" smart.log
local rackspace = require("rackspace")

local ticket, text = ...
local paths = { select(3, ...) }
if #paths == 0 then
  io.stderr:write("usage: 11-attach-log.lua TICKET TEXT FILE...\n")
  os.exit(2)
end

local rs = assert(rackspace.new())

-- The files are streamed, and may be large.
local comment, message, err = rs.tickets:comment(ticket, { text = text,
  attachments = paths })
if not comment then
  io.stderr:write(message, "\n")
  for _, file in ipairs(err.attachments or {}) do
    io.stderr:write(file.filename, file.uuid and ": is put up, as " ..
      file.uuid or ": is not put up", "\n")
  end
  os.exit(1)
end

for _, file in ipairs(comment.attachments) do
  print(ticket, file.filename, file.uuid)
end
