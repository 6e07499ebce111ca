--- paged.lua - a session whose list of accounts has the pages that a spec says
-- SPDX-License-Identifier: MIT
local stub = require("spec.support.stub")

local paged = { BASE = "http://localhost/v1/customer_accounts" }

local function accounts(ids)
  local list = {}
  for id in ids:gmatch("%S+") do
    list[#list + 1] = { type = "CLOUD", id = id }
  end
  return #list > 0 and list or nil
end

--- A session whose list has these pages: each { ids, next link or nil }.
function paged.session(pages)
  return stub.session(function(_, count)
    local page = pages[count]
    if type(page) == "function" then
      return page()
    end
    return stub.reply(200, { customerAccount = accounts(page[1]),
      link = { { rel = page[3] or "NEXT", href = page[2] } } }, { ["x-trans-id"] = "t" .. count })
  end)
end

--- The ids of a list, as one text.
function paged.ids_of(list)
  local ids = {}
  for i, account in ipairs(list) do
    ids[i] = account.id
  end
  return table.concat(ids, " ")
end

--- The same of all that a pager gives.
function paged.walk(pager)
  local list = {}
  for account in pager do
    list[#list + 1] = account
  end
  return paged.ids_of(list)
end

return paged
