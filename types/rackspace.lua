---@meta rackspace
-- rackspace.lua - types for editors; printed by script/print
-- SPDX-License-Identifier: MIT
-- luacheck: ignore

---@alias rackspace.ErrorKind
---| "auth" # the credentials or the token were not accepted
---| "cancelled" # the call was given up, by the script or by its session's end
---| "config" # a setting is missing or wrong
---| "conflict" # it clashes with what is there
---| "file" # a file can't be read or written
---| "forbidden" # the user may not do this
---| "invalid" # the service refused the request as wrong
---| "network" # no connection, or it broke
---| "not_found" # there is no such thing, or the user can't see it
---| "protocol" # the answer is not what the service's documents promise
---| "refused" # the session does not allow it
---| "server" # the service failed
---| "throttled" # too many requests for now
---| "timeout" # it took longer than it was given
---| "tls" # the server could not be trusted

---@class rackspace.Error
---@field kind rackspace.ErrorKind What to decide by.
---@field message string One line to read; `tostring(err)` is the same.
---@field operation? string The operation, as in "accounts.get".
---@field status? integer The status of the response.
---@field code? any What the service calls the fault.
---@field details? any What the service says beside.
---@field request_id? string The service's name for the request.
---@field retry_after? number Seconds after which to ask again.
---@field attempts? integer How often it was tried.
---@field sent? boolean Whether the request may have reached the service.
---@field challenge? table The log-in's demand for one more factor: `session`, `factor`.
---@field lacks? string "credentials", where there are none to log in with, or not the profile that was named.
---@field role? string Who may do it, where the documents say so.
---@field portal? string Where that role is given, where the documents say so.
---@field command? string What `err:curl()` gives: a command line for curl that sends the request again, with variables such as `$RACKSPACE_TOKEN` for what is secret or personal.
---@field attachments? table The files of a ticket or comment that failed, with the uuids of those that are put up: to be given again as they are.
---@field result? table What was made all the same, when only a file was not put up.

---A value that prints as `<secret>`; `reveal()` gives its text.
---@class rackspace.Secret
---@field reveal fun(self: rackspace.Secret): string

---An iterator over the items of a list, page after page.
---@class rackspace.Pager<T>
---@overload fun(): T?
local pager = {}

---Options of `rs:map` and `rs:all`.
---@class rackspace.MapOptions
---@field concurrency? integer
---@field ordered? boolean
---@field deadline? number

---An iterator over items and what a function returned for them.
---@class rackspace.Results
---@overload fun(): any, ...
local results = {}

