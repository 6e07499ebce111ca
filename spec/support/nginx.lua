--- nginx.lua - a web server that counts its connections itself
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local port = require("spec.support.port")
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
    listen 127.0.0.1:TLS_PORT ssl http2;
    listen 127.0.0.1:PLAIN_PORT;
    ssl_certificate @/cert.pem;
    ssl_certificate_key @/key.pem;
    LOCATIONS
  }
}
]]

-- For localhost, and for the name of this machine.
local certificate = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 " ..
  "-subj /CN=localhost -addext subjectAltName=DNS:localhost,DNS:" ..
  socket.dns.gethostname() .. " " ..
  "-keyout @/key.pem -out @/cert.pem 2>/dev/null"

local nginx_methods = {}
local nginx_mt = { __index = nginx_methods }

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

function nginx_methods:close()
  self.child:close()
  os.execute("rm -r " .. self.folder)
end

--- Starts it with `locations` of its configuration. Has `tls` and `plain`, its
-- URLs, and `ca_file`.
local function start(locations)
  local folder = os.tmpname()
  os.remove(folder)
  os.execute("mkdir " .. folder)
  os.execute((certificate:gsub("@", folder)))
  local first, tls = port.hold()
  local second, plain = port.hold()
  local text = config:gsub("TLS_PORT", tls):gsub("PLAIN_PORT", plain)
  write(folder .. "/nginx.conf", (text:gsub("LOCATIONS", function() return locations end)
    :gsub("@", folder)))
  -- nginx does not watch its standard input: the shell does, and ends it
  local process = child.start(("sh -c 'nginx -e stderr -p %s -c %s/nginx.conf " ..
    "2>%s/log & cat; kill $!; wait'"):format(folder, folder, folder))
  child.wait_until(function()
    local file = io.open(folder .. "/nginx.pid")
    return file and file:close()
  end, "nginx")
  first:close()
  second:close()
  return setmetatable({ child = process, folder = folder, ca_file = folder .. "/cert.pem",
    tls = ("https://localhost:%s"):format(tls),
    plain = ("http://127.0.0.1:%s"):format(plain) }, nginx_mt)
end

return { start = start }
