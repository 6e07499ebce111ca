--- pages.lua - writes the responses that the servers send
-- SPDX-License-Identifier: MIT

-- pages.lua FOLDER PAGES SIZE writes FOLDER/token.json, FOLDER/account.json and
-- FOLDER/pages/*.json, each page named after its marker. FOLDER/pages must
-- exist. No JSON encoder is used, so that slashes are escaped as by the
-- service.

local folder, pages, size = ...
pages, size = tonumber(pages), tonumber(size)

local ORIGIN = "https://customer.api.rackspacecloud.com"
local FIRST = 1000000

local TOKEN = [[{"access":{"token":{"id":"0f6e9f1c2d5a4be38f7a1c90d3b2e4f5",]]
  .. [["expires":"2099-12-31T23:59:59.000Z","tenant":{"id":"10101",]]
  .. [["name":"10101"},"RAX-AUTH:authenticatedBy":["APIKEY"]},]]
  .. [["serviceCatalog":[],"user":{"id":"10032146","name":"bench",]]
  .. [["RAX-AUTH:defaultRegion":"DFW","roles":[{"id":"3","name":]]
  .. [["identity:user-admin","description":"User Admin Role."}]}}}]]

local ACCOUNT = [[{"status":"Active","nickname":"MyRackspace",]]
  .. [["number":10101,"tenantId":"10101","domain":"10101","type":"CLOUD",]]
  .. [["id":"10101","rcn":"RCN-123-456-789","name":"MyRackspaceAcct",]]
  .. [["serviceLevel":"managed_legacy","lastUpdatedBy":"user1",]]
  .. [["lastUpdatedDate":"2015-04-21T18:00:00.000Z"}]]

local LISTED = [[{"status":"Active","nickname":"Account $id","link":[{]]
  .. [["rel":"via","href":"$origin/v1/customer_accounts/CLOUD/$id"}],]]
  .. [["number":$id,"tenantId":"$id","domain":"$id","type":"CLOUD",]]
  .. [["id":"$id","rcn":"RCN-$rcn","name":"Counting Accounting $id",]]
  .. [["serviceLevel":"managed_legacy","lastUpdatedBy":"user1",]]
  .. [["lastUpdatedDate":"2015-04-21T18:00:00.000Z"}]]

local LINK = [[{"rel":"%s","href":"%s/v1/customer_accounts%s"}]]

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local function account(id)
  local rcn = ("%09d"):format(id):gsub("(%d%d%d)(%d%d%d)", "%1-%2-")
  local values = { id = ("%d"):format(id), rcn = rcn, origin = ORIGIN }
  return (LISTED:gsub("%$(%a+)", values))
end

local function link(rel, query)
  return LINK:format(rel, ORIGIN, query)
end

local function marked(index, direction)
  return ("?limit=%d&marker=CLOUD%%3A%d&direction=%s"):format(size,
    FIRST + index * size - 1, direction)
end

local function links(page)
  local last = ("?limit=%d&direction=backward&marker=last"):format(size)
  local list = { link("CURRENT", ""),
    link("SELF", page == 1 and "" or marked(page - 1, "backward")),
    link("PREVIOUS", marked(page - 1, "forward")), link("LAST", last) }
  if page < pages then
    list[#list + 1] = link("NEXT", marked(page, "backward"))
  end
  return table.concat(list, ",")
end

local function write_page(page)
  local accounts = {}
  local before = FIRST + (page - 1) * size - 1
  for i = 1, size do
    accounts[i] = account(before + i)
  end
  local name = page == 1 and "first" or ("%d"):format(before)
  write("pages/" .. name .. ".json", ('{"customerAccount":[%s],"link":[%s]}')
    :format(table.concat(accounts, ","), links(page)))
end

write("token.json", TOKEN)
write("account.json", ACCOUNT)
for page = 1, pages do
  write_page(page)
end
