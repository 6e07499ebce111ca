--- init.lua - the sandbox's Email & Apps
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local answers = require("rackspace.email_customers.sandbox.answers")
local book = require("rackspace.email_customers.sandbox.book")
local json = require("rackspace.base.json")
local keys = require("rackspace.email_customers.sandbox.keys")
local pages = require("rackspace.sandbox.pages")
local request_of = require("rackspace.sandbox.request")

local behaviour = { fault = answers.fault }

local default_size, largest_size = 50, 250
local urlencoded = "application/x-www-form-urlencoded"

local function refuse(sandbox, call, status, message)
  return answers.fault(status, message, call, sandbox:time())
end

--- Checks the signature, the rate limit, the version and the media type of a
-- call. Returns a refusal, or nil.
function behaviour.authorize(sandbox, call)
  local user = keys.signer(call)
  if not user then
    return refuse(sandbox, call, 403, "Authentication failed.")
  elseif keys.is_throttled(sandbox, user, call.method) then
    return refuse(sandbox, call, 403, "Exceeded request limits")
  end
  call.user = user
  local version = call.variables.version
  if version and version ~= "v1" and version ~= "v0" then
    return refuse(sandbox, call, 404, "there is nothing at this path")
  elseif not answers.format(call.headers.accept) then
    return refuse(sandbox, call, 406, "Invalid format")
  end
end

--- Whether a text is urlencoded: pairs of a plain name and a value, with whole
-- escapes. Values may hold spaces and what is not ASCII, as people write them.
local function is_urlencoded(text)
  if text:gsub("%%%x%x", ""):find("[%%%c]") then
    return false
  end
  for pair in text:gmatch("[^&]+") do
    if not pair:find("^[%w_.%[%]%%+-]+=") then
      return false
    end
  end
  return true
end

--- Returns the members of a body: urlencoded, or a JSON object, which some
-- clients send; nil when it is neither.
local function read_body(call)
  local kind = ascii.lower(call.headers["content-type"] or urlencoded)
  local value = call.body_value
  if call.body == "" then
    return {}
  elseif kind:find(urlencoded, 1, true) then
    return is_urlencoded(call.body) and request_of.parse_query(call.body) or
      nil
  end
  return type(value) == "table" and value[1] == nil and
    not json.is_array(value) and value or nil
end

--- Returns a handler that calls fn(sandbox, call, body, ...) with the members
-- of the body, or refuses a body that can't be read.
local function with_body(fn)
  return function(sandbox, call, ...)
    local body = read_body(call)
    if not body then
      return refuse(sandbox, call, 400, "The body of the request can not be " ..
        "read: it must be urlencoded, or a JSON object with its Content-Type")
    end
    return fn(sandbox, call, body, ...)
  end
end

--- Returns a handler that refuses keys that are not a reseller's.
local function for_reseller(fn)
  return function(sandbox, call)
    if not call.user.email.reseller then
      return refuse(sandbox, call, 403,
        "The account is not authorized for this operation.")
    end
    return fn(sandbox, call)
  end
end

--- Returns a handler that calls fn(sandbox, call, number, customer) with the
-- customer that the path names.
local function with_customer(fn)
  return function(sandbox, call)
    local number = call.variables.accountNumber
    local customer = book.get(sandbox, number)
    if customer then
      return fn(sandbox, call, number, customer)
    end
    return refuse(sandbox, call, 404, number:find("^%d+$") and
      "Customer Not Found" or "Invalid account number")
  end
end

--- As with_customer, but only for resellers; everyone may use "me", which means
-- the key's own account.
local function with_own(fn)
  local other = for_reseller(with_customer(fn))
  return function(sandbox, call)
    if ascii.lower(call.variables.accountNumber) == "me" then
      local number = call.user.email.account
      return fn(sandbox, call, number, book.own(sandbox, number))
    end
    return other(sandbox, call)
  end
end

local function show(customer)
  return { name = customer.name, accountNumber = customer.accountNumber,
    referenceNumber = customer.referenceNumber or "" }
end

local function whole(text, default, most)
  local number = tonumber((text or ""):match("^%d+$"))
  return number and math.min(number, most) or default
end

behaviour.list = for_reseller(function(sandbox, call)
  local query = call.query
  if query.startswith and query.contains then
    return refuse(sandbox, call, 400,
      "startswith and contains can not be used together")
  elseif query.page and not query.page:find("^[01]$") then
    return refuse(sandbox, call, 400, "page is obsolete, and ignored only " ..
      "where it is 0 or 1; use offset")
  end
  local found = book.select(sandbox, query.startswith, query.contains)
  local size = math.max(1, whole(query.size, default_size, largest_size))
  local offset = whole(query.offset, 0, 2 ^ 31)
  local customers = answers.array{}
  local last = math.min(offset + pages.size(sandbox, size), #found)
  for position = offset + 1, last do
    customers[#customers + 1] = show(found[position])
  end
  return answers.give(call, "customerList", { offset = offset, size = size,
    total = pages.total(sandbox, #found), customers = customers })
end)

behaviour.find = for_reseller(function(sandbox, call)
  local customer = book.find(sandbox, call.query.referenceNumber)
  if not customer then
    return refuse(sandbox, call, 404, "Customer Not Found")
  end
  return answers.give(call, "customer", show(customer))
end)

behaviour.get = with_own(function(_, call, _, customer)
  return answers.give(call, "customer", show(customer))
end)

--- Returns the problem of a name, in the words of the API's documents, or nil.
local function name_problem(name, is_required)
  if name == nil then
    return is_required and "Missing required field: name" or nil
  elseif name == "" then
    return "Required field name cannot be empty"
  elseif name:find("^ ") then
    return "Improper Customer Name"
  end
end

--- Returns the changes in a body, or nil and a problem.
local function changes_of(body, is_required)
  local changes = {}
  for _, name in ipairs{ "name", "referenceNumber" } do
    changes[name] = body[name] ~= nil and tostring(body[name]) or nil
  end
  local problem = name_problem(changes.name, is_required)
  if problem then
    return nil, problem
  end
  return changes
end

behaviour.create = for_reseller(with_body(function(sandbox, call, body)
  local changes, problem = changes_of(body, true)
  if not changes then
    return refuse(sandbox, call, 400, problem)
  end
  book.add(sandbox, changes)
  return 200
end))

behaviour.update = for_reseller(with_customer(with_body(function(sandbox, call,
    body, number)
  local changes, problem = changes_of(body, false)
  if not changes then
    return refuse(sandbox, call, 400, problem)
  end
  book.change(sandbox, number, changes)
  return 200
end)))

behaviour.delete = for_reseller(with_customer(function(sandbox, _, number)
  book.change(sandbox, number, { is_deleted = true })
  return 200
end))

behaviour.enable = for_reseller(with_customer(function(sandbox, _, number)
  book.change(sandbox, number, { is_disabled = false })
  return 200
end))

behaviour.disable = for_reseller(with_customer(function(sandbox, _, number)
  book.change(sandbox, number, { is_disabled = true })
  return 200
end))

behaviour.login_token = with_own(with_body(function(sandbox, call, body, _,
    customer)
  if not body.userName then
    return refuse(sandbox, call, 400, "Missing required field: userName")
  elseif customer.is_disabled then
    return refuse(sandbox, call, 403, "The account is disabled.")
  end
  return answers.give(call, "loginToken", { user = tostring(body.userName),
    token = book.login_token(sandbox),
    dateCreated = answers.date(sandbox:time()) })
end))

return behaviour