---Returns an iterator over pages: lists of items that also have `links` (the
---server's, by lower-case rel) and `total`. The first one has the rest of the
---current page. With a `limit`, they have so many items in all at most. The
---iterator raises an error value.
---@param limit? integer
---@return fun(): T[]?
function pager:pages(limit) end

---Returns a list of the remaining items, at most `limit` (nil: all); or nil, a
---message and an error value when a page can't be read.
---@param limit? integer
---@return T[]? list
---@return string? message
---@return rackspace.Error? err
function pager:totable(limit) end

---Returns true when every item was returned, up to the end of the list, and
---the service, where it counts, counts no more. Returns false before the end,
---after an error, and when the service counts more items than it gave, of
---which a "warning" event tells.
---@return boolean is_complete
function pager:complete() end

---Returns the number of all items by the server's count, or nil where the
---service doesn't count them.
---@return integer? total
---@return string? message
---@return rackspace.Error? err
function pager:total() end

---Returns a string with which `list{ cursor = it }` continues after the last
---item that was returned, or nil when nothing is left.
---@return string? cursor
function pager:cursor() end

---Cancels what is in flight, and ends the iterator.
function results:close() end

---"TYPE/ID", "TYPE:ID" or a record that has both.
---@alias rackspace.AccountName string|{ type: string, id: string|integer }

---An RCN or a record that has one (OpenAPI dialect).
---@alias rackspace.RcnName string|{ rcn: string }

---A customer's id or a record that has its RCN (OpenAPI dialect).
---@alias rackspace.CustomerName string|integer|{ rcn: string }

---An account, or a resource by its type and id.
---@alias rackspace.ResourceName rackspace.AccountName|{ resourceType: string, resourceId: any }

---An account's RCN, or any resource (OpenAPI dialect).
---@alias rackspace.AnyResourceName rackspace.RcnName|{ resourceType: string, resourceId: any }

---@class rackspace.Email
---@field user_key string The user key.
---@field secret_key string|rackspace.Secret The secret key.

---@class rackspace.Endpoints
---@field customer? string Where customer is.
---@field customer_openapi? string Where customer_openapi is, where not at the address given for customer.
---@field email? string Where email is.
---@field feeds? string Where feeds is: a URL, or "demo".
---@field identity? string Where identity is.
---@field resources? string Where resources is.
---@field ticketing? string Where ticketing is: a URL, or "demo".

---@class rackspace.Settings
---@field username? string The Identity user.
---@field api_key? string|rackspace.Secret The user's API key.
---@field password? string|rackspace.Secret Or the password.
---@field token? string|rackspace.Secret|table A token, alone or with a tenant to log in to.
---@field tenant? string|integer|table The tenant to log in to.
---@field passcode? function Called with the factor's name when a log-in asks for one more; returns the code.
---@field email? rackspace.Email Keys of the Email & Apps API.
---@field version? string The version of the Email & Apps API: "v1", or "v0".
---@field profile? string The section of ~/.config/rackspace/config to use.
---@field region? string "US" or "UK".
---@field endpoints? rackspace.Endpoints Where the services are, where not at their own addresses.
---@field ca_file? string Certificates to trust, instead of the system's.
---@field proxy? string|rackspace.Secret The proxy's URL, a secret since it may hold a password. Never used for this machine itself.
---@field dialect? "reference"|"openapi"|string Which rendering of the Customer Service: "reference" or "openapi".
---@field status_history_path? "plural"|"singular"|string The path of accounts.status_history: "plural" (/v1/customer_accounts), "singular" (/v1/customer_account, as the reference prints it); without it, the one that answers.
---@field format? "json"|"xml"|string What to ask for where a service has XML: "json" or "xml".
---@field timeout? number Seconds that one attempt may take.
---@field connect_timeout? number Seconds to connect in.
---@field stall_timeout? number Seconds in which something must be heard.
---@field deadline? number Seconds that a whole call may take, repeats included.
---@field retries? integer How often a call that failed is made again at most, where that is safe; 0 for never.
---@field limits? any false to call as fast as can be, or other limits than those that the services document: { ["tickets.create"] = { 5, per = 60 } }, false for none.
---@field allow? any The only operations that the session may call, as in { "accounts.*", "tickets.get" }; others fail with the kind "refused". Without it, all.
---@field max_body? integer The most bytes that an answer may have.
---@field user_agent? string How the session calls itself; put before its own name.
---@field cache? any Whether tokens are kept on disk for later sessions: true, false, or the folder to keep them in. By default as RACKSPACE_TOKEN_CACHE says (`off` or a folder), else in ~/.cache/rackspace; none with a `transport` or a sandbox.
---@field transport? function Sends a request instead of the client: request -> response.
---@field loop? any What runs the calls: another session, to share its connections and its tasks; or a loop of luv's, cqueues' or your own, as in doc/concurrency.md.
---@field sandbox? any true for the sandbox inside this process, or a running one's URL.
---@field read_only? boolean true to send nothing that could change anything but the log-in; RACKSPACE_READ_ONLY=1 in the environment, or read_only = true in a profile, does the same.
---@field patch? boolean false to send PUT where PATCH is documented.
---@field log? any What is told on standard error: "info", "debug", "json" (the same as JSON), or "off"; or a function that is given each line.
---@field clock? table time(), monotonic() and sleep(seconds), instead of the system's; and random(), which spreads repeats, where it has one.

---@class rackspace.CallOptions
---@field timeout? number Seconds that one attempt may take.
---@field deadline? number Seconds that the whole call may take, waits and repeats included.
---@field retries? integer How often the call is made again at most when it fails.
---@field format? "json"|"xml"|string What to ask for, where the service has XML. The values are alike.
---@field dialect? "reference"|"openapi" The rendering of the Customer Service that this call speaks, where it is not the session's.

---@class rackspace.PagedOptions : rackspace.CallOptions
---@field cursor? string Where to go on: what `pager:cursor()` gave. Filters are in it.

---@class rackspace.accounts.Account
---@field id? string The account's id; digits, but for a few.
---@field number? integer The id as a number, where it is one.
---@field type? "CLOUD"|"MANAGED_HOSTING"|"FANATICAL_SUPPORT_FOR_AWS"|"RPC_V"|string What kind of account it is.
---@field tenantId? string The Identity tenant that stands for it.
---@field domain? string The Identity domain it belongs to.
---@field rcn? string The customer: RCN-ddd-ddd-ddd.
---@field name? string Its name.
---@field nickname? string What its owners call it.
---@field status? "Active"|"Delinquent"|"Pending Approval"|"Closed"|string Whether it is in use.
---@field serviceLevel? "managed_legacy"|"intensive"|"navigator"|string The support it was sold with.
---@field collectionsStatus? "CURRENT"|"DELINQUENT_LEVEL_1"|"DELINQUENT_LEVEL_2"|"PROMISED_TO_PAY"|"WRITTEN_OFF"|string How its bills stand.
---@field parentAccountNumber? integer The account above it.
---@field lastUpdatedBy? string Who changed it last.
---@field lastUpdatedDate? string When, in ISO 8601.
---@field link? rackspace.accounts.Link[] In lists: where the account itself is.

---@class rackspace.accounts.AccountChange
---@field accountChangeType? "NEW"|"RCN_UPDATE"|"MERGE"|"COLLECTIONS_STATUS"|"LEGACY_ACCOUNT_STATUS"|"NICKNAME"|string What changed.
---@field accountStatus? "Active"|"Delinquent"|"Pending Approval"|"Closed"|string The status after the change.
---@field collectionsStatus? "CURRENT"|"DELINQUENT_LEVEL_1"|"DELINQUENT_LEVEL_2"|"PROMISED_TO_PAY"|"WRITTEN_OFF"|string How its bills stood.
---@field nickname? string The nickname it was given.
---@field rcn? string The customer after the change.
---@field updatedDate? string When, in ISO 8601.
---@field updatedBy? rackspace.accounts.Actor By whom.
---@field destinationUpdatedBy? rackspace.accounts.Actor Who took it over.

---@class rackspace.accounts.Actor
---@field username? string The user.
---@field type? "RACKER"|"CUSTOMER"|"SYSTEM"|string What they are.

---@class rackspace.accounts.CustomerChange
---@field accountChangeType? "NEW"|"RCN_UPDATE"|"MERGE"|string How the owner changed.
---@field username? string By whom.
---@field rcn? string The customer from then on.
---@field date? string When, in ISO 8601.

---@class rackspace.accounts.Link
---@field rel? string What it leads to.
---@field href? string The address.

---@class rackspace.accounts.OpenAccount
---@field rcn? string The customer: RCN-ddd-ddd-ddd.
---@field name? string Its name.
---@field status? "Active"|"Delinquent"|"Pending Approval"|"Closed"|string Whether it is in use.
---@field createdAt? string When it was made, in ISO 8601.
---@field updatedAt? string When it changed last, in ISO 8601.
---@field customerSegment? string What kind of customer it is.
---@field billingCountry? string Where its bills go.
---@field contacts? rackspace.accounts.OpenContact[] Its people.
---@field metadata? rackspace.accounts.OpenMetadata[] Its metadata.

---@class rackspace.accounts.OpenChange
---@field field? string What changed.
---@field previousValue? string What it was.
---@field newValue? string What it is from then on.
---@field changedAt? string When, in ISO 8601.
---@field changedBy? string By whom.

---@class rackspace.accounts.OpenContact
---@field id? string The contact.
---@field firstName? string Given name.
---@field lastName? string Family name.
---@field email? string E-mail address.
---@field phone? string Phone number.
---@field roles? ("PRIMARY"|"BILLING"|"TECHNICAL"|"ADMINISTRATIVE"|string)[] Roles by name.
---@field primary? boolean Whether they are asked first.

---@class rackspace.accounts.OpenMetadata
---@field key? string The key.
---@field value? string The value.
---@field category? string What it is about.

---@class rackspace.accounts.OpenStatusChange
---@field status? "Active"|"Delinquent"|"Pending Approval"|"Closed"|string The status it was given.
---@field changedAt? string When, in ISO 8601.
---@field changedBy? string By whom.
---@field reason? string Why.

---@class rackspace.accounts.StatusChange
---@field status? "Active"|"Delinquent"|"Pending Approval"|"Closed"|string The status it was given.
---@field date? string When, in ISO 8601.
---@field username? string By whom.
---@field usertype? "RACKER"|"CUSTOMER"|"SYSTEM"|string What they are.
---@field accessPolicy? "FULL"|"LIMITED"|"SUSPENDED"|"TERMINATED"|string What its users may do from then on.
---@field collectionsStatus? "CURRENT"|"DELINQUENT_LEVEL_1"|"DELINQUENT_LEVEL_2"|"PROMISED_TO_PAY"|"WRITTEN_OFF"|string How its bills stood.
---@field fraudStatus? "ACCEPT"|"PENDING_APPROVAL"|string What the check for fraud had found.

---@class rackspace.accounts.TimelineRecord
---@field date? string When, in ISO 8601.
---@field what? "status"|"rcn"|"collectionsStatus"|"nickname"|string The field of the account that changed; or the type of a change that is of no known field.
---@field from? string What it was before, where that is known.
---@field to? string What it is from then on.
---@field who? string By whom.
---@field usertype? "RACKER"|"CUSTOMER"|"SYSTEM"|string What they are.
---@field reason? "NEW"|"RCN_UPDATE"|"MERGE"|"COLLECTIONS_STATUS"|"LEGACY_ACCOUNT_STATUS"|"NICKNAME"|string The type of the change, as in accountChangeType, or why it was made.
---@field accessPolicy? string What the account's users may do from then on.
---@field destinationUpdatedBy? rackspace.accounts.Actor Who took it over.
---@field sources? ("history"|"status_history"|"customer_history"|string)[] The histories that tell of it.

---@class rackspace.accounts.list.Options : rackspace.PagedOptions
---@field metadataKey? string|table Only accounts with metadata of this key.
---@field metadataValue? string|table Only accounts whose metadata of that key has this value.
---@field domain? string|table Only accounts within this domain.
---@field accountType? "CLOUD"|"MANAGED_HOSTING"|"FANATICAL_SUPPORT_FOR_AWS"|"RPC_V"|string Only accounts of this type.
---@field marker? string|table Where to begin: "TYPE:ID", the record of an account, or "last" for the end.
---@field limit? integer How many to a page; the service takes 50.
---@field direction? "backward"|"forward" "backward" (the service's own choice) or "forward", which walks the other way.

---@class rackspace.accounts.history.Options : rackspace.CallOptions
---@field changeType? "NEW"|"RCN_UPDATE"|"MERGE"|"COLLECTIONS_STATUS"|"LEGACY_ACCOUNT_STATUS"|"NICKNAME"|string Only changes of this type.

---The customer accounts that the user's tenants can reach.
---@class rackspace.accounts
local accounts = {}

---Every account that the user can reach, page by page.
---
---`GET /v1/customer_accounts`
---@param options? rackspace.accounts.list.Options
---@return rackspace.Pager<rackspace.accounts.Account> pager
---@overload fun(self: rackspace.accounts, options?: rackspace.PagedOptions): rackspace.Pager<rackspace.accounts.OpenAccount>
function accounts:list(options) end

---One account.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return rackspace.accounts.Account? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.accounts, account: rackspace.RcnName, options?: rackspace.CallOptions): rackspace.accounts.OpenAccount?, string?, rackspace.Error?
function accounts:get(account, options) end

---The statuses that an account has had, newest first. The reference prints
---this route's path in the singular; that one is asked when the plural is not
---found. A session keeps to the path that has answered; the setting
---`status_history_path` fixes it.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/status_history`
---
---`GET /v1/customer_account/{accountType}/{accountId}/status_history`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return rackspace.accounts.StatusChange[]? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.accounts, account: rackspace.RcnName, options?: rackspace.CallOptions): rackspace.accounts.OpenStatusChange[]?, string?, rackspace.Error?
function accounts:status_history(account, options) end

---The customers that an account has belonged to, newest first.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/customer_history`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return rackspace.accounts.CustomerChange[]? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.accounts, customerId: rackspace.CustomerName, options?: rackspace.CallOptions): rackspace.accounts.OpenChange[]?, string?, rackspace.Error?
function accounts:customer_history(account, options) end

