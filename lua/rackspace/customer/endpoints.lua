--- endpoints.lua - the endpoints of the Customer Service, one for each dialect
-- SPDX-License-Identifier: MIT

return {
  customer = { url = "https://customer.api.rackspacecloud.com",
    dialect = "reference" },
  customer_openapi = { url = "https://accounts.api.rackspacecloud.com",
    dialect = "openapi", follows = "customer" },
}
