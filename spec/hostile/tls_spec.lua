--- tls_spec.lua - servers that must not be trusted, and what is said of them
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local hostile = require("spec.support.hostile")
local raw_peer = require("spec.support.raw_peer")

local folder, server

local function sh(command, ...)
  local pipe = assert(io.popen("cd '" .. (folder or "/") .. "' && exec 2>>/dev/null && "
    .. command:format(...)))
  local output = pipe:read("*a")
  pipe:close()
  return output
end

--- A key and a certificate NAME.pem that the spec's own authority has signed.
local function certify(name, subject, days, more)
  sh("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key"
    .. " -out %s.csr -subj /CN=spec -addext subjectAltName=%s", name, name, subject)
  sh("openssl ca -batch -config ca.conf -in %s.csr -out %s.pem -notext -days %d %s", name, name,
    days, more or "")
end

local authority = [[
[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
]]

local function make_authority()
  local file = assert(io.open(folder .. "/ca.conf", "w"))
  file:write(authority)
  file:close()
  sh("touch index.txt && echo 01 >serial && openssl req -x509 -newkey ec"
    .. " -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ca.key -out ca.pem -days 9"
    .. " -subj /CN=authority")
end

--- openssl's server, which prints what it is sent.
local function serve(name, options)
  server = child.start(("env -u LD_PRELOAD sh -c 'cd %s; exec timeout 60 openssl s_server"
    .. " -accept 127.0.0.1:0 -naccept 1 -cert %s.pem -key %s.key %s 2>&1'"):format(folder, name,
    name, options or ""))
  return child.wait_until(function()
    for _, line in ipairs(server:lines()) do
      local port = line:match("^ACCEPT.*:(%d+)$")
      if port then
        return port
      end
    end
  end, "openssl s_server")
end

local function session(host, port, ca_file)
  local url = ("https://%s:%s"):format(host, port)
  return hostile.session({ endpoints = function()
    return { customer = url, identity = url }
  end }, { ca_file = ca_file })
end

describe("a server of TLS", function()
  setup(function()
    folder = sh("mktemp -d"):gsub("\n", "")
    make_authority()
    certify("good", "IP:127.0.0.1", 2)
    certify("expired", "IP:127.0.0.1", 2, "-startdate 20200101000000Z -enddate 20200201000000Z")
    certify("early", "IP:127.0.0.1", 2, "-startdate 20480101000000Z -enddate 20490101000000Z")
    certify("other", "DNS:example.com", 2)
    sh("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout own.key"
      .. " -out own.pem -days 2 -subj /CN=spec -addext subjectAltName=IP:127.0.0.1")
    sh("mkdir -p v1/customer_accounts/CLOUD && printf 'HTTP/1.0 200 OK\\r\\n\\r\\n{\"id\":\"1\"}'"
      .. " >v1/customer_accounts/CLOUD/1")
  end)

  teardown(function()
    sh("rm -r '%s'", folder)
    folder = nil
  end)

  after_each(hostile.close_all)

  local function refused(port, text, advice, ca_file, host)
    local rs = session(host or "127.0.0.1", port, ca_file or folder .. "/ca.pem")
    local err = hostile.assert_failure("tls", advice, rs.accounts:get("CLOUD/1"))
    assert.is_truthy(err.message:find(text, 1, true), err.message)
    assert.is_false(err.sent)
    for _, line in ipairs(server and server:lines() or {}) do
      assert.is_nil(line:find(hostile.TOKEN, 1, true))
    end
  end

  it("whose certificate the ca_file vouches for is trusted", function()
    local rs = session("127.0.0.1", serve("good", "-HTTP"), folder .. "/ca.pem")
    assert.equal("1", assert(rs.accounts:get("CLOUD/1")).id)
  end)

  it("whose certificate has expired is refused", function()
    refused(serve("expired"), "certificate has expired",
      "; if this machine's clock is right, the service has to renew it")
  end)

  it("whose certificate is not valid yet is refused", function()
    refused(serve("early"), "certificate is not yet valid", "; if this machine's clock is right")
  end)

  it("whose certificate is self-signed is refused", function()
    refused(serve("own"), "self-signed certificate",
      "; if you trust its issuer, name the issuer's certificate in 'ca_file'")
  end)

  it("whose certificate nobody known has signed is refused", function()
    refused(serve("good"), "unable to get local issuer certificate", "; if you trust its issuer",
      folder .. "/own.pem")
  end)

  it("whose certificate is for another name is refused", function()
    refused(serve("other"), "127.0.0.1", "; is this the service's own address?")
    refused(serve("good"), "localhost", "; is this the service's own address?", nil, "localhost")
  end)

  it("that speaks an old protocol only is refused", function()
    for _, version in ipairs{ "-tls1", "-tls1_1" } do
      refused(serve("good", version .. " -cipher DEFAULT@SECLEVEL=0"), "",
        "; does https, with TLS 1.2 or later, answer at this address?")
    end
  end)

  it("that speaks plain HTTP is refused", function()
    server = nil
    local plain = raw_peer.start("connection:send(reply(200, '{}'))")
    refused(plain.port, "", "; does https, with TLS 1.2 or later, answer at this address?")
  end)

  it("is refused when the ca_file is none", function()
    refused(serve("good"), "/nowhere/ca.pem", "; 'ca_file' must name a file of certificates in PEM",
      "/nowhere/ca.pem")
  end)

  it("that breaks off in the middle of its greeting is an error, and sees nothing", function()
    server = nil
    local broken = raw_peer.start([[connection:send("\22\3\3\0\50\2\0\0")]])
    local rs = session("127.0.0.1", broken.port, folder .. "/ca.pem")
    hostile.assert_failure("tls", "", rs.accounts:get("CLOUD/1"))
  end)

  it("that goes silent in the middle of its greeting ends with the time-out", function()
    local silent = raw_peer.start([[connection:send("\22\3\3\0\50\2\0\0") connection:wait()]])
    local url = "https://127.0.0.1:" .. silent.port
    local rs = hostile.session({ endpoints = function()
      return { customer = url, identity = url }
    end }, { connect_timeout = 0.5 })
    hostile.assert_failure("timeout", "", rs.accounts:get("CLOUD/1"))
  end)

  --- A session with a server whose response is in chunks, which code sends.
  local function in_chunks(code)
    server = nil
    local encrypted = raw_peer.start(([[
      connection.socket = assert(require("ssl").wrap(connection.socket, { mode = "server",
        protocol = "any", key = "@/good.key", certificate = "@/good.pem" }))
      assert(connection.socket:dohandshake())
      connection:request()
      connection:send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      ]]):gsub("@", folder) .. code)
    return session("127.0.0.1", encrypted.port, folder .. "/ca.pem")
  end

  it("whose chunks are malformed is told from one that is cut off", function()
    local rs = in_chunks([[connection:send("zz\r\n") connection:wait()]])
    hostile.assert_failure("protocol", "the response's framing is malformed",
      rs.accounts:get("CLOUD/1"))
    rs = in_chunks([[connection:send("9\r\nabc") os.exit()]])
    local err = hostile.assert_failure("network", "", rs.accounts:get("CLOUD/1"))
    assert.is_true(err.sent)
  end)
end)