---What changed in an account, oldest first.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/history`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.accounts.history.Options
---@return rackspace.accounts.AccountChange[]? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.accounts, account: rackspace.RcnName, options?: rackspace.CallOptions): rackspace.accounts.OpenChange[]?, string?, rackspace.Error?
function accounts:history(account, options) end

---All that happened to an account, oldest first: `history`, `status_history`
---and `customer_history` in one. A change that two of them tell of is there
---once. One of them that is not found is taken as empty.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/history`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return rackspace.accounts.TimelineRecord[]? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.accounts, account: rackspace.RcnName, options?: rackspace.CallOptions): rackspace.accounts.TimelineRecord[]?, string?, rackspace.Error?
function accounts:timeline(account, options) end

---@class rackspace.contacts.Address
---@field street? string Street and number.
---@field city? string City.
---@field state? string State, spelled out.
---@field country? string Country, in two letters.
---@field zipcode? string Postal code.
---@field primary? boolean Whether it is the one to use.

---@class rackspace.contacts.Addresses
---@field address? rackspace.contacts.Address[] Postal addresses.

---@class rackspace.contacts.Contact
---@field contactNumber? string The person: RPN-ddd-ddd-ddd.
---@field firstName? string Given name.
---@field lastName? string Family name.
---@field title? string What they are addressed with.
---@field suffix? string What follows their name.
---@field username? string Their Identity user, if they have one.
---@field rcn? string The customer: RCN-ddd-ddd-ddd.
---@field roles? rackspace.contacts.Roles What they are asked about: `role` is a list.
---@field addresses? rackspace.contacts.Addresses `address` is a list.
---@field emailAddresses? rackspace.contacts.EmailAddresses `emailAddress` is a list.
---@field phoneNumbers? rackspace.contacts.PhoneNumbers `phoneNumber` is a list.
---@field notificationPreferences? rackspace.contacts.Preferences How they do not want to be reached.
---@field lastUpdatedBy? string Who changed it last.
---@field lastUpdatedDate? string When, in ISO 8601.
---@field link? rackspace.contacts.Link[] In lists: where the contact itself is.

---@class rackspace.contacts.EmailAddress
---@field address? string The address.
---@field primary? boolean Whether it is the one to use.

---@class rackspace.contacts.EmailAddresses
---@field emailAddress? rackspace.contacts.EmailAddress[] E-mail addresses.

---@class rackspace.contacts.Link
---@field rel? string What it leads to.
---@field href? string The address.

---@class rackspace.contacts.OpenContact
---@field id? string The contact.
---@field firstName? string Given name.
---@field lastName? string Family name.
---@field email? string E-mail address.
---@field phone? string Phone number.
---@field roles? ("PRIMARY"|"BILLING"|"TECHNICAL"|"ADMINISTRATIVE"|string)[] Roles by name.
---@field primary? boolean Whether they are asked first.

