# The sources, in one place for the build, the embedding and the install.
# SPDX-License-Identifier: MIT
set(RACKSPACE_CORE_C
  budget.c buffer.c challenge.c clock.c cursor.c date.c digest.c form.c http.c
  memory.c options.c private.c secret.c signature.c sink.c transfer.c url.c)

set(RACKSPACE_CORE_BINDINGS
  compat.c lchallenge.c lclient.c lcore.c lcursor.c ldate.c ldigest.c lfile.c
  ljson.c lprivate.c lsecret.c lurl.c)

set(RACKSPACE_HTTPD_C
  answer.c compat.c httpd.c lhttpd.c pending.c)

set(RACKSPACE_LUA_FILES
  rackspace/accounts.lua
  rackspace/contacts.lua
  rackspace/email_customers.lua
  rackspace/describe.lua
  rackspace/embed/cage.lua
  rackspace/embed/fence.lua
  rackspace/embed/init.lua
  rackspace/engine/allow.lua
  rackspace/engine/answer.lua
  rackspace/engine/attachments.lua
  rackspace/engine/attempts.lua
  rackspace/engine/auth.lua
  rackspace/engine/call.lua
  rackspace/engine/creation.lua
  rackspace/engine/credentials.lua
  rackspace/engine/curl.lua
  rackspace/engine/events.lua
  rackspace/engine/fault.lua
  rackspace/engine/form.lua
  rackspace/engine/identity.lua
  rackspace/engine/ini.lua
  rackspace/engine/json.lua
  rackspace/engine/lifetime.lua
  rackspace/engine/limits.lua
  rackspace/engine/links.lua
  rackspace/engine/log.lua
  rackspace/engine/login.lua
  rackspace/engine/mask.lua
  rackspace/engine/modules.lua
  rackspace/engine/nearest.lua
  rackspace/engine/operation.lua
  rackspace/engine/pages.lua
  rackspace/engine/random.lua
  rackspace/engine/retry.lua
  rackspace/engine/service.lua
  rackspace/engine/session.lua
  rackspace/engine/settings.lua
  rackspace/engine/shapes.lua
  rackspace/engine/signature.lua
  rackspace/engine/storage.lua
  rackspace/engine/tasks.lua
  rackspace/engine/token_cache.lua
  rackspace/engine/transport.lua
  rackspace/engine/types.lua
  rackspace/engine/uploads.lua
  rackspace/engine/xml.lua
  rackspace/identity.lua
  rackspace/init.lua
  rackspace/metadata.lua
  rackspace/print/annotation.lua
  rackspace/print/files.lua
  rackspace/print/luacats.lua
  rackspace/print/markdown.lua
  rackspace/print/methods.lua
  rackspace/print/tables.lua
  rackspace/print/text.lua
  rackspace/program.lua
  rackspace/repl.lua
  rackspace/sandbox/accounts.lua
  rackspace/sandbox/attach.lua
  rackspace/sandbox/bytes.lua
  rackspace/sandbox/changes.lua
  rackspace/sandbox/command.lua
  rackspace/sandbox/contacts.lua
  rackspace/sandbox/control.lua
  rackspace/sandbox/customer.lua
  rackspace/sandbox/devices.lua
  rackspace/sandbox/email_answers.lua
  rackspace/sandbox/email_book.lua
  rackspace/sandbox/email_customers.lua
  rackspace/sandbox/email_keys.lua
  rackspace/sandbox/form.lua
  rackspace/sandbox/identity.lua
  rackspace/sandbox/identity_people.lua
  rackspace/sandbox/identity_users.lua
  rackspace/sandbox/init.lua
  rackspace/sandbox/keys.lua
  rackspace/sandbox/limits.lua
  rackspace/sandbox/metadata.lua
  rackspace/sandbox/numbers.lua
  rackspace/sandbox/offset_pages.lua
  rackspace/sandbox/openapi.lua
  rackspace/sandbox/people.lua
  rackspace/sandbox/request.lua
  rackspace/sandbox/routes.lua
  rackspace/sandbox/seed.lua
  rackspace/sandbox/selection.lua
  rackspace/sandbox/server.lua
  rackspace/sandbox/slots.lua
  rackspace/sandbox/storage.lua
  rackspace/sandbox/store.lua
  rackspace/sandbox/ticket_book.lua
  rackspace/sandbox/ticket_events.lua
  rackspace/sandbox/ticket_problems.lua
  rackspace/sandbox/ticket_rules.lua
  rackspace/sandbox/tickets.lua
  rackspace/sandbox/tokens.lua
  rackspace/sandbox/uploads.lua
  rackspace/sandbox/users.lua
  rackspace/sandbox/xml.lua
  rackspace/tickets.lua)

set(RACKSPACE_UNITS
  buffer challenge cursor date digest http private secret signature url)
