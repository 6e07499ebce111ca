--- http2_spec.lua - many calls on one connection, by nginx's own count
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local core = require("rackspace.core")
local socket = require("socket")

local config = [[
daemon off;
pid @/nginx.pid;
error_log @/error.log;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path @/body; proxy_temp_path @/proxy;
  fastcgi_temp_path @/fastcgi; uwsgi_temp_path @/uwsgi; scgi_temp_path @/scgi;
  server {
    listen 127.0.0.1:PORT ssl http2;
    ssl_certificate @/cert.pem;
    ssl_certificate_key @/key.pem;
    location / { return 200 "$server_protocol $connection\n"; }
  }
}
]]

local certificate = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 " ..
  "-subj /CN=localhost -addext subjectAltName=DNS:localhost " ..
  "-keyout @/key.pem -out @/cert.pem 2>/dev/null"

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

local function free_port()
  local server = assert(socket.bind("127.0.0.1", 0))
  local _, port = server:getsockname()
  server:close()
  return port
end

describe("core.client over HTTP/2", function()
  local folder, server, url

  setup(function()
    folder = os.tmpname()
    os.remove(folder)
    os.execute("mkdir " .. folder)
    os.execute((certificate:gsub("@", folder)))
    local port = free_port()
    url = ("https://localhost:%s/"):format(port)
    write(folder .. "/nginx.conf",
      (config:gsub("@", folder):gsub("PORT", port)))
    -- nginx does not watch its standard input: the shell does, and ends it
    server = child.start(("sh -c 'nginx -e stderr -p %s -c %s/nginx.conf " ..
      "2>%s/log & cat; kill $!; wait'"):format(folder, folder, folder))
    child.wait_until(function()
      return io.open(folder .. "/nginx.pid") ~= nil
    end, "nginx")
  end)

  teardown(function()
    server:close()
    os.execute("rm -r " .. folder)
  end)

  it("runs 64 calls side by side on one connection", function()
    local client = assert(core.client())
    for i = 1, 64 do
      client:start({ url = url .. i, ca_file = folder .. "/cert.pem",
        timeout = 20 })
    end
    local connections, answers = {}, 0
    while client:running() > 0 do
      for _, transfer in ipairs(client:poll(20)) do
        local response = assert(transfer:response())
        local protocol, number = response.body:match("^(%S+) (%d+)\n$")
        assert.equal("HTTP/2.0", protocol)
        connections[number], answers = true, answers + 1
      end
    end
    client:close()
    assert.equal(64, answers)
    local first = next(connections)
    assert.is_nil(next(connections, first))
  end)
end)