---@class rackspace.contacts.PhoneNumber
---@field country? string Country, in two letters.
---@field mask? string How the number is written.
---@field number? string Its digits.
---@field smsVerify? boolean Whether codes may be sent there.
---@field primary? boolean Whether it is the one to use.

---@class rackspace.contacts.PhoneNumbers
---@field phoneNumber? rackspace.contacts.PhoneNumber[] Phone numbers.

---@class rackspace.contacts.Preferences
---@field doNotFax? boolean No fax.
---@field doNotCall? boolean No calls.
---@field doNotEmail? boolean No e-mail.
---@field doNotMail? boolean No letters.
---@field doNotSurvey? boolean No surveys.

---@class rackspace.contacts.Roles
---@field role? ("PRIMARY"|"BILLING"|"TECHNICAL"|"ADMINISTRATIVE"|string)[] Roles by name.

---@class rackspace.contacts.list.Options : rackspace.PagedOptions
---@field role? "PRIMARY"|"BILLING"|"TECHNICAL"|"ADMINISTRATIVE"|string Only contacts in this role.
---@field username? string|table Only the contact of this user.
---@field emailAddress? string|table Only contacts with this address.
---@field marker? string|table Where to begin.
---@field limit? integer How many to a page; the service takes 50, and 1,000 at most.

---The people who are associated with a customer account.
---@class rackspace.contacts
local contacts = {}

---The contacts of an account, page by page.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/contacts`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.contacts.list.Options
---@return rackspace.Pager<rackspace.contacts.Contact> pager
---@overload fun(self: rackspace.contacts, account: rackspace.RcnName, options?: rackspace.PagedOptions): rackspace.Pager<rackspace.contacts.OpenContact>
function contacts:list(account, options) end

---One contact of an account.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/contacts/{contactNumber}`
---@param account rackspace.AccountName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param contactNumber string|integer|table The person: RPN-ddd-ddd-ddd, or a record that has it.
---@param options? rackspace.CallOptions
---@return rackspace.contacts.Contact? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.contacts, account: rackspace.RcnName, contactNumber: string|integer|table, options?: rackspace.CallOptions): rackspace.contacts.OpenContact?, string?, rackspace.Error?
function contacts:get(account, contactNumber, options) end

---@class rackspace.email_customers.Customer
---@field name? string Its name.
---@field accountNumber? string Its account number: digits.
---@field referenceNumber? string What its reseller calls it.

---@class rackspace.email_customers.LoginToken
---@field token? rackspace.Secret Lets its user log in at the control panel, for ten minutes.
---@field user? string Whose it is.
---@field dateCreated? string When it was made: M/D/YYYY h:mm:ss AM.

---@class rackspace.email_customers.list.Options : rackspace.PagedOptions
---@field startswith? string Only customers whose name, account number or reference number begins so; "0-9" stands for any digit.
---@field contains? string Only customers that have this in one of those three.
---@field size? integer How many to a page; the service takes 50.
---@field offset? integer How many to skip.
---@field page? integer Obsolete: older samples have it, the service ignores it. The sandbox refuses other pages than the first.

---@class rackspace.email_customers.find.Options : rackspace.CallOptions
---@field referenceNumber string|table The whole reference number.

---@class rackspace.email_customers.create.Options : rackspace.CallOptions
---@field name string Its name.
---@field referenceNumber? string What you call it.

---@class rackspace.email_customers.update.Options : rackspace.CallOptions
---@field name? string Its new name.
---@field referenceNumber? string Its new reference number.

---@class rackspace.email_customers.login_token.Options : rackspace.CallOptions
---@field userName string The administrator.
---@field virtualUser? boolean Whether the user is one that exists for this log-in only.

---The customers of an Email & Apps reseller. These calls are signed with the
---keys of the setting `email`; they need no Identity user.
---@class rackspace.email_customers
local email_customers = {}

---Every customer of the reseller, page by page.
---
---`GET /v1/customers`
---@param options? rackspace.email_customers.list.Options
---@return rackspace.Pager<rackspace.email_customers.Customer> pager
function email_customers:list(options) end

---One customer, or the key's own account.
---
---`GET /v1/customers/{accountNumber}`
---@param accountNumber string|integer|table The customer's account number or record; "me" for the key's own.
---@param options? rackspace.CallOptions
---@return rackspace.email_customers.Customer? result
---@return string? message
---@return rackspace.Error? err
function email_customers:get(accountNumber, options) end

---The customer that has exactly this reference number.
---
---`GET /v1/customers`
---@param options rackspace.email_customers.find.Options
---@return rackspace.email_customers.Customer? result
---@return string? message
---@return rackspace.Error? err
function email_customers:find(options) end

---Adds a customer and reads it back, since the service doesn't say its account
---number: by the reference number, where that is new, or else by comparing who
---has that name before and after. When that does not tell which one is new,
---err.created is true and err.candidates lists those that it may be.
---
---`POST /v1/customers`
---@param options rackspace.email_customers.create.Options
---@return rackspace.email_customers.Customer? result
---@return string? message
---@return rackspace.Error? err
function email_customers:create(options) end

---Changes a customer's name, reference number or both.
---
---`PUT /v1/customers/{accountNumber}`
---@param accountNumber string|integer|table The customer's account number, or its record.
---@param options? rackspace.email_customers.update.Options
---@return true? result
---@return string? message
---@return rackspace.Error? err
function email_customers:update(accountNumber, options) end

---Deletes a customer.
---
---`DELETE /v1/customers/{accountNumber}`
---@param accountNumber string|integer|table The customer's account number, or its record.
---@param options? rackspace.CallOptions
---@return true? result
---@return string? message
---@return rackspace.Error? err
function email_customers:delete(accountNumber, options) end

---Lets a customer's users in again.
---
---`POST /v1/customers/{accountNumber}/enable`
---@param accountNumber string|integer|table The customer's account number, or its record.
---@param options? rackspace.CallOptions
---@return true? result
---@return string? message
---@return rackspace.Error? err
function email_customers:enable(accountNumber, options) end

---Keeps a customer's users out.
---
---`POST /v1/customers/{accountNumber}/disable`
---@param accountNumber string|integer|table The customer's account number, or its record.
---@param options? rackspace.CallOptions
---@return true? result
---@return string? message
---@return rackspace.Error? err
function email_customers:disable(accountNumber, options) end

