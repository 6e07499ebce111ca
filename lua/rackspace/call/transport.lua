--- transport.lua - sends a request over HTTP, by the core's client
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

--- A transport is a function from a request to a response:
--   request  = { method =, url =, headers = {}, body =, timeout = seconds,
--                operation = "accounts.list", writes = boolean,
--                file = a path whose content is the body, or form = parts
--                { name =, value = or file =, filename = } of one,
--                sink = the path that a success's body goes to,
--                is_new = whether that must not replace a file,
--                service = the URL of the service that named `url`, where one
--                did, which then must not lead into other networks,
--                progress = function(transfer's facts), now and then,
--                finished = function(transfer's facts), at the end }
--   response = { status =, headers = { lower-case name = value }, body =,
--                seconds = }, or head, the raw text, in place of headers
-- or nil, a message, a kind of error, and whether any of the request was sent.
-- Returns the transport of a session, which waits in the task that calls it.
-- `transfers` is the set of the session's transfers that are in flight.
local function new(settings, scheduler, transfers)
  local defaults = core.defaults{
    connect_timeout = settings.connect_timeout,
    stall_timeout = settings.stall_timeout, max_body = settings.max_body,
    ca_file = settings.ca_file, proxy = settings.proxy,
  }
  return function(request)
    local client, problem = scheduler:client()
    if not client then
      return nil, problem, scheduler.closed and "cancelled" or "config", false
    end
    local transfer = client:start({
      method = request.method, url = request.url, headers = request.headers,
      body = request.body, file = request.file, form = request.form,
      sink = request.sink, is_new = request.is_new, service = request.service,
      timeout = request.timeout, fresh = request.writes,
    }, defaults)
    transfers[transfer] = true
    local response, message, kind, sent = scheduler:await(transfer,
      request.progress)
    transfers[transfer] = nil
    if request.finished then
      request.finished(transfer:facts())
    end
    if kind == "memory" then
      error("not enough memory", 0)
    end
    return response, message, kind, sent
  end
end

return { new = new }
