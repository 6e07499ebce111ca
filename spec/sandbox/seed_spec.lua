--- seed_spec.lua - the sandbox's accounts, as functions of a seed and an index
-- SPDX-License-Identifier: MIT

local seed = require("rackspace.sandbox.seed")

local PATTERN = "^20[12]%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%.%d%d%dZ$"
local TYPES = { "CLOUD", "MANAGED_HOSTING", "FANATICAL_SUPPORT_FOR_AWS",
  "RPC_V" }

local function roles_of(contacts)
  local found = {}
  for _, contact in ipairs(contacts) do
    for _, role in ipairs(contact.roles.role) do found[role] = true end
  end
  return found
end

-- Indexes from the whole range, with its ends.
local function spread(count)
  local list = {}
  for i = 0, 99 do list[#list + 1] = i end
  for i = 100, count - 1, 997 do list[#list + 1] = i end
  for i = count - 25, count - 1 do list[#list + 1] = i end
  return list
end

local function line_of(record)
  local names, words = { "type", "id", "number", "tenantId", "domain", "rcn",
    "name", "nickname", "status", "serviceLevel", "collectionsStatus",
    "parentAccountNumber", "lastUpdatedBy", "lastUpdatedDate" }, {}
  for index, name in ipairs(names) do
    words[index] = tostring(record[name] == nil and "-" or record[name])
  end
  return table.concat(words, "|")
end

describe("a seed's accounts", function()
  local million = seed.new({ seed = 1, accounts = 1000000 })

  it("start with the documented one, whatever the seed", function()
    for _, number in ipairs({ 1, 2, 0, -7, 2147483647 }) do
      local data = seed.new({ seed = number, accounts = 137 })
      assert.equal(137, data.count)
      assert.same({ id = "10101", number = 10101, type = "CLOUD",
        tenantId = "10101", domain = "10101", rcn = "RCN-123-456-789",
        name = "MyRackspaceAcct", nickname = "MyRackspace",
        status = "Active", serviceLevel = "managed_legacy",
        lastUpdatedBy = "user1",
        lastUpdatedDate = "2015-04-21T18:00:00.000Z" }, data:account(0))
    end
  end)

  it("are the same for every Lua", function()
    local expected = {
      "MANAGED_HOSTING|5342844|5342844|hybrid:5342844|dedicated:5342844|"
        .. "RCN-123-456-789|MyRackspaceAcct Hosting|MyRackspace|Active|"
        .. "intensive|CURRENT|-|zoe.garcia|2018-05-05T01:41:43.413Z",
      "FANATICAL_SUPPORT_FOR_AWS|75842862|75842862|faws:75842862|10101|"
        .. "RCN-123-456-789|MyRackspaceAcct AWS|MyRackspace|Active|navigator|"
        .. "-|10101|user1|2015-02-25T13:55:01.134Z",
      "CLOUD|10161|10161|10161|10161|RCN-741-490-778|Counting Robotics|-|"
        .. "Active|managed_legacy|CURRENT|-|abc2222|2013-12-26T23:50:58.735Z",
      "CLOUD|RAN2891|-|RAN2891|RAN2891|RCN-359-524-767|FreeLancer Study|"
        .. "-|Active|managed_legacy|CURRENT|-|abc2224|2015-03-04T09:24:44.368Z",
      "CLOUD|19293385070|19293385070|19293385070|19293385070|"
        .. "RCN-213-626-734|東京 Logistics|東京|Active|"
        .. "infrastructure_sysops|CURRENT|-|user0123|2019-05-02T20:59:38.734Z",
      "RPC_V|400000222|400000222|400000222|400000222|RCN-449-694-712|"
        .. "Quick Fox Study Private Cloud|Quick Fox|Delinquent|intensive|"
        .. "PROMISED_TO_PAY|-|abc456|2015-08-30T07:11:28.483Z",
      "FANATICAL_SUPPORT_FOR_AWS|75845013|75845013|faws:75845013|12269|"
        .. "RCN-184-209-898|Super Duper Bakery AWS|-|Active|navigator|-|-|"
        .. "service_account_admin|2016-08-25T23:29:37.250Z",
      "MANAGED_HOSTING|5411960|5411960|hybrid:5411960|dedicated:5411960|"
        .. "RCN-067-556-277|North Ridge Paper Hosting|North Ridge|Closed|"
        .. "intensive|WRITTEN_OFF|-|user0123|2018-01-06T07:17:59.447Z",
      "CLOUD|8898985|8898985|8898985|8898985|RCN-247-112-126|"
        .. "Café Müller Study|Café Müller|Active|managed_legacy|CURRENT|-|"
        .. "mike.jones|2020-06-30T16:11:52.142Z",
      "MANAGED_HOSTING|21342813|21342813|hybrid:21342813|"
        .. "dedicated:21342813|RCN-898-822-800|Café Müller Robotics Hosting|"
        .. "Café Müller|Active|intensive|CURRENT|-|user0123|"
        .. "2016-01-27T10:40:26.987Z",
    }
    local index = 0
    for _, i in ipairs({ 1, 2, 3, 4, 8, 13, 136, 4321, 555555, 999999 }) do
      index = index + 1
      assert.equal(expected[index], line_of(million:account(i)))
    end
    assert.equal(10, index)
  end)

  it("differ from seed to seed", function()
    local other, same = seed.new({ seed = 2, accounts = 200 }), 0
    for i = 1, 199 do
      if line_of(other:account(i)) == line_of(million:account(i)) then
        same = same + 1
      end
    end
    assert.equal(0, same)
  end)

  it("are fresh at every call", function()
    million:account(5).id = "spoilt"
    million:contacts(5)[1].roles.role[1] = "spoilt"
    million:history(5)[1].updatedBy.username = "spoilt"
    assert.not_equal("spoilt", million:account(5).id)
    assert.not_equal("spoilt", million:contacts(5)[1].roles.role[1])
    assert.not_equal("spoilt", million:history(5)[1].updatedBy.username)
  end)

  it("are not held", function()
    local function read_some()
      local data = seed.new({ seed = 3, accounts = 1000000 })
      for i = 0, 999999, 199 do data:account(i) end
      local selection = data:select({ accountType = "CLOUD", user = "second" })
      collectgarbage()
      collectgarbage()
      return collectgarbage("count"), selection, data
    end
    local before = read_some() -- LuaJIT keeps the code that it makes of this
    local after, selection = read_some()
    -- All that were read would take several megabytes.
    assert.is_true(after - before < 512)
    assert.is_true(selection.count > 50000)
  end)

  it("have numbers that print without a point", function()
    local long, named = 0, 0
    for i = 0, 1999 do
      local record = million:account(i)
      if record.number then
        assert.equal(record.id, tostring(record.number))
        assert.equal(record.id, string.format("%d", record.number))
        assert.is_truthy(not math.type
          or math.type(record.number) == "integer")
        if #record.id == 11 then long = long + 1 end
      else
        assert.is_truthy(record.id:match("^RAN%d+$"))
        named = named + 1
      end
      local parent = record.parentAccountNumber
      assert.is_truthy(parent == nil or tostring(parent):match("^%d+$"))
    end
    assert.is_true(long > 100 and named > 50)
  end)

  it("have the tenant and the domain of their type", function()
    for i = 0, 999 do
      local record = million:account(i)
      if record.type == "MANAGED_HOSTING" then
        assert.equal("hybrid:" .. record.id, record.tenantId)
        assert.equal("dedicated:" .. record.id, record.domain)
      elseif record.type == "FANATICAL_SUPPORT_FOR_AWS" then
        local owner = million:customer(record.rcn)
        assert.equal("faws:" .. record.id, record.tenantId)
        assert.equal("CLOUD", million:account(owner).type)
        assert.equal(million:account(owner).id, record.domain)
      else
        assert.equal(record.id, record.tenantId)
        assert.equal(record.id, record.domain)
      end
    end
  end)

  it("are mostly active clouds, with every type and status", function()
    local types, statuses = {}, {}
    for i = 0, 1999 do
      local record = million:account(i)
      types[record.type] = (types[record.type] or 0) + 1
      statuses[record.status] = (statuses[record.status] or 0) + 1
    end
    for _, name in ipairs(TYPES) do assert.is_true(types[name] >= 100) end
    assert.is_true(types.CLOUD > 1000 and statuses.Active > 1400)
    assert.is_true(statuses.Delinquent > 20 and statuses.Closed > 20)
    assert.is_true(statuses["Pending Approval"] > 20)
  end)

  it("are found by type and id", function()
    for _, i in ipairs(spread(1000000)) do
      local record = million:account(i)
      assert.equal(i, million:find(record.type, record.id))
      for _, other in ipairs(TYPES) do
        local found = million:find(other, record.id)
        assert.is_true(other == record.type or found == nil or found ~= i)
      end
    end
  end)

  it("are not found by unknown ids", function()
    local small = seed.new({ seed = 1, accounts = 100 })
    local beyond = million:account(100)
    assert.is_nil(small:find(beyond.type, beyond.id))
    for _, id in ipairs({ "", "0", "10100", "10102", "010101", "10101 ",
      "10101.0", "1e4", "-1", "RAN", "RAN2823", "ran2891", "XYZ10101",
      ("9"):rep(400), "nan", "inf" }) do
      assert.is_nil(million:find("CLOUD", id), id)
    end
    assert.is_nil(million:find("MANAGED_HOSTING", "10101"))
    assert.is_nil(million:find("UNKNOWN", "10101"))
    assert.is_nil(million:find(nil, "10101"))
    assert.is_nil(million:find("CLOUD", nil))
    assert.equal(0, million:find("CLOUD", "10101"))
  end)

  it("refuse a seed or a number that cannot be", function()
    for _, opts in ipairs({ { seed = "1" }, { seed = 1.5 }, { accounts = -1 },
      { accounts = 0.5 }, { accounts = 1e9 }, { accounts = 0 / 0 },
      { accounts = 1 / 0 }, { seed = 1e300 } }) do
      assert.has_error(function() seed.new(opts) end)
    end
    assert.equal(0, seed.new({ accounts = 0 }).count)
  end)
end)

describe("a seed's customers", function()
  it("own adjacent accounts of different types", function()
    local data = seed.new({ seed = 1, accounts = 2000 })
    local i, customers, seen, sizes = 0, 0, {}, {}
    while i < 2000 do
      local customer, rcn = data:owner(i)
      local first, size = data:customer(rcn)
      local types = {}
      assert.equal(customers, customer)
      assert.equal(i, first)
      assert.is_nil(seen[rcn])
      assert.is_truthy(rcn:match("^RCN%-%d%d%d%-%d%d%d%-%d%d%d$"))
      for index = first, first + size - 1 do
        local record = data:account(index)
        assert.equal(rcn, record.rcn)
        assert.is_nil(types[record.type])
        types[record.type] = true
      end
      i, customers = i + size, customers + 1
      seen[rcn], sizes[size] = true, true
    end
    assert.equal(2000, i)
    assert.same({ true, true, true, true }, sizes)
  end)

  it("are found at the far end, and cut where the accounts end", function()
    local data = seed.new({ seed = 1, accounts = 999999 })
    local _, rcn = data:owner(999998)
    local first, size = data:customer(rcn)
    assert.same({ 999998, 1 }, { first, size })
    assert.same({ 0, 3 }, { data:customer("RCN-123-456-789") })
    local tiny = seed.new({ seed = 1, accounts = 2 })
    assert.same({ 0, 2 }, { tiny:customer("RCN-123-456-789") })
    assert.is_nil(tiny:customer(rcn))
  end)

  it("are not found by unknown numbers", function()
    local data = seed.new({ seed = 1, accounts = 137 })
    for _, rcn in ipairs({ "", "RCN-123-456-78", "RCN-123-456-7890",
      "RPN-123-456-789", "rcn-123-456-789", "RCN-123-456-790" }) do
      assert.is_nil(data:customer(rcn), rcn)
    end
    assert.is_nil(data:customer(nil))
  end)
end)

describe("a seed's selections", function()
  local COUNT = 500
  local data = seed.new({ seed = 1, accounts = COUNT })
  local records, metadata = {}, {}
  for i = 0, COUNT - 1 do
    records[i], metadata[i] = data:account(i), {}
    for _, item in ipairs(data:metadata(i)) do
      if not item.restricted then metadata[i][item.key] = item.value end
    end
  end

  -- The expected result, by checking every account.
  local function scan(filter)
    local list = {}
    for i = 0, COUNT - 1 do
      local value = filter.metadataKey and metadata[i][filter.metadataKey]
      if (not filter.accountType or records[i].type == filter.accountType)
        and (not filter.domain or records[i].domain == filter.domain)
        and (not filter.metadataKey or value)
        and (not filter.metadataValue or value == filter.metadataValue)
        and (not filter.user or data:visible(filter.user, i)) then
        list[#list + 1] = i
      end
    end
    return list
  end

  local function check(filter)
    local expected, selection = scan(filter), data:select(filter)
    local found = {}
    for k = 0, selection.count - 1 do found[k + 1] = selection:at(k) end
    assert.same(expected, found)
    for k, i in ipairs(expected) do
      assert(selection:position(i) == k - 1)
    end
    assert.is_nil(selection:at(-1))
    assert.is_nil(selection:at(selection.count))
    assert.is_nil(selection:position(-1))
    assert.is_nil(selection:position(COUNT))
    local member = {}
    for _, i in ipairs(expected) do member[i] = true end
    for i = 0, 49 do
      assert((selection:position(i) ~= nil) == (member[i] == true))
    end
    return #expected
  end

  local types = { "CLOUD", "MANAGED_HOSTING", "FANATICAL_SUPPORT_FOR_AWS",
    "RPC_V", "UNKNOWN", false }
  local domains = { false, "10101", "dedicated:" .. records[1].id,
    records[1].id, records[13].domain, "RAN2891", "dedicated:", "" }
  local users = { false, "demo", "second", "nobody" }
  local keys = { ["billing:somekey"] = "monthly", ["some:key"] = "Some Value",
    ["creation:faws:servicelevelid"] = "some_value", ["no:such"] = "x",
    ["support:level"] = "intensive", ["internal:score"] = "12" }

  for _, account_type in ipairs(types) do
    it("are what a scan finds: " .. tostring(account_type), function()
      local matches = 0
      for _, user in ipairs(users) do
        local function filter(domain, key, value)
          return { accountType = account_type or nil, user = user or nil,
            domain = domain or nil, metadataKey = key, metadataValue = value }
        end
        for _, domain in ipairs(domains) do
          matches = matches + check(filter(domain))
          matches = matches + check(filter(domain, "some:key"))
        end
        for key, value in pairs(keys) do
          matches = matches + check(filter(nil, key))
          matches = matches + check(filter(nil, key, value))
        end
        matches = matches + check(filter(nil, "some:key", "another"))
      end
      assert.is_true(matches > 0 or account_type == "UNKNOWN")
    end)
  end

  it("hold for any number of accounts", function()
    for _, count in ipairs({ 0, 1, 2, 7, 19, 20, 21, 137, 420, 421 }) do
      local some = seed.new({ seed = 1, accounts = count })
      local selection = some:select({ user = "second", accountType = "CLOUD" })
      local number = 0
      for i = 0, count - 1 do
        if some:visible("second", i) and some:account(i).type == "CLOUD" then
          assert.equal(i, selection:at(number))
          number = number + 1
        end
      end
      assert.equal(number, selection.count)
      assert.equal(count, some:select({}).count)
      assert.equal(math.min(count, 2) - (count > 1 and 1 or 0)
        + (count > 2 and 1 or 0), some:select({ domain = "10101" }).count)
    end
  end)

  it("reach across a million accounts", function()
    local million = seed.new({ seed = 1, accounts = 1000000 })
    local selection = million:select({ user = "second",
      metadataKey = "support:level", metadataValue = "intensive" })
    for _, k in ipairs({ 0, 1, 1000, selection.count - 1 }) do
      local i = selection:at(k)
      assert.equal(k, selection:position(i))
      assert.is_true(million:visible("second", i))
    end
    local last = million:account(999998)
    assert.equal(999998, million:select({ domain = last.domain }):at(0))
  end)

  it("show the second user whole customers, and not the first", function()
    local seen = 0
    for i = 0, COUNT - 1 do
      local first = data:customer(records[i].rcn)
      local visible = data:visible("second", i)
      assert.equal(data:visible("second", first), visible)
      assert.is_true(data:visible("demo", i))
      if visible then seen = seen + 1 end
    end
    assert.is_false(data:visible("second", 0))
    assert.is_false(data:visible("demo", COUNT))
    assert.is_false(data:visible("demo", -1))
    assert.is_true(seen > COUNT / 10 and seen < COUNT / 5)
  end)

  it("refuse a metadata value without its key", function()
    assert.has_error(function() data:select({ metadataValue = "x" }) end,
      "select: metadataValue needs metadataKey")
  end)
end)

describe("a seed's metadata", function()
  local data = seed.new({ seed = 1, accounts = 2000 })

  it("is the documented for account 0, the restricted marked", function()
    local list = {}
    for _, item in ipairs(data:metadata(0)) do
      list[#list + 1] = item.key .. "=" .. item.value
        .. (item.restricted and " restricted" or "")
    end
    assert.same({ "billing:somekey=a value billing cares about",
      "internal:score=12 restricted", "some:key=Some Value",
      "support:level=navigator" }, list)
  end)

  it("is in order, dated, and on some accounts absent", function()
    local bare, aws = 0, 0
    for i = 0, 1999 do
      local record, before = data:account(i), ""
      for _, item in ipairs(data:metadata(i)) do
        assert.is_true(before < item.key)
        before = item.key
        assert.is_truthy(item.createdDate:match(PATTERN))
        assert.is_true(item.createdDate <= item.lastUpdatedDate)
        assert.is_true(item.lastUpdatedDate <= record.lastUpdatedDate)
        assert.equal("service_account_user", item.createdBy)
        assert.equal("service_account_admin", item.lastUpdatedBy)
        if item.key == "creation:faws:servicelevelid" then
          assert.equal("FANATICAL_SUPPORT_FOR_AWS", record.type)
          aws = aws + 1
        end
      end
      if before == "" then bare = bare + 1 end
    end
    assert.equal(300, aws)
    assert.is_true(bare > 100)
  end)
end)

describe("a seed's histories", function()
  local data = seed.new({ seed = 1, accounts = 1000000 })

  it("of account 0 end in the documented record", function()
    local history = data:history(0)
    assert.equal("2012-07-15T18:00:00.000Z", history[1].updatedDate)
    assert.same({ accountChangeType = "NICKNAME", accountStatus = "Active",
      rcn = "RCN-123-456-789", nickname = "MyRackspace",
      updatedDate = "2015-04-21T18:00:00.000Z",
      updatedBy = { username = "user1", type = "CUSTOMER" } },
      history[#history])
    local statuses = {}
    for _, change in ipairs(data:status_history(0)) do
      statuses[#statuses + 1] = change.status
    end
    assert.same({ "Active", "Delinquent", "Pending Approval" }, statuses)
    assert.same({ status = "Pending Approval", usertype = "SYSTEM",
      username = "service_account_admin", date = "2012-07-15T18:00:00.000Z" },
      data:status_history(0)[3])
    assert.equal("RCN_UPDATE", data:customer_history(0)[1].accountChangeType)
    assert.equal("NEW", data:customer_history(0)[3].accountChangeType)
  end)

  local function check(i)
    local record, history = data:account(i), data:history(i)
    local last, nickname, rcn, date = history[#history], nil, nil, ""
    local statuses, customers = {}, {}
    for index, item in ipairs(history) do
      local kind = item.accountChangeType
      assert.is_truthy(item.updatedDate:match(PATTERN))
      assert.is_true(item.updatedDate > date and item.updatedDate < "2025")
      assert.equal(index == 1, kind == "NEW")
      assert.equal(kind == "RCN_UPDATE", item.destinationUpdatedBy ~= nil)
      assert.equal(kind == "NICKNAME", item.nickname ~= nil)
      local is_move = kind == "RCN_UPDATE" or kind == "MERGE"
      assert.equal(index == 1 or is_move, item.rcn ~= rcn)
      if kind == "NEW" or is_move then table.insert(customers, 1, item) end
      if kind == "NEW" or kind == "LEGACY_ACCOUNT_STATUS" then
        table.insert(statuses, 1, item)
      end
      date, rcn = item.updatedDate, item.rcn
      nickname = item.nickname or nickname
    end
    assert.same({ record.status, record.rcn, record.nickname or false,
      record.collectionsStatus or false, record.lastUpdatedDate,
      record.lastUpdatedBy }, { last.accountStatus, last.rcn,
      nickname or false, last.collectionsStatus or false, last.updatedDate,
      last.updatedBy.username })
    local changes, moves = data:status_history(i), data:customer_history(i)
    assert.equal(#statuses, #changes)
    for index, item in ipairs(statuses) do
      local change = changes[index]
      assert.same({ item.accountStatus, item.updatedDate,
        item.updatedBy.username, item.updatedBy.type,
        item.collectionsStatus or false }, { change.status, change.date,
        change.username, change.usertype, change.collectionsStatus or false })
    end
    assert.equal(record.status, changes[1].status)
    assert.equal(#customers, #moves)
    for index, item in ipairs(customers) do
      assert.same({ accountChangeType = item.accountChangeType,
        rcn = item.rcn, date = item.updatedDate,
        username = item.updatedBy.username }, moves[index])
      if item.rcn ~= record.rcn then
        assert.is_nil((data:customer(item.rcn)))
      end
    end
  end

  it("agree with the record and with each other", function()
    for i = 0, 99 do check(i) end
    for i = 300, 999999, 19997 do check(i) end
    check(999999)
  end)

  it("show every policy and fraud status, and neither at times", function()
    local policies, frauds = {}, {}
    for i = 0, 499 do
      for _, change in ipairs(data:status_history(i)) do
        policies[change.accessPolicy or "none"] = true
        frauds[change.fraudStatus or "none"] = true
      end
    end
    assert.same({ FULL = true, SUSPENDED = true, LIMITED = true,
      TERMINATED = true, none = true }, policies)
    assert.same({ ACCEPT = true, PENDING_APPROVAL = true, none = true },
      frauds)
  end)

  it("have every documented author and collections status, in 137 accounts",
    function()
      local authors, collections = {}, {}
      for i = 0, 136 do
        for _, change in ipairs(data:status_history(i)) do
          authors[change.usertype] = true
          collections[change.collectionsStatus or "none"] = true
        end
      end
      assert.same({ SYSTEM = true, RACKER = true, CUSTOMER = true }, authors)
      assert.is_true(collections.DELINQUENT_LEVEL_1)
      assert.is_true(collections.DELINQUENT_LEVEL_2)
    end)

  it("give real calendar days", function()
    local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
    local months, leap = {}, false
    for i = 1, 3999 do
      local date = data:account(i).lastUpdatedDate
      local year, month, day = date:match("^(%d+)%-(%d+)%-(%d+)T")
      year, month, day = tonumber(year), tonumber(month), tonumber(day)
      local is_leap_day = year % 4 == 0 and month == 2 and day == 29
      assert.is_true(is_leap_day or day >= 1 and day <= lengths[month])
      assert.is_true(year >= 2012 and year <= 2024)
      months[month], leap = true, leap or is_leap_day
    end
    assert.equal(12, #months)
    assert.is_true(leap)
  end)
end)

describe("a seed's contacts", function()
  local data = seed.new({ seed = 1, accounts = 1000000 })

  it("have the documented shape", function()
    local contact = data:contacts(0)[1]
    assert.same({ contactNumber = "RPN-823-034-233", firstName = "John",
      lastName = "Doe", title = "Mr", suffix = "Sr", username = "john.doe",
      rcn = "RCN-123-456-789", roles = { role = { "PRIMARY" } },
      lastUpdatedBy = "user1", lastUpdatedDate = "2012-07-15T18:00:00.000Z",
      addresses = { address = { { street = "5001 Walzem Road",
        city = "San Antonio", state = "Texas", country = "US",
        zipcode = "78218", primary = true } } },
      emailAddresses = { emailAddress = {
        { address = "john.doe.10101@example.com", primary = true } } },
      phoneNumbers = { phoneNumber = { { country = "US",
        mask = "(###)-###-####", number = "2105550100", smsVerify = false,
        primary = true } } },
      notificationPreferences = { doNotFax = false, doNotCall = false,
        doNotEmail = false, doNotMail = false, doNotSurvey = false },
    }, contact)
  end)

  it("are found by number", function()
    local seen = {}
    for _, i in ipairs(spread(1000000)) do
      for position, contact in ipairs(data:contacts(i)) do
        local number = contact.contactNumber
        assert.is_truthy(number:match("^RPN%-%d%d%d%-%d%d%d%-%d%d%d$"))
        assert.is_nil(seen[number])
        seen[number] = true
        local index, place = data:contact(number)
        assert(index == i and place == position)
      end
    end
    local tiny, other = seed.new({ accounts = 1 }), data:contacts(1)[1]
    assert.is_nil(tiny:contact(other.contactNumber))
    assert.is_nil(data:contact("RPN-823-034-23"))
    assert.is_nil(data:contact("RCN-823-034-233"))
    assert.is_nil(data:contact(nil))
  end)

  it("are two to five, and use nothing of real people's", function()
    local sizes, missing, names = {}, {}, ""
    for i = 0, 499 do
      local contacts, record = data:contacts(i), data:account(i)
      sizes[#contacts] = true
      for _, contact in ipairs(contacts) do
        local phone = contact.phoneNumbers.phoneNumber[1].number
        assert.equal(record.rcn, contact.rcn)
        assert.is_truthy(phone:match("^%d%d%d55501%d%d$"))
        assert.is_true(#contact.roles.role > 0)
        for _, mail in ipairs(contact.emailAddresses.emailAddress) do
          assert.is_truthy(mail.address:match("^[%l%d.]+@example%.%l+$"))
        end
        local date = contact.lastUpdatedDate
        assert.equal(date == nil, contact.lastUpdatedBy == nil)
        assert.is_true(date == nil or date <= record.lastUpdatedDate)
        for _, field in ipairs({ "addresses", "username",
          "lastUpdatedDate" }) do
          local name = field .. (contact[field] and " given" or " missing")
          missing[name] = (missing[name] or 0) + 1
        end
        names = names .. contact.firstName .. contact.lastName
        if contact.addresses then
          names = names .. contact.addresses.address[1].city
        end
      end
    end
    assert.same({ [2] = true, [3] = true, [4] = true, [5] = true }, sizes)
    for _, field in ipairs({ "addresses", "username", "lastUpdatedDate" }) do
      assert.is_true(missing[field .. " given"] > 100)
      assert.is_true(missing[field .. " missing"] > 100)
    end
    for _, name in ipairs({ "Zoë", "Nguyễn", "Montréal" }) do
      assert.is_truthy(names:find(name, 1, true))
    end
  end)

  it("lack a BILLING at about one account in nine, some a PRIMARY", function()
    local billing, primary, both = 0, 0, 0
    for i = 0, 2699 do
      local contacts = data:contacts(i)
      local found = roles_of(contacts)
      if not found.BILLING then billing = billing + 1 end
      if not found.PRIMARY then primary = primary + 1 end
      if #contacts[1].roles.role == 2 then both = both + 1 end
    end
    assert.is_true(billing > 240 and billing < 360, billing)
    assert.is_true(primary > 50 and primary < 130, primary)
    assert.is_true(both > 300)
    local first = roles_of(data:contacts(0))
    assert.is_true(first.BILLING and first.PRIMARY)
  end)
end)
