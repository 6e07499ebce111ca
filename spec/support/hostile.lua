--- hostile.lua - sessions whose services are a hostile peer, and what came of it
-- SPDX-License-Identifier: MIT
local assert = require("luassert")
local child = require("spec.support.child")
local file = require("spec.support.file")
local once = require("spec.support.once")
local rackspace = require("rackspace")
local raw_peer = require("spec.support.raw_peer")
local socket = require("socket")

local hostile = {}

hostile.TOKEN = "a-token-that-only-its-service-sees"

local open = {}

--- A session whose every service is at a peer. It waits long; where a spec is
-- about a time-out, it sets that one.
function hostile.session(peer, settings)
  local own = { token = hostile.TOKEN, endpoints = peer:endpoints(),
    email = { user_key = "the-user-key", secret_key = "the-secret-key" } }
  for name, value in pairs(settings or {}) do
    own[name] = value or nil
  end
  local rs = assert(rackspace.new(once(own)))
  open[#open + 1] = rs
  return rs
end

--- A session with a peer that does this with each connection.
function hostile.against(code, settings)
  local peer = raw_peer.start(code)
  return hostile.session(peer, settings), peer
end

--- Ends what a spec has left: for after_each.
function hostile.close_all()
  for _, rs in ipairs(open) do
    rs:close()
  end
  open = {}
  raw_peer.close_all()
end

--- What a call that fails returned has to be: of a kind, with a text in its
-- message, on one line and without the token. Returns the error.
function hostile.assert_failure(kind, text, value, message, err)
  assert.is_nil(value)
  assert.is_table(err)
  assert.equal(kind, err.kind, message)
  assert.equal(message, err.message)
  assert.is_truthy(message:find(text, 1, true), message)
  assert.is_nil(message:find("%c"))
  assert.is_true(#message < 1000)
  assert.is_nil(message:find(hostile.TOKEN, 1, true))
  return err
end

--- Gets an account of such a peer, which has to fail. Returns the error, the
-- session and the peer.
function hostile.fails(code, kind, text, settings)
  local rs, peer = hostile.against(code, settings)
  local err = hostile.assert_failure(kind, text, rs.accounts:get("CLOUD/1"))
  return err, rs, peer
end

--- A listener that tells of everyone who comes: the origin to which nothing
-- may ever go.
function hostile.stranger()
  return raw_peer.start([[
    io.write("came\n")
    io.flush()
    connection:request()
    connection:send(reply(200, "{}"))]])
end

--- Comes to the stranger itself, who takes one after the other: whoever had
-- come before would be on the list.
function hostile.assert_unseen(stranger)
  local client = assert(socket.connect("127.0.0.1", tonumber(stranger.port)))
  client:settimeout(child.PATIENCE)
  assert(client:send("GET /probe HTTP/1.1\r\n\r\n"))
  assert(client:receive(1))
  client:close()
  local lines = stranger.child:lines()
  assert.same({ stranger.port, "came" }, { lines[1], lines[2] })
  assert.equal(3, #lines)
  assert.is_truthy(lines[3]:find("^GET %%2Fprobe"))
end

local function status_of(name)
  return tonumber(file.read("/proc/self/status"):match(name .. ":%s*(%d+)"))
end

--- The kilobytes by which the process grew at most while fn() ran.
function hostile.growth(fn)
  collectgarbage()
  collectgarbage()
  local out = assert(io.open("/proc/self/clear_refs", "w"))
  assert(out:write("5"))
  out:close()
  local before = status_of("VmRSS")
  fn()
  return status_of("VmHWM") - before
end

return hostile
