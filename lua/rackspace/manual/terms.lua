--- terms.lua - the words of the services' documents, as help() explains them
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local members = require("rackspace.base.members")
local services = require("rackspace.services")

local terms = {}

-- What fields alone do not tell. Words that the topic "concepts" begins a
-- paragraph with are explained there.
local texts = {
  rcn = "Rackspace Customer Number: what a customer is named by, such as " ..
    "RCN-123-456-789. It ties the customer's accounts together; each of " ..
    "their records has it as `rcn`. The OpenAPI dialect names accounts by it.",
  rpn = "Rackspace Person Number: what a contact is named by, such as " ..
    "RPN-123-456-789. Contacts have it as `contactNumber`; the recipients " ..
    "and authors of tickets are named by it, too.",
  namespace = "The part of a metadata key before its first colon: support " ..
    "in support:level. Some namespaces can only be read, or not even that. " ..
    "rs.metadata:entries(...) tells it of each entry.",
  token = "What a log-in gives, for about a day. A session logs in, keeps " ..
    "it, and replaces it before it ends.",
  role = "What a user may do (identity:user-admin, ticketing:admin), or " ..
    "what a contact is asked about (BILLING). A refusal tells the role that " ..
    "it takes as err.role, and where that is given as err.portal.",
  pager = "What a list gives that comes page by page: an iterator over its " ..
    "items, with pages(), totable(n), total(), cursor() and complete().",
  cursor = "Where a list goes on: what pager:cursor() gives, for " ..
    "list{ cursor = it } of any later session.",
  dialect = "One of the two renderings of the Customer Service: the " ..
    "reference's, or that of the OpenAPI document, by dialect = \"openapi\" " ..
    "in the settings or in a call.",
  sandbox = "All services inside this process, without an account: " ..
    "rackspace.new{ sandbox = true }, or --sandbox.",
}
texts.customerid, texts.contactnumber = texts.rcn, texts.rpn

--- Returns the paragraph of a topic's text that begins with a word, or nil.
local function paragraph_of(topic, word)
  local text
  for line in topic:gmatch("[^\n]+") do
    local first, rest = line:match("^(%l+)%s+(.*)$")
    if text and line:find("^%s") then
      text = text .. " " .. line:match("^%s+(.*)$")
    elseif text then
      break
    elseif first == word then
      text = rest
    end
  end
  return text
end

--- Calls fn(field, owner) for each argument, parameter and field of a record.
local function each_field(fn)
  for name, definition in services.each() do
    for _, type_name in ipairs(members.keys(definition.records)) do
      for _, field in ipairs(definition.records[type_name]) do
        fn(field, name .. "." .. type_name)
      end
    end
    for _, op in ipairs(definition.operations) do
      for _, fields in ipairs{ op.args, op.parameters } do
        for _, field in ipairs(fields) do
          fn(field, op.full_name)
        end
      end
    end
  end
end

--- Returns the fields of a name, whatever its case: a list of { where they are,
-- what they are }.
function terms.fields(name)
  local found, wanted = {}, ascii.lower(name)
  each_field(function(field, owner)
    if ascii.lower(field.name) == wanted then
      found[#found + 1] = { owner, field.doc or "" }
    end
  end)
  return found
end

--- Returns the explanation of a word, whatever its case and number, or nil.
-- @param concepts string: the topic
function terms.text(name, concepts)
  local word = ascii.lower(name)
  for _, form in ipairs{ word, (word:gsub("s$", "")) } do
    local text = texts[form] or paragraph_of(concepts, form)
    if text then
      return text
    end
  end
end

--- Returns a sorted list of the words that have a text of their own.
function terms.names()
  return members.keys(texts)
end

return terms
