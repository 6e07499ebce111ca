--- known.lua - what a session was told of accounts and categories, for checks
-- SPDX-License-Identifier: MIT
local nearest = require("rackspace.base.nearest")
local products = require("rackspace.customer.products")

local known = {}

-- The documented categories. Others are in use, too.
known.categories = { "Account", "Billing and Payments",
  "Request for Information", "Change", "Incident" }

--- Returns what a session knows: severities, a list by an account's id;
-- products, the product by an account's id; categories, each record by its
-- name, or false.
local function of(session)
  local state = session.states.tickets or { severities = {}, products = {},
    categories = false }
  session.states.tickets = state
  return state
end

--- Whether a value is a list of strings.
local function are_texts(value)
  if type(value) ~= "table" then
    return false
  end
  for _, text in ipairs(value) do
    if type(text) ~= "string" then
      return false
    end
  end
  return true
end

--- Runs `accounts`, and keeps the severities and the product of each account.
function known.accounts(session, op, request)
  local list, message, err = session:perform(op, request)
  local state = of(session)
  for _, account in ipairs(list or {}) do
    local id, kind = account.id, account.type
    if id ~= nil and are_texts(account.severities) then
      state.severities[id] = account.severities
    end
    if id ~= nil and type(kind) == "table" then
      state.products[id] = kind.id
    end
  end
  return list, message, err
end

--- Runs `list_categories`, and keeps them.
function known.list_categories(session, op, request)
  local list, message, err = session:perform(op, request)
  local by_name = {}
  for _, category in ipairs(list or {}) do
    if type(category.name) == "string" then
      by_name[category.name] = category
    end
  end
  of(session).categories = list and by_name or of(session).categories
  return list, message, err
end

--- Returns the problem of a severity that the account does not have, or nil. An
-- account whose severities are not known accepts all.
local function severity_problem(state, values)
  local found = state.severities[values.accountId]
  if not found or not values.severity or
      nearest.has(found, values.severity) then
    return nil
  end
  return ("'severity' must be one of %s for %s, not '%s'"):format(
    table.concat(found, ", "), values.accountId, values.severity)
end

--- Returns the problem of a category that looks like a slip, or nil. Services
-- have categories that no document lists: what resembles none passes, and so
-- does a record. `given` is the category as it was given.
local function category_problem(state, values, given)
  local name, names = values.category, known.categories
  if type(given) == "table" or nearest.has(names, name) or
      state.categories and state.categories[name] then
    return nil
  end
  local meant = nearest.nearest(name, names)
  return meant and ("'category' must be one of %s, not '%s' " ..
    "(did you mean '%s'?)"):format(table.concat(names, ", "), name, meant)
end

--- Whether an account's product may have a subcategory.
local function is_allowed(subcategory, product)
  return not are_texts(subcategory.allowedProducts) or
    nearest.has(subcategory.allowedProducts, product)
end

--- Returns the problem of a subcategory that the account's product does not
-- have in the category, or nil. Without the categories, all pass.
local function subcategory_problem(state, values)
  local category = state.categories and state.categories[values.category]
  local list = category and category.subcategories
  local product = state.products[values.accountId] or
    products.of(values.accountId)
  local names = {}
  for _, subcategory in ipairs(type(list) == "table" and list or {}) do
    if type(subcategory) == "table" and is_allowed(subcategory, product) then
      names[#names + 1] = subcategory.name
    end
  end
  if not names[1] or nearest.has(names, values.subcategory) then
    return nil
  end
  return ("'subcategory' must be %s for %s, an account of %s, not '%s'"):format(
    table.concat(names, " or "), values.accountId, product, values.subcategory)
end

--- Checks the parameters of `create` by what the session knows. Returns the
-- problem, or nil. `given` are the parameters as they were given.
function known.check(values, session, given)
  local state = of(session)
  return severity_problem(state, values) or
    category_problem(state, values, given.category) or
    subcategory_problem(state, values)
end

return known
