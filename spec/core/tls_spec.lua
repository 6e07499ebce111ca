--- tls_spec.lua - TLS, against openssl's own server
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")

local PATIENCE = child.PATIENCE

local client, folder

local function sh(command)
  local pipe = assert(io.popen(command .. " 2>/dev/null"))
  local output = pipe:read("*a")
  pipe:close()
  return output
end

-- A server for one connection; returns its port and what waits for its end.
local function serve(options)
  local pipe = assert(io.popen("exec timeout " .. PATIENCE
    .. " openssl s_server -accept 127.0.0.1:0 -naccept 1 -www -cert " .. folder
    .. "/cert.pem -key " .. folder .. "/key.pem " .. (options or "")
    .. " </dev/null 2>&1"))
  for line in pipe:lines() do
    local port = line:match("^ACCEPT.*:(%d+)$")
    if port then
      return port, pipe
    end
  end
  pipe:close()
  error("openssl s_server did not start")
end

local function ask(url, ca_file)
  local transfer = client:start({ url = url, ca_file = ca_file, timeout = PATIENCE })
  while #client:poll(PATIENCE) == 0 do
    assert.equal(1, client:running())
  end
  return transfer
end

describe("core.client over TLS", function()
  setup(function()
    folder = sh("mktemp -d"):gsub("\n", "")
    sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
      .. " -keyout " .. folder .. "/key.pem -out " .. folder .. "/cert.pem -days 2"
      .. " -subj /CN=spec -addext subjectAltName=IP:127.0.0.1")
  end)

  teardown(function()
    sh("rm -r '" .. folder .. "'")
    folder = nil
  end)

  before_each(function()
    client = assert(core.client())
  end)

  after_each(function()
    client:close()
    client = nil
  end)

  it("trusts a certificate of the ca_file", function()
    local port, pipe = serve()
    local transfer = ask("https://127.0.0.1:" .. port .. "/", folder .. "/cert.pem")
    local facts = transfer:facts()
    local response = assert(transfer:response())
    pipe:close()
    assert.equal(200, response.status)
    assert.matches("TLSv1.[23]", response.body)
    assert.is_true(facts.tls >= facts.connect)
  end)

  local function assert_untrusted(url_host, ca_file, options)
    local port, pipe = serve(options)
    local transfer = ask("https://" .. url_host .. ":" .. port .. "/", ca_file)
    local response, message, kind, was_sent = transfer:response()
    pipe:close()
    assert.is_nil(response)
    assert.equal("tls", kind, message)
    assert.is_false(was_sent)
  end

  it("does not trust a certificate that nobody vouches for", function()
    assert_untrusted("127.0.0.1")
  end)

  it("does not trust a certificate for another name", function()
    assert_untrusted("localhost", folder .. "/cert.pem")
  end)

  it("does not speak TLS 1.1", function()
    assert_untrusted("127.0.0.1", folder .. "/cert.pem",
      "-tls1_1 -cipher DEFAULT@SECLEVEL=0")
  end)

  it("trusts nobody when the ca_file is missing", function()
    assert_untrusted("127.0.0.1", "/nowhere/cert.pem")
  end)
end)
