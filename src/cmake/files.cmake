# The sources, in one place for the build, the embedding and the install.
# SPDX-License-Identifier: MIT
set(RACKSPACE_CORE_C
  base/ascii.c base/budget.c base/buffer.c base/challenge.c base/clock.c
  base/columns.c base/cursor.c base/date.c base/digest.c base/file.c
  base/head.c base/header.c base/journal.c base/libcurl.c base/locale.c
  base/memory.c base/number.c base/pollset.c base/printable.c base/reach.c
  base/regular.c base/secret.c base/signature.c base/url.c base/wake.c
  http/guard.c http/handles.c http/http.c http/idle.c http/multipart.c
  http/options.c http/origin.c http/sink.c http/transfer.c http/trust.c)

set(RACKSPACE_CORE_BINDINGS
  lua/compat.c lua/lbudget.c lua/lbuffer.c lua/lchallenge.c lua/lclass.c
  lua/lclient.c lua/lcolumns.c lua/lcore.c lua/lcursor.c lua/ldate.c
  lua/ldigest.c lua/lfile.c lua/ljournal.c lua/ljson.c lua/lnumber.c
  lua/lpollset.c lua/lprintable.c lua/lrequest.c lua/lresponse.c
  lua/lsecret.c lua/ltext.c lua/lurl.c)

set(RACKSPACE_HTTPD_C
  httpd/answer.c httpd/httpd.c httpd/pending.c httpd/watch.c lua/lhttpd.c)

# What the module rackspace.httpd needs of the lists above.
set(RACKSPACE_HTTPD_SHARED
  base/ascii.c base/clock.c base/header.c base/regular.c lua/compat.c
  lua/lclass.c)

# Only in librackspace, not in its twin without a Lua.
set(RACKSPACE_HOST_C
  base/pattern.c host/bounds.c host/call.c host/counted.c host/embed.c
  host/fault.c host/function.c host/host.c host/modules.c host/output.c host/run.c
  host/script.c host/started.c host/strings.c)

# Beside librackspace. Those of lua/ are here too: a shared library hides its
# own.
set(RACKSPACE_PROGRAM_C
  base/regular.c lua/compat.c lua/ltext.c program/input.c program/late.c program/line.c program/ljq.c
  program/lline.c program/main.c)

