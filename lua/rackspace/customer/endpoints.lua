--- endpoints.lua - the endpoint of the Customer Service
-- SPDX-License-Identifier: MIT

return {
  customer = { url = "https://customer.api.rackspacecloud.com",
    by_dialect = { openapi = "https://accounts.api.rackspacecloud.com" } },
}