---A token by which an administrator of the customer is let in at the control
---panel within ten minutes. The token is a secret: answer.token:reveal() is
---its text.
---
---`POST /v1/customers/{accountNumber}/loginToken`
---@param accountNumber string|integer|table The customer's account number or record; "me" for the key's own.
---@param options rackspace.email_customers.login_token.Options
---@return rackspace.email_customers.LoginToken? result
---@return string? message
---@return rackspace.Error? err
function email_customers:login_token(accountNumber, options) end

---@class rackspace.identity.Access
---@field token? table When it expires (`expires`), its `tenant`.
---@field user? table id, name, roles, default region.
---@field serviceCatalog? table Endpoints, by service.

---@class rackspace.identity.Credentials
---@field username? string The name to log in by.
---@field apiKey? rackspace.Secret The API key, where it is one.
---@field password? rackspace.Secret The password, where it is one.

---@class rackspace.identity.Endpoint
---@field id? integer Its number.
---@field name? string The service's name.
---@field type? string The service's type.
---@field region? string Where it is; regionless services have none.
---@field tenantId? string The tenant it is for.
---@field publicURL? string Its address.
---@field internalURL? string Its address within the data center.

---@class rackspace.identity.Impersonation
---@field token? rackspace.Secret The token of the impersonated user.
---@field expires? string When it ends, in ISO 8601.

---@class rackspace.identity.Self
---@field user? table The user: id, name and more.
---@field roles? table The names of its roles.
---@field region? string Its default region.
---@field tenant? table The tenant of the token: id and name.
---@field expires? string When the token ends, in ISO 8601.
---@field catalog? table The services, each with its endpoints.
---@field impersonator? table Who acts as the user, if anyone does.

---@class rackspace.identity.SetupToken
---@field token? rackspace.Secret The token, for set-up calls only.
---@field expires? string When it ends, in ISO 8601.
---@field user? table The user: id, name and more.

---@class rackspace.identity.Tenant
---@field id? string The account's id with its service's prefix.
---@field name? string Its name.
---@field enabled? boolean Whether it may be used.

---@class rackspace.identity.User
---@field id? string The user's id.
---@field username? string The name to log in by.
---@field email? string Where it gets mail.
---@field enabled? boolean Whether it may log in.
---@field created? string When it was made, in ISO 8601.
---@field ["RAX-AUTH:defaultRegion"]? string Where it works by default.
---@field ["RAX-AUTH:domainId"]? string The Identity domain it is in.
---@field ["RAX-AUTH:multiFactorEnabled"]? boolean Whether its log-ins by password ask for one more factor.
---@field ["RAX-AUTH:multiFactorState"]? "ACTIVE"|"LOCKED"|string How that stands.

---@class rackspace.identity.users.Options : rackspace.CallOptions
---@field email? string|table Only users of this address.

---@class rackspace.identity.user.Options : rackspace.CallOptions
---@field name string|table The user's whole name.

---@class rackspace.identity.impersonate.Options : rackspace.CallOptions
---@field username string|table Whom to act as.
---@field expire_in_seconds? integer How long; the service's samples have 10800.

---Who the session's user is, and the token that stands for it.
---@class rackspace.identity
local identity = {}

---Logs in with the session's credentials. Calls do so by themselves; this
---forces it.
---
---`POST /v2.0/tokens`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Access? result
---@return string? message
---@return rackspace.Error? err
function identity:authenticate(options) end

---Logs in now, by API key, password, or token and tenant, whatever the session
---was given. Gives the user, the roles, the catalog and the expiry, without
---the token.
---
---`POST /v2.0/tokens`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Access? result
---@return string? message
---@return rackspace.Error? err
function identity:login(options) end

---Asks the service whether the session's token is good, and whose it is.
---
---`GET /v2.0/tokens/{tokenId}`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Access? result
---@return string? message
---@return rackspace.Error? err
function identity:validate(options) end

---Makes the session's token worthless. The next call logs in again.
---
---`DELETE /v2.0/tokens`
---@param options? rackspace.CallOptions
---@return true? result
---@return string? message
---@return rackspace.Error? err
function identity:revoke(options) end

---The tenants that the token can reach.
---
---`GET /v2.0/tenants`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Tenant[]? result
---@return string? message
---@return rackspace.Error? err
function identity:tenants(options) end

---Completes a log-in that asked for one more factor: one whose error had a
---`challenge`. The setting `passcode` answers by itself.
---
---`POST /v2.0/tokens`
---@param code string|rackspace.Secret The code that the user was sent.
---@param options? rackspace.CallOptions
---@return rackspace.identity.Access? result
---@return string? message
---@return rackspace.Error? err
function identity:passcode(code, options) end

---A token for setting up multi-factor, and for nothing else: what a user needs
---whose log-in by password says that this must be done first. It is a secret,
---for a session of its own; this one stays as it is.
---
---`POST /v2.0/tokens`
---@param options? rackspace.CallOptions
---@return rackspace.identity.SetupToken? result
---@return string? message
---@return rackspace.Error? err
function identity:setup_mfa(options) end

---The user, its roles, region and tenant, the token's expiry and the catalog.
---Never the token. Asks the service only when no log-in has told it.
---
---`GET /v2.0/tokens/{tokenId}`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Self? result
---@return string? message
---@return rackspace.Error? err
function identity:whoami(options) end

---The endpoints that the session's token can be used at.
---
---`GET /v2.0/tokens/{tokenId}/endpoints`
---@param options? rackspace.CallOptions
---@return rackspace.identity.Endpoint[]? result
---@return string? message
---@return rackspace.Error? err
function identity:endpoints(options) end

---The users that the session's user may see.
---
---`GET /v2.0/users`
---@param options? rackspace.identity.users.Options
---@return rackspace.identity.User[]? result
---@return string? message
---@return rackspace.Error? err
function identity:users(options) end

---The user of a name.
---
---`GET /v2.0/users`
---@param options rackspace.identity.user.Options
---@return rackspace.identity.User? result
---@return string? message
---@return rackspace.Error? err
function identity:user(options) end

---The user of an id.
---
---`GET /v2.0/users/{userId}`
---@param userId string|integer|table The user's id, or the user's record.
---@param options? rackspace.CallOptions
---@return rackspace.identity.User? result
---@return string? message
---@return rackspace.Error? err
function identity:user_by_id(userId, options) end

---What a user can log in with. Keys are secrets: list[1].apiKey:reveal() is
---the text.
---
---`GET /v2.0/users/{userId}/OS-KSADM/credentials`
---@param userId string|integer|table The user's id, or the user's record.
---@param options? rackspace.CallOptions
---@return rackspace.identity.Credentials[]? result
---@return string? message
---@return rackspace.Error? err
function identity:credentials(userId, options) end