set(RACKSPACE_LUA_FILES
  rackspace/accounts/init.lua
  rackspace/accounts/sandbox/init.lua
  rackspace/accounts/sandbox/openapi.lua
  rackspace/accounts/timeline.lua
  rackspace/base/ascii.lua
  rackspace/base/date.lua
  rackspace/base/fault.lua
  rackspace/base/file.lua
  rackspace/base/home.lua
  rackspace/base/ini.lua
  rackspace/base/iterator.lua
  rackspace/base/json.lua
  rackspace/base/mark.lua
  rackspace/base/members.lua
  rackspace/base/nearest.lua
  rackspace/base/random.lua
  rackspace/base/reason.lua
  rackspace/base/returned.lua
  rackspace/call/allow.lua
  rackspace/call/answer.lua
  rackspace/call/call.lua
  rackspace/call/curl.lua
  rackspace/call/events.lua
  rackspace/call/limits.lua
  rackspace/call/log.lua
  rackspace/call/mask.lua
  rackspace/call/perform.lua
  rackspace/call/retry.lua
  rackspace/call/send.lua
  rackspace/call/transport.lua
  rackspace/call/xml.lua
  rackspace/command/arguments.lua
  rackspace/command/call.lua
  rackspace/command/commands.lua
  rackspace/command/complete.lua
  rackspace/command/completion.lua
  rackspace/command/confirmation.lua
  rackspace/command/dry_run.lua
  rackspace/command/exits.lua
  rackspace/command/help.lua
  rackspace/command/init.lua
  rackspace/command/login.lua
  rackspace/command/mcp.lua
  rackspace/command/options.lua
  rackspace/command/profile.lua
  rackspace/command/program_options.lua
  rackspace/command/raw.lua
  rackspace/command/sandbox.lua
  rackspace/command/sessions.lua
  rackspace/command/status.lua
  rackspace/command/usage.lua
  rackspace/command/value.lua
  rackspace/contacts/init.lua
  rackspace/contacts/sandbox.lua
  rackspace/customer/endpoints.lua
  rackspace/customer/openapi.lua
  rackspace/customer/products.lua
  rackspace/customer/references.lua
  rackspace/customer/rows.lua
  rackspace/customer/sandbox.lua
  rackspace/customer/xml.lua
  rackspace/email_customers/create.lua
  rackspace/email_customers/init.lua
  rackspace/email_customers/sandbox/answers.lua
  rackspace/email_customers/sandbox/book.lua
  rackspace/email_customers/sandbox/init.lua
  rackspace/email_customers/sandbox/keys.lua
  rackspace/embed/environment.lua
  rackspace/embed/init.lua
  rackspace/embed/invocation.lua
  rackspace/embed/lists.lua
  rackspace/embed/metatables.lua
  rackspace/embed/modules.lua
  rackspace/embed/proxy.lua
  rackspace/embed/raise.lua
  rackspace/embed/settings.lua
  rackspace/identity/init.lua
  rackspace/identity/sandbox/catalog.lua
  rackspace/identity/sandbox/init.lua
  rackspace/identity/sandbox/operations.lua
  rackspace/identity/sandbox/people.lua
  rackspace/identity/sandbox/roles.lua
  rackspace/identity/sandbox/users.lua
  rackspace/identity/sandbox/versions.lua
  rackspace/identity/secrets.lua
  rackspace/init.lua
  rackspace/login/auth.lua
  rackspace/login/credentials.lua
  rackspace/login/lifetime.lua
  rackspace/login/login.lua
  rackspace/login/signature.lua
  rackspace/login/token_cache.lua
  rackspace/loop/cqueues.lua
  rackspace/loop/luv.lua
  rackspace/loop/poll.lua
  rackspace/manual/describe.lua
  rackspace/manual/docstring.lua
  rackspace/manual/guide.lua
  rackspace/manual/help.lua
  rackspace/manual/lookup.lua
  rackspace/manual/reference.lua
  rackspace/manual/sessions.lua
  rackspace/manual/terms.lua
  rackspace/manual/topics.lua
  rackspace/many/all.lua
  rackspace/many/doubles.lua
  rackspace/many/links.lua
  rackspace/many/map.lua
  rackspace/many/onward.lua
  rackspace/many/pager.lua
  rackspace/many/source.lua
  rackspace/mcp/resources.lua
  rackspace/mcp/result.lua
  rackspace/mcp/schema.lua
  rackspace/mcp/server.lua
  rackspace/mcp/tools.lua
  rackspace/metadata/init.lua
  rackspace/metadata/sandbox.lua
  rackspace/metadata/shapes.lua
  rackspace/output/csv.lua
  rackspace/output/fields.lua
  rackspace/output/filter.lua
  rackspace/output/formats.lua
  rackspace/output/init.lua
  rackspace/output/json.lua
  rackspace/output/literal.lua
  rackspace/output/ndjson.lua
  rackspace/output/picture.lua
  rackspace/output/pretty.lua
  rackspace/output/sheet.lua
  rackspace/picture/axis.lua
  rackspace/picture/bars.lua
  rackspace/picture/colours.lua
  rackspace/picture/format.lua
  rackspace/picture/init.lua
  rackspace/picture/lanes.lua
  rackspace/picture/markup.lua
  rackspace/picture/page.lua
  rackspace/picture/script.lua
  rackspace/picture/svg.lua
  rackspace/picture/text_width.lua
  rackspace/picture/timeline.lua
  rackspace/picture/timeline_lines.lua
  rackspace/picture/timeline_svg.lua
  rackspace/program.lua
  rackspace/repl/chunk.lua
  rackspace/repl/commands.lua
  rackspace/repl/complete.lua
  rackspace/repl/context.lua
  rackspace/repl/deletion.lua
  rackspace/repl/evaluator.lua
  rackspace/repl/history.lua
  rackspace/repl/init.lua
  rackspace/repl/input.lua
  rackspace/repl/known_ids.lua
  rackspace/repl/opening.lua
  rackspace/repl/prompt.lua
  rackspace/repl/screen.lua
  rackspace/repl/secrets.lua
  rackspace/repl/trace.lua
  rackspace/repl/transcript.lua
  rackspace/repl/unseen.lua
  rackspace/report/accounts.lua
  rackspace/report/init.lua
  rackspace/report/output.lua
  rackspace/report/progress.lua
  rackspace/report/sections.lua
  rackspace/report/tally.lua
  rackspace/report/tickets.lua
  rackspace/row/checkers.lua
  rackspace/row/named.lua
  rackspace/row/operation.lua
  rackspace/row/paths.lua
  rackspace/row/positions.lua
  rackspace/row/row.lua
  rackspace/row/types.lua
  rackspace/row/urlencoded.lua
  rackspace/row/variant.lua
  rackspace/sandbox/accept.lua
  rackspace/sandbox/answers.lua
  rackspace/sandbox/attach.lua
  rackspace/sandbox/bytes.lua
  rackspace/sandbox/changes.lua
  rackspace/sandbox/control.lua
  rackspace/sandbox/fault_rules.lua
  rackspace/sandbox/faults.lua
  rackspace/sandbox/guard.lua
  rackspace/sandbox/init.lua
  rackspace/sandbox/keys.lua
  rackspace/sandbox/limits.lua
  rackspace/sandbox/multipart.lua
  rackspace/sandbox/numbers.lua
  rackspace/sandbox/offset_pages.lua
  rackspace/sandbox/pages.lua
  rackspace/sandbox/people.lua
  rackspace/sandbox/records.lua
  rackspace/sandbox/request.lua
  rackspace/sandbox/routes.lua
  rackspace/sandbox/seed.lua
  rackspace/sandbox/selection.lua
  rackspace/sandbox/server.lua
  rackspace/sandbox/services.lua
  rackspace/sandbox/shapes.lua
  rackspace/sandbox/slots.lua
  rackspace/sandbox/store.lua
  rackspace/sandbox/tokens.lua
  rackspace/sandbox/users.lua
  rackspace/scripts/cause.lua
  rackspace/scripts/failures.lua
  rackspace/scripts/lexer.lua
  rackspace/scripts/script.lua
  rackspace/scripts/statements.lua
  rackspace/services.lua
  rackspace/session/endpoints.lua
  rackspace/session/init.lua
  rackspace/session/service.lua
  rackspace/session/settings.lua
  rackspace/show/columns.lua
  rackspace/show/init.lua
  rackspace/show/paint.lua
  rackspace/show/paragraph.lua
  rackspace/show/progress.lua
  rackspace/show/record.lua
  rackspace/show/record_types.lua
  rackspace/show/secret.lua
  rackspace/show/status.lua
  rackspace/show/table.lua
  rackspace/show/value.lua
  rackspace/show/width.lua
  rackspace/task/scheduler.lua
  rackspace/task/task.lua
  rackspace/task/yield.lua
  rackspace/tickets/attachments.lua
  rackspace/tickets/init.lua
  rackspace/tickets/known.lua
  rackspace/tickets/named.lua
  rackspace/tickets/references.lua
  rackspace/tickets/roles.lua
  rackspace/tickets/sandbox/book.lua
  rackspace/tickets/sandbox/devices.lua
  rackspace/tickets/sandbox/events.lua
  rackspace/tickets/sandbox/init.lua
  rackspace/tickets/sandbox/problems.lua
  rackspace/tickets/sandbox/rules.lua
  rackspace/tickets/sandbox/storage.lua
  rackspace/tickets/sandbox/uploads.lua
  rackspace/tickets/storage.lua
  rackspace/tickets/uploads.lua)

set(RACKSPACE_UNITS
  ascii buffer challenge columns cursor date digest file head header http
  printable secret signature url)
