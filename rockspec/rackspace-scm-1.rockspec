rockspec_format = "3.0"
package = "rackspace"
version = "scm-1"
source = { url = "git+file://." }
description = {
   summary = "Rackspace customer accounts and tickets from Lua",
   detailed = [[
      Identity, Customer Service, Ticketing and Email & Apps, over libcurl,
      with a sandbox of all of them inside.]],
   license = "MIT",
}
dependencies = {
   "lua >= 5.1, < 5.6",
   "lua-cjson >= 2.1.0",
}
-- Where headers are in a multiarch folder (Debian), say where, as in
-- CURL_INCDIR=/usr/include/$(gcc -print-multiarch)
external_dependencies = {
   CURL = { header = "curl/curl.h", library = "curl" },
   CRYPTO = { header = "openssl/evp.h", library = "crypto" },
   MICROHTTPD = { header = "microhttpd.h", library = "microhttpd" },
}
build = {
   type = "builtin",
   modules = {
      ["rackspace.core"] = {
         sources = {
            "src/buffer.c",
            "src/challenge.c",
            "src/clock.c",
            "src/cursor.c",
            "src/date.c",
            "src/http.c",
            "src/options.c",
            "src/secret.c",
            "src/signature.c",
            "src/transfer.c",
            "src/url.c",
            "src/compat.c",
            "src/lchallenge.c",
            "src/lclient.c",
            "src/lcore.c",
            "src/lcursor.c",
            "src/ldate.c",
            "src/lfile.c",
            "src/ljson.c",
            "src/lsecret.c",
            "src/lurl.c",
         },
         defines = {
            "_POSIX_C_SOURCE=200809L", "_FILE_OFFSET_BITS=64",
            'RACKSPACE_VERSION="0.1.0"',
         },
         libraries = { "curl", "crypto", "pthread", "m" },
         incdirs = { "$(CURL_INCDIR)", "$(CRYPTO_INCDIR)" },
         libdirs = { "$(CURL_LIBDIR)", "$(CRYPTO_LIBDIR)" },
      },
      ["rackspace.httpd"] = {
         sources = {
            "src/answer.c", "src/clock.c", "src/compat.c", "src/httpd.c",
            "src/lhttpd.c", "src/pending.c",
         },
         defines = { "_POSIX_C_SOURCE=200809L", "_FILE_OFFSET_BITS=64" },
         libraries = { "microhttpd" },
         incdirs = { "$(MICROHTTPD_INCDIR)" },
         libdirs = { "$(MICROHTTPD_LIBDIR)" },
      },
      ["rackspace.accounts"] = "lua/rackspace/accounts.lua",
      ["rackspace.engine.auth"] = "lua/rackspace/engine/auth.lua",
      ["rackspace.engine.call"] = "lua/rackspace/engine/call.lua",
      ["rackspace.engine.credentials"] = "lua/rackspace/engine/credentials.lua",
      ["rackspace.engine.fault"] = "lua/rackspace/engine/fault.lua",
      ["rackspace.engine.ini"] = "lua/rackspace/engine/ini.lua",
      ["rackspace.engine.json"] = "lua/rackspace/engine/json.lua",
      ["rackspace.engine.links"] = "lua/rackspace/engine/links.lua",
      ["rackspace.engine.nearest"] = "lua/rackspace/engine/nearest.lua",
      ["rackspace.engine.operation"] = "lua/rackspace/engine/operation.lua",
      ["rackspace.engine.pages"] = "lua/rackspace/engine/pages.lua",
      ["rackspace.engine.service"] = "lua/rackspace/engine/service.lua",
      ["rackspace.engine.session"] = "lua/rackspace/engine/session.lua",
      ["rackspace.engine.settings"] = "lua/rackspace/engine/settings.lua",
      ["rackspace.engine.tasks"] = "lua/rackspace/engine/tasks.lua",
      ["rackspace.engine.transport"] = "lua/rackspace/engine/transport.lua",
      ["rackspace.engine.types"] = "lua/rackspace/engine/types.lua",
      ["rackspace.identity"] = "lua/rackspace/identity.lua",
      ["rackspace"] = "lua/rackspace/init.lua",
      ["rackspace.program"] = "lua/rackspace/program.lua",
      ["rackspace.repl"] = "lua/rackspace/repl.lua",
      ["rackspace.sandbox.accounts"] = "lua/rackspace/sandbox/accounts.lua",
      ["rackspace.sandbox.attach"] = "lua/rackspace/sandbox/attach.lua",
      ["rackspace.sandbox.changes"] = "lua/rackspace/sandbox/changes.lua",
      ["rackspace.sandbox.command"] = "lua/rackspace/sandbox/command.lua",
      ["rackspace.sandbox.control"] = "lua/rackspace/sandbox/control.lua",
      ["rackspace.sandbox.identity"] = "lua/rackspace/sandbox/identity.lua",
      ["rackspace.sandbox"] = "lua/rackspace/sandbox/init.lua",
      ["rackspace.sandbox.keys"] = "lua/rackspace/sandbox/keys.lua",
      ["rackspace.sandbox.numbers"] = "lua/rackspace/sandbox/numbers.lua",
      ["rackspace.sandbox.people"] = "lua/rackspace/sandbox/people.lua",
      ["rackspace.sandbox.request"] = "lua/rackspace/sandbox/request.lua",
      ["rackspace.sandbox.routes"] = "lua/rackspace/sandbox/routes.lua",
      ["rackspace.sandbox.seed"] = "lua/rackspace/sandbox/seed.lua",
      ["rackspace.sandbox.selection"] = "lua/rackspace/sandbox/selection.lua",
      ["rackspace.sandbox.server"] = "lua/rackspace/sandbox/server.lua",
      ["rackspace.sandbox.slots"] = "lua/rackspace/sandbox/slots.lua",
      ["rackspace.sandbox.store"] = "lua/rackspace/sandbox/store.lua",
      ["rackspace.sandbox.tokens"] = "lua/rackspace/sandbox/tokens.lua",
      ["rackspace.sandbox.users"] = "lua/rackspace/sandbox/users.lua",
   },
}