---A user's API key, as a secret.
---
---`GET /v2.0/users/{userId}/OS-KSADM/credentials/RAX-KSKEY:apiKeyCredentials`
---@param userId string|integer|table The user's id, or the user's record.
---@param options? rackspace.CallOptions
---@return rackspace.identity.Credentials? result
---@return string? message
---@return rackspace.Error? err
function identity:api_key(userId, options) end

---A token to act as another user: a secret, for a session of its own, which
---can't log in again.
---
---`POST /v2.0/RAX-AUTH/impersonation-tokens`
---@param options rackspace.identity.impersonate.Options
---@return rackspace.identity.Impersonation? result
---@return string? message
---@return rackspace.Error? err
function identity:impersonate(options) end

---@class rackspace.metadata.MetadataDetails
---@field key? string The key.
---@field value? string The value.
---@field createdBy? string Who set it first.
---@field createdDate? string When, in ISO 8601.
---@field lastUpdatedBy? string Who changed it last.
---@field lastUpdatedDate? string When, in ISO 8601.

---@class rackspace.metadata.MetadataEntry
---@field key? string The key.
---@field value? string The value.
---@field namespace? string The part of the key before its first colon; nil without one.
---@field name? string The part after it, or the whole key.
---@field category? string What it is about (OpenAPI dialect only).

---@class rackspace.metadata.OpenMetadataDetails
---@field key? string The key.
---@field value? string The value.
---@field category? string What it is about.
---@field createdAt? string When it was set first, in ISO 8601.
---@field createdBy? string By whom.
---@field updatedAt? string When it was changed last, in ISO 8601.
---@field updatedBy? string By whom.

---What is kept with an account, as keys and values. Some namespaces can only
---be read, or not even that.
---@class rackspace.metadata
local metadata = {}

---All metadata of an account, as a table of key and value.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/metadata`
---@param resource rackspace.ResourceName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return table<string, string>? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.metadata, resource: rackspace.AnyResourceName, options?: rackspace.CallOptions): table<string, string>?, string?, rackspace.Error?
function metadata:list(resource, options) end

---The same as a list of entries, ordered by key.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/metadata`
---@param resource rackspace.ResourceName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param options? rackspace.CallOptions
---@return rackspace.metadata.MetadataEntry[]? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.metadata, resource: rackspace.AnyResourceName, options?: rackspace.CallOptions): rackspace.metadata.MetadataEntry[]?, string?, rackspace.Error?
function metadata:entries(resource, options) end

