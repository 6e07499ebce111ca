--- services.lua - the services, and the modules that hold their rows
-- SPDX-License-Identifier: MIT

-- A session loads each on its first use; what is printed has them all.
return {
  accounts = "rackspace.accounts",
  contacts = "rackspace.contacts",
  email_customers = "rackspace.email_customers",
  identity = "rackspace.identity",
  metadata = "rackspace.metadata",
  tickets = "rackspace.tickets",
}
