--- 09-contacts-vcard.lua - writes an account's contacts as vCards
-- SPDX-License-Identifier: MIT
--
-- 09-contacts-vcard.lua CLOUD/10101 >contacts.vcf
local core = require("rackspace.core")
local rackspace = require("rackspace")

local name, extra = ...
if not name or extra then
  io.stderr:write("usage: 09-contacts-vcard.lua TYPE/ID\n")
  os.exit(2)
end

--- Escapes a text for vCard 4.0 (RFC 6350), which has no other control
-- characters than tabs and the ends of lines.
local function escape(text)
  return ((text or ""):gsub("[\\,;]", "\\%0"):gsub("\r?\n", "\\n")
    :gsub("\r", "\\n"):gsub("[%z\1-\8\11-\31\127]", ""))
end

--- Writes a line, folded to at most 75 bytes between characters; a character of
-- more bytes than that stays whole.
local function write(line)
  local indent = ""
  while line ~= "" do
    local part, most = "", 75 - #indent
    while part == "" do
      part, most = core.cut(line, most), most * 2
    end
    io.write(indent, part, "\r\n")
    line, indent = line:sub(#part + 1), " "
  end
end

local function write_card(contact, account)
  local first, last = escape(contact.firstName), escape(contact.lastName)
  write("BEGIN:VCARD")
  write("VERSION:4.0")
  write("UID:" .. escape(contact.contactNumber))
  write(("FN:%s %s"):format(first, last))
  write(("N:%s;%s;;%s;%s"):format(last, first, escape(contact.title),
    escape(contact.suffix)))
  write("ORG:" .. escape(account.name))
  for _, role in ipairs(contact.roles.role) do
    write("CATEGORIES:" .. escape(role))
  end
  for _, email in ipairs(contact.emailAddresses.emailAddress) do
    write((email.primary and "EMAIL;PREF=1:" or "EMAIL:") ..
      escape(email.address))
  end
  for _, phone in ipairs(contact.phoneNumbers.phoneNumber) do
    write((phone.primary and "TEL;PREF=1:" or "TEL:") ..
      escape(phone.number))
  end
  write("END:VCARD")
end

local rs = assert(rackspace.new())
local account = assert(rs.accounts:get(name))
for contact in rs.contacts:list(account) do
  write_card(contact, account)
end