---The value of one key; "" where the entry has none.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/metadata/{metadataKey}`
---@param resource rackspace.ResourceName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param metadataKey string|integer|table The key: a namespace and a name, as in "support:level"; or an entry.
---@param options? rackspace.CallOptions
---@return string? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.metadata, resource: rackspace.AnyResourceName, metadataKey: string|integer|table, options?: rackspace.CallOptions): string?, string?, rackspace.Error?
function metadata:get(resource, metadataKey, options) end

---One key with who set it, and when.
---
---`GET /v1/customer_accounts/{accountType}/{accountId}/metadata/{metadataKey}/detail`
---@param resource rackspace.ResourceName The account: "TYPE/ID", "TYPE:ID" or its record.
---@param metadataKey string|integer|table The key: a namespace and a name, as in "support:level"; or an entry.
---@param options? rackspace.CallOptions
---@return rackspace.metadata.MetadataDetails? result
---@return string? message
---@return rackspace.Error? err
---@overload fun(self: rackspace.metadata, resource: rackspace.AnyResourceName, metadataKey: string|integer|table, options?: rackspace.CallOptions): rackspace.metadata.OpenMetadataDetails?, string?, rackspace.Error?
function metadata:details(resource, metadataKey, options) end

---@class rackspace.tickets.Attachment
---@field filename? string The file's name.
---@field uuid? string What it is called by; opaque.
---@field upload_url? string Where it is to be put, when it was named without a uuid.
---@field url? string Where it is, when it was named with one.

---@class rackspace.tickets.Author
---@field id? string Their Rackspace Person Number; empty for a Racker.
---@field name? string The user's name, or a Racker's first name and last initial.
---@field roles? string[] Their roles, such as Primary, Administrative, Technical or Racker.
---@field type? "customer"|"racker"|string What they are.

---@class rackspace.tickets.Category
---@field id? integer Its number.
---@field name? "Account"|"Billing and Payments"|"Request for Information"|"Change"|"Incident"|string What a ticket's category is.
---@field description? string What it is for.
---@field classification? "Service Request"|"Change"|"Incident"|string What sort of request it makes.
---@field subcategories? rackspace.tickets.Subcategory[] What it is divided into.

---@class rackspace.tickets.Comment
---@field id? string What it is called by.
---@field text? string What it says.
---@field created? string When, in ISO 8601.
---@field author? rackspace.tickets.Author Who wrote it.
---@field attachments? rackspace.tickets.Attachment[] The files with it.
---@field format? "bbcode"|string How the text is to be read.

---@class rackspace.tickets.Event
---@field id? string What it is called by, and its marker.
---@field title? table ConsolidatedTicketing, as @text.
---@field category? table[] Terms: tid: and the account, rid: and the ticket, type: and what happened.
---@field content? table event: its product tells of the ticket.
---@field published? string When it came to the feed, in ISO 8601.
---@field updated? string When it last changed, in ISO 8601.

---@class rackspace.tickets.NewComment
---@field text string What it says.
---@field attachments? (string|table)[] The files with it: a path, { path =, filename = } for another name, or what `attach` gave.

---@class rackspace.tickets.Recipient
---@field type? "email"|"contact"|string What the value is.
---@field value? string An address, or a Rackspace Person Number.

---@class rackspace.tickets.Resource
---@field id? string Such as dedicated:0168720.
---@field accountId? string The account it belongs to.
---@field name? string Its name.
---@field platform? string What it runs.
---@field type? string What it is.
---@field location? string The data center.
---@field network? table Its addresses.
---@field _links? table self: its URL, by which a ticket names it.

---@class rackspace.tickets.Subcategory
---@field name? "General"|"Other"|string What a ticket's subcategory is.
---@field allowedProducts? ("hybrid"|"cloud"|"faws"|"managed_gcp"|string)[] The types of account that have it.

---@class rackspace.tickets.Ticket
---@field ticketId? string What the ticket is called by; opaque.
---@field accountId? string The account it belongs to.
---@field subject? string Its subject line.
---@field status? "In Progress"|"Pending Customer"|"Pending Rackspace"|"Solved"|"Closed"|string How it stands.
---@field severity? "Low"|"Normal"|"High"|"Urgent"|"Emergency"|string How severe the issue is. Lists may leave it empty.
---@field resources? string[] URLs of the resources it is about.
---@field category? "Account"|"Billing and Payments"|"Request for Information"|"Change"|"Incident"|string Its category. Not in lists.
---@field subcategory? "General"|"Other"|string Its subcategory. Not in lists.
---@field classification? "Service Request"|"Change"|"Incident"|string What sort of request it is.
---@field created? string When it was opened, in ISO 8601.
---@field modified? string When it last changed, in ISO 8601.
---@field createdBy? rackspace.tickets.Author Who opened it.
---@field modifiedBy? rackspace.tickets.Author Who changed it last, most often by a comment.
---@field comments? rackspace.tickets.Comment[] Its comments. Not in lists.
---@field lastComment? table In lists: the beginning of the last comment, as text.
---@field recipients? rackspace.tickets.Recipient[] Who is told of it. Not in lists.
---@field favorite? boolean Whether the user has marked it.
---@field permission? string What the user may do with it.

---@class rackspace.tickets.TicketAccount
---@field id? string What a ticket's accountId is, such as hybrid:12345.
---@field name? string Its name.
---@field rcn? string The customer: RCN-ddd-ddd-ddd.
---@field serviceLevel? string The support it was sold with.
---@field severities? string[] The severities its tickets can have.
---@field type? table id and name, such as faws and AWS.
---@field permission? "admin"|"observer"|string What the user may do.
---@field tags? string[] Marks of Rackspace's, such as proserv.
---@field npsOptOut? boolean Whether it takes no surveys.

---@class rackspace.tickets.list.Options : rackspace.PagedOptions
---@field subject? string Only tickets with this text in their subject.
---@field limit? integer How many to a page.
---@field offset? integer How many to pass over.

---@class rackspace.tickets.create.Options : rackspace.CallOptions
---@field accountId string|table The account: its id, such as hybrid:12345, or its record.
---@field subject string The subject line.
---@field category "Account"|"Billing and Payments"|"Request for Information"|"Change"|"Incident"|string|table The category's name, or its record.
---@field subcategory "General"|"Other"|string|table The subcategory's name or record: General for hybrid accounts, Other for all others.
---@field severity? "Low"|"Normal"|"High"|"Urgent"|"Emergency"|string One of the account's severities.
---@field comment? rackspace.tickets.NewComment What the ticket is about.
---@field resources? (string|table)[] The resources it is about: their URLs or records.
---@field recipients? (string|table)[] Who is told of it: Rackspace Person Numbers, or records with a value.
---@field progress? function Called with the bytes that were sent so far, and with those of all files.

---@class rackspace.tickets.update.Options : rackspace.CallOptions
---@field status? "Closed"|string Closed, which closes the ticket.
---@field resources? (string|table)[] All the resources that an open ticket is about from now on; an empty list removes them.

---@class rackspace.tickets.comment.Options : rackspace.CallOptions
---@field text string What it says.
---@field attachments? (string|table)[] The files with it: a path, { path =, filename = } for another name, or what `attach` gave.
---@field progress? function Called with the bytes that were sent so far, and with those of all files.

---@class rackspace.tickets.attach.Options : rackspace.CallOptions
---@field filename? string Its name there, if not its own.
---@field progress? function Called with the bytes that were sent so far, and with those of all files.

---@class rackspace.tickets.download.Options : rackspace.CallOptions
---@field clobber? boolean true to replace a file that is there already; otherwise that is an error. A device or a pipe is written to in any case.
---@field progress? function Called with the bytes that came so far, and with those of the file, where that is known.

---@class rackspace.tickets.events.Options : rackspace.PagedOptions
---@field marker? string|table An event that is known, or its id: those that came after it are given, or before it when the walk is backward.
---@field limit? integer How many to a page; the service takes 25.
---@field direction? "backward"|"forward" backward, to older events, or forward, to newer ones, as it is when there is a marker.

---@class rackspace.tickets.resources.Options : rackspace.PagedOptions
---@field q? string Only what has this in its id, name, addresses, type or location.
---@field offset? integer How many to pass over.
---@field limit? integer How many to a page.
---@field status? "online"|"offline"|"all" Only what is online, offline, or all.
---@field sortBy? "id"|"name" What to order by.
---@field sort? "asc"|"desc" Which way.

---Support tickets, their comments, and what they can be about.
---@class rackspace.tickets
local tickets = {}

---The tickets of all the user's accounts, page by page. What a list leaves out
---of a ticket, `get` has.
---
---`GET /tickets`
---@param options? rackspace.tickets.list.Options
---@return rackspace.Pager<rackspace.tickets.Ticket> pager
function tickets:list(options) end

---One ticket with its comments.
---
---`GET /tickets/{ticketId}`
---@param ticketId string|integer|table The ticket: its id, its record, or an event's.
---@param options? rackspace.CallOptions
---@return rackspace.tickets.Ticket? result
---@return string? message
---@return rackspace.Error? err
function tickets:get(ticketId, options) end

---Opens a ticket, and gives it.
---
---`POST /tickets`
---@param options rackspace.tickets.create.Options
---@return rackspace.tickets.Ticket? result
---@return string? message
---@return rackspace.Error? err
function tickets:create(options) end

---Closes a ticket, or replaces its resources. Gives a new table of what was
---sent, since the service answers with nothing.
---
---`PATCH /tickets/{ticketId}`
---
---`PUT /tickets/{ticketId}`
---@param ticketId string|integer|table The ticket: its id, its record, or an event's.
---@param options? rackspace.tickets.update.Options
---@return rackspace.tickets.Ticket? result
---@return string? message
---@return rackspace.Error? err
function tickets:update(ticketId, options) end

---Closes a ticket. Gives a new table of what was sent.
---
---`PATCH /tickets/{ticketId}`
---
---`PUT /tickets/{ticketId}`
---@param ticketId string|integer|table The ticket: its id, its record, or an event's.
---@param options? rackspace.CallOptions
---@return rackspace.tickets.Ticket? result
---@return string? message
---@return rackspace.Error? err
function tickets:close(ticketId, options) end

---Adds a comment. Gives a new table of what was sent: its id stands in the
---ticket, which `get` reads.
---
---`POST /tickets/{ticketId}/comments`
---@param ticketId string|integer|table The ticket: its id, its record, or an event's.
---@param options rackspace.tickets.comment.Options
---@return rackspace.tickets.Comment? result
---@return string? message
---@return rackspace.Error? err
function tickets:comment(ticketId, options) end

---Puts a file up, in two steps: a place for it, and its bytes. Gives its
---filename and uuid, for any number of comments. `create` and `comment` do
---this by themselves.
---
---`POST /attachment`
---@param path string The file.
---@param options? rackspace.tickets.attach.Options
---@return rackspace.tickets.Attachment? result
---@return string? message
---@return rackspace.Error? err
function tickets:attach(path, options) end

---Fetches an attachment into a file, from the storage that its URL names.
---Gives the path.
---
---`GET /v1/{account}/{container}/{object}`
---@param attachment string|table An attachment of a comment, as `get` shows it, or its URL.
---@param path string Where it goes. The file is there when all of it has come.
---@param options? rackspace.tickets.download.Options
---@return string? result
---@return string? message
---@return rackspace.Error? err
function tickets:download(attachment, path, options) end

---The accounts that tickets can be opened for, with the severities of each.
---
---`GET /accounts`
---@param options? rackspace.CallOptions
---@return rackspace.tickets.TicketAccount[]? result
---@return string? message
---@return rackspace.Error? err
function tickets:accounts(options) end

---What happened to an account's tickets, page by page: the newest first, or
---the oldest first with a marker. Keep the newest event's id: given as the
---marker, it leads to what is new since.
---
---`GET /consolidated_ticketing/events/{accountId}`
---@param accountId string|integer|table The account: its id, such as hybrid:12345, or its record.
---@param options? rackspace.tickets.events.Options
---@return rackspace.Pager<rackspace.tickets.Event> pager
function tickets:events(accountId, options) end

---The categories, and which subcategory is for which product: once they are
---known, `create` checks its subcategory by them.
---
---`GET /categories`
---@param options? rackspace.CallOptions
---@return rackspace.tickets.Category[]? result
---@return string? message
---@return rackspace.Error? err
function tickets:categories(options) end

---The devices that tickets can be about, page by page.
---
---`GET /resources`
---@param options? rackspace.tickets.resources.Options
---@return rackspace.Pager<rackspace.tickets.Resource> pager
function tickets:resources(options) end

---A session: settings and an identity.
---@class rackspace.Session
---@field accounts rackspace.accounts The customer accounts that the user's tenants can reach.
---@field contacts rackspace.contacts The people who are associated with a customer account.
---@field email_customers rackspace.email_customers The customers of an Email & Apps reseller. These calls are signed with the keys of the setting `email`; they need no Identity user.
---@field identity rackspace.identity Who the session's user is, and the token that stands for it.
---@field metadata rackspace.metadata What is kept with an account, as keys and values. Some namespaces can only be read, or not even that.
---@field tickets rackspace.tickets Support tickets, their comments, and what they can be about.
local session = {}

---Returns the seconds since 1970 by the session's clock.
---@return number seconds
function session:time() end

---Returns the metadata of the call that returned a table: { status =, headers
---=, request_id =, attempts =, seconds =, operation = }; nil for other values.
---@param value any
---@return table? meta
function session:meta(value) end

---Returns the metadata of the last call of the present coroutine, in the same
---form as meta(): also of one that gave a string or true, and of one that
---failed, which has no `status` when nothing was answered; nil before the
---first call. Of a list it is that of the page that was read last.
---@return table? meta
function session:last() end

---Calls fn(event) at each event of a name: "request", "response", "progress",
---"page", "retry", "wait", "login" or "warning". Returns a function that
---removes fn. An error that fn raises does not end the call; the first one is
---reported as a warning.
---@param name "request"|"response"|"progress"|"page"|"retry"|"wait"|"login"|"warning"
---@param fn fun(event: table)
---@return fun() off
function session:on(name, fn) end

---Adds a service of your own to this session. Its definition is { name =,
---endpoint = an endpoint's name or a URL, rows... }, with rows as in the
---bundled services' files. Returns the service, which is rs.<name> from then
---on.
---@param definition table
---@return table<string, function> service
function session:service(definition) end

---Waits `seconds` while other tasks run. Returns true; or nil, a message and
---an error value when the session is closed, the task is cancelled or its
---deadline passes meanwhile.
---@param seconds number
---@return boolean? slept
---@return string? message
---@return rackspace.Error? err
function session:sleep(seconds) end

---Calls fn(item) for each item of a source, several at the same time. The
---source is a list, a pager or another iterator, or { iterator, state, control
---} as pairs(t) returns them; fn is ordinary code that calls operations.
---Options: `concurrency`, how many calls of fn run at the same time (16);
---`ordered`, true for results in the source's order instead of that of
---completion; `deadline`, the seconds after which every call in fn fails.
---Returns an iterator over the items, each with all that fn returned for it,
---including nil, message and err. An error that fn raises ends the iteration
---and is raised, with the item's position and id. The source is read lazily,
---at most `concurrency` items ahead of the results that were taken. Breaking
---out of the loop, or `close()` of the iterator, cancels the calls in flight.
---@param source rackspace.Pager<any>|any[]|fun(): any
---@param fn fun(item: any, ...: any): ...
---@param options? rackspace.MapOptions
---@return rackspace.Results results
function session:map(source, fn, options) end

---Calls all functions of a list at the same time. Returns the list of their
---first results in the list's order, and their number as `n`. The first
---function that returns nil and a message cancels the others, and all()
---returns the same; the first error that is raised cancels the others and is
---raised. Options: `concurrency` and `deadline`, as for map.
---@param functions (fun(): any)[]
---@param options? rackspace.MapOptions
---@return table? results
---@return string? message
---@return rackspace.Error? err
function session:all(functions, options) end

---Closes the session: cancels the calls in flight and closes the connections.
---Later calls fail with the kind "cancelled".
function session:close() end

---@class rackspace
---@field _VERSION string
local rackspace = {}

---Creates a session, which has the settings and credentials of its calls.
---Credentials and endpoints that `options` lacks come from RACKSPACE_* and
---RS_* in the environment, then from ~/.config/rackspace/config and the files
---of rack and pyrax. An unknown or wrong setting raises.
---@param options? rackspace.Settings
---@return rackspace.Session? session
---@return string? message
---@return rackspace.Error? err
function rackspace.new(options) end

---Creates a sandbox of the services, for the setting `sandbox`. A wrong option
---raises.
---@param options? table
---@return table? sandbox
---@return string? message
function rackspace.sandbox(options) end

---Returns the seconds since 1970 of a date in ISO 8601 or in a format of HTTP,
---as the services write them.
---@param text string
---@return number? seconds
---@return string? message
function rackspace.time(text) end

return rackspace
