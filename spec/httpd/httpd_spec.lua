--- httpd_spec.lua - the HTTP server on loopback, over real sockets
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local httpd = require("rackspace.httpd")
local socket = require("socket")

local unpack = table.unpack or unpack -- luacheck: ignore

local PATIENCE = child.PATIENCE

local servers, clients, folder

local function listen(opts)
  local server = assert(httpd.listen(opts))
  servers[#servers + 1] = server
  return server
end

local function dial(server)
  local client = assert(socket.connect("127.0.0.1", server:port()))
  client:settimeout(0)
  clients[#clients + 1] = client
  return { socket = client, data = "", unsent = "", closed = false }
end

local function send(client, ...)
  client.unsent = client.unsent .. table.concat({ ... }, "\r\n")
end

local function request(client, line, headers, body)
  send(client, line .. " HTTP/1.1", "Host: x", headers or "X-None: 0", "",
    body or "")
end

-- Moves what the sockets take and have, without waiting.
local function move(client)
  if client.unsent ~= "" and not client.closed then
    local last, err, partial = client.socket:send(client.unsent, 1, 262144)
    client.unsent = client.unsent:sub((last or partial or 0) + 1)
    client.broken = err == "closed"
    client.unsent = client.broken and "" or client.unsent
  end
  local data, err, partial = client.socket:receive(262144)
  client.data = client.data .. (data or partial or "")
  client.closed = client.closed or err == "closed"
end

-- Serves until the condition holds; a handler gets the requests.
local function pump(server, condition, handler, ...)
  local stop = socket.gettime() + PATIENCE
  local moved = { ... }
  repeat
    for _, client in ipairs(moved) do
      move(client)
    end
    for _, seen in ipairs(assert(server:poll(0.002))) do
      handler(seen)
    end
    assert(socket.gettime() < stop, "nothing came within the test's patience")
  until condition()
end

-- Takes one response off what a client received; nil: it isn't whole yet.
local function take_response(client, method)
  local head, rest = client.data:match("^(.-\r\n)\r\n(.*)$")
  if not head then
    return nil
  end
  local response = { head = head, status = tonumber(head:match("^%S+ (%d+)")) }
  local length = tonumber(head:lower():match("\r\ncontent%-length: (%d+)"))
  if method == "HEAD" or response.status < 200 or response.status == 204 then
    length = 0
  end
  if #rest < (length or 0) then
    return nil
  end
  response.body = rest:sub(1, length or 0)
  client.data = rest:sub((length or 0) + 1)
  return response
end

local function header(response, name)
  return (response.head:match("\r\n" .. name .. ": *([^\r]*)"))
end

local function responses(server, client, count, handler, method)
  local got = {}
  pump(server, function()
    got[#got + 1] = take_response(client, method)
    return #got >= count
  end, handler, client)
  return unpack(got)
end

local function answer_with(server, response, seen)
  return function(request_seen)
    if seen then
      seen[#seen + 1] = request_seen
    end
    assert(server:respond(request_seen.id, response))
  end
end

local function wait_closed(server, client, handler)
  pump(server, function()
    return client.closed
  end, handler or error, client)
end

-- One request on a connection of its own: its response, and how it was seen.
local function ask(server, line, headers, body, response)
  local client, seen = dial(server), {}
  request(client, line, headers, body)
  local got = responses(server, client, 1,
    answer_with(server, response or {}, seen), line:match("%S+"))
  return got, seen[1], client
end

local function queue_request(server, client)
  local seen
  pump(server, function()
    return seen ~= nil
  end, function(request_seen)
    seen = request_seen
  end, client)
  return seen
end

local function command(line)
  local pipe = assert(io.popen(line))
  local output = pipe:read("*a")
  pipe:close()
  return output
end

local function files_in(path)
  return command("ls -A " .. path)
end

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("*a")
  file:close()
  return content
end

local function write_file(path, content)
  local file = assert(io.open(path, "wb"))
  file:write(content)
  file:close()
end

local function noise(length)
  local block = {}
  for i = 0, 255 do
    block[i + 1] = string.char(i * 7 % 256)
  end
  return table.concat(block):rep(math.ceil(length / 256)):sub(1, length)
end

local function interpreter()
  local first = 0
  while arg[first - 1] do
    first = first - 1
  end
  return arg[first]
end

-- Another process of this Lua; its code finds this process's modules.
local function spawn(code, setting)
  local path = os.tmpname()
  write_file(path, ("package.cpath = %q\n%s"):format(package.cpath, code))
  local pipe = assert(io.popen((setting or "") .. "exec env "
    .. "--default-signal=PIPE " .. interpreter() .. " " .. path .. " 2>&1"))
  return pipe, path
end

-- A server in another process that answers with so many bytes.
local function spawn_server(size, setting)
  local pipe, path = spawn(([[
    local server = require("rackspace.httpd").listen()
    print(server:port())
    io.stdout:flush()
    local body, last = ("x"):rep(%d)
    while last ~= "/last" do
      for _, seen in ipairs(assert(server:poll(60))) do
        last = seen.target
        assert(server:respond(seen.id, { body = body }))
      end
    end
    server:close()
    print("served")]]):format(size), setting)
  return pipe, tonumber(pipe:read("*l")), path
end

local function ask_process(port, target)
  local client = assert(socket.connect("127.0.0.1", port))
  client:settimeout(PATIENCE)
  client:send("GET " .. target .. " HTTP/1.1\r\nHost: x\r\n\r\n")
  return client
end

describe("httpd", function()
  before_each(function()
    servers, clients = {}, {}
    folder = command("mktemp -d"):gsub("\n", "")
  end)

  after_each(function()
    for _, client in ipairs(clients) do
      client:close()
    end
    for _, server in ipairs(servers) do
      server:close()
    end
    os.execute("rm -rf " .. folder)
  end)

  describe("listen", function()
    it("lets the system choose a port", function()
      local first, second = listen(), listen({ host = "127.0.0.1", port = 0 })
      assert.is_true(first:port() > 0)
      assert.are_not.equal(first:port(), second:port())
      assert.equal("server (127.0.0.1:" .. first:port() .. ")",
        tostring(first))
    end)

    it("says that a port is taken", function()
      local server, message = httpd.listen({ port = listen():port() })
      assert.is_nil(server)
      assert.matches("^cannot listen on 127.0.0.1:%d+: Address already in use$",
        message)
    end)

    it("takes the port of a server that was closed", function()
      local first = listen()
      local port = first:port()
      local _, _, client = ask(first, "GET /")
      first:close()
      client.socket:close()
      assert.equal(port, listen({ port = port }):port())
    end)

    it("serves nobody but this machine", function()
      for _, host in ipairs({ "0.0.0.0", "10.0.0.1", "::1", "localhost" }) do
        assert.has_error(function()
          httpd.listen({ host = host })
        end, "'host' must be an IPv4 loopback address, not '" .. host .. "'")
      end
      assert.matches("127.0.0.2", tostring(listen({ host = "127.0.0.2" })))
    end)

    it("refuses options that it doesn't know or can't use", function()
      local wrong = {
        { { prot = 1 }, "unknown option 'prot'" },
        { { port = 65536 }, "'port' must be a whole number from 0 to 65535" },
        { { port = 1.5 }, "'port' must be a whole number from 0 to 65535" },
        { { port = "80" }, "'port' must be a number, not a string" },
        { { max_body = -1 }, "'max_body' must be a whole number from 0 to " },
        { { max_file = 0 / 0 }, "'max_file' must be a whole number from 0" },
        { { spool = "/tmp\0" }, "'spool' is empty or holds a NUL" },
      }
      for _, case in ipairs(wrong) do
        local fine, message = pcall(httpd.listen, case[1])
        assert.is_false(fine)
        assert.is_truthy(message:find(case[2], 1, true), message)
      end
    end)

    it("says that the spool folder can't be used", function()
      local server, message = httpd.listen({ spool = folder .. "/none" })
      assert.is_nil(server)
      assert.matches("spool folder cannot be written to", message)
    end)
  end)

  describe("a request", function()
    it("has its target byte for byte", function()
      local server = listen()
      local targets = {
        "/v1/a%2Fb/../c//d?x=%20+y&&z;=%zz?#", "*", "/?", "/%00%0d%0A%",
        "http://other.example/a?b", "/caf\195\169?\255",
      }
      for _, target in ipairs(targets) do
        local _, seen = ask(server, "GET " .. target)
        assert.equal(target, seen.target)
      end
    end)

    it("has its headers by lower-case name, repeated ones joined", function()
      local _, seen = ask(listen(), "GET /",
        "X-Auth-TOKEN: a:b c\r\nX-Two: 1\r\nx-two: 2, 3\r\nX-TWO: 4\r\nX-E:")
      assert.equal("a:b c", seen.headers["x-auth-token"])
      assert.equal("1, 2, 3, 4", seen.headers["x-two"])
      assert.equal("", seen.headers["x-e"])
      assert.equal("x", seen.headers.host)
      assert.is_nil(seen.headers["X-Two"])
    end)

    it("has its method, and its body whatever the method", function()
      local server, body = listen(), "a\0b\r\n\255" .. noise(300000)
      for _, method in ipairs({ "POST", "PUT", "PATCH", "DELETE", "GET" }) do
        local got, seen = ask(server, method .. " /x",
          "Content-Length: " .. #body, body, { body = "z\0z" })
        assert.equal(method, seen.method)
        assert.is_true(body == seen.body)
        assert.is_nil(seen.file)
        assert.equal("z\0z", got.body)
      end
    end)

    it("has an empty body when it has none", function()
      local server = listen()
      local _, seen = ask(server, "GET /")
      assert.equal("", seen.body)
      _, seen = ask(server, "POST /", "Content-Length: 0")
      assert.equal("", seen.body)
    end)

    it("may come in chunks", function()
      local _, seen = ask(listen(), "POST /", "Transfer-Encoding: chunked",
        "3\r\nab\0\r\n5\r\ndefgh\r\n0\r\nX-Trailer: 1\r\n\r\n")
      assert.equal("ab\0defgh", seen.body)
    end)

    -- libmicrohttpd 1.0 refuses chunk extensions.
    it("may come in chunks with extensions, which are never content", function()
      local got, seen = ask(listen(), "POST /", "Transfer-Encoding: chunked",
        "3\r\nab\0\r\n5;x=y\r\ndefgh\r\n0\r\n\r\n")
      assert.equal(seen and 200 or 400, got.status)
      assert.equal("ab\0defgh", seen and seen.body or "ab\0defgh")
    end)

    it("is told to continue", function()
      local server = listen()
      local client, seen = dial(server), {}
      request(client, "PUT /", "Content-Length: 3\r\nExpect: 100-continue")
      local go_on = responses(server, client, 1, error)
      assert.equal(100, go_on.status)
      send(client, "abc")
      local got = responses(server, client, 1, answer_with(server, {}, seen))
      assert.equal(200, got.status)
      assert.equal("abc", seen[1].body)
    end)
  end)

  describe("a connection", function()
    it("is kept alive", function()
      local server = listen()
      local client, seen = dial(server), {}
      for i = 1, 3 do
        request(client, "POST /" .. i, "Content-Length: 1", tostring(i))
        local got = responses(server, client, 1,
          answer_with(server, { body = "n" .. i }, seen))
        assert.equal("n" .. i, got.body)
      end
      assert.equal("/3", seen[3].target)
      assert.is_false(client.closed)
    end)

    it("may carry requests ahead of their answers", function()
      local server = listen()
      local client = dial(server)
      request(client, "GET /1")
      request(client, "GET /2")
      local first, second = responses(server, client, 2, function(seen)
        assert(server:respond(seen.id, { body = seen.target }))
      end)
      assert.equal("/1", first.body)
      assert.equal("/2", second.body)
    end)

    it("is closed when the client asks for it, or the answer", function()
      local server = listen()
      local _, _, client = ask(server, "GET /", "Connection: close")
      wait_closed(server, client)
      _, _, client = ask(server, "GET /", nil, nil,
        { headers = { Connection = "close" } })
      wait_closed(server, client)
    end)

    it("is one of many, answered in any order", function()
      local server, all, ids = listen(), {}, {}
      for i = 1, 100 do
        all[i] = dial(server)
        request(all[i], "GET /" .. i)
      end
      pump(server, function()
        return #ids == 100
      end, function(seen)
        ids[#ids + 1] = seen
      end, unpack(all))
      for i = 100, 1, -1 do
        assert(server:respond(ids[i].id, { body = ids[i].target }))
      end
      for i = 1, 100 do
        assert.equal("/" .. i, responses(server, all[i], 1, error).body)
      end
    end)
  end)

  describe("an answer", function()
    it("has the status, headers and body that it is given", function()
      local headers = {
        ["X-One"] = "1", ["Set-Cookie"] = { "a=1", "b=2" }, ["X-Empty"] = "",
        ["Retry-After"] = 30, ["Content-Length"] = "99",
        ["Transfer-Encoding"] = "chunked", Connection = "keep-alive",
        ["X-Tab"] = "a\tb\255",
      }
      local got = ask(listen(), "GET /", nil, nil,
        { status = 429, headers = headers, body = "{}" })
      assert.equal(429, got.status)
      assert.equal("1", header(got, "X%-One"))
      assert.equal("", header(got, "X%-Empty"))
      assert.equal("30", header(got, "Retry%-After"))
      assert.equal("a\tb\255", header(got, "X%-Tab"))
      assert.equal("2", header(got, "Content%-Length"))
      assert.is_nil(header(got, "Transfer%-Encoding"))
      assert.equal("{}", got.body)
      local cookies = {}
      for value in got.head:gmatch("Set%-Cookie: ([^\r]*)") do
        cookies[#cookies + 1] = value
      end
      assert.same({ "a=1", "b=2" }, cookies)
    end)

    it("has no body for HEAD, nor with 204", function()
      local server = listen()
      local got, seen, client = ask(server, "HEAD /", nil, nil,
        { body = "12345" })
      assert.equal("HEAD", seen.method)
      assert.equal("5", header(got, "Content%-Length"))
      request(client, "DELETE /")
      got = responses(server, client, 1, answer_with(server, { status = 204 }))
      assert.equal(204, got.status)
      request(client, "GET /")
      got = responses(server, client, 1, answer_with(server, { body = "x" }))
      assert.equal("x", got.body)
    end)

    it("may be a file", function()
      local server, content = listen(), noise(3000001)
      local path = folder .. "/big"
      write_file(path, content)
      local got, _, client = ask(server, "GET /", nil, nil, { file = path })
      assert.is_true(content == got.body)
      write_file(path, "")
      request(client, "GET /")
      got = responses(server, client, 1, answer_with(server, { file = path }))
      assert.equal("0", header(got, "Content%-Length"))
    end)

    it("is still due when the file can't be sent", function()
      local server = listen()
      local client = dial(server)
      request(client, "GET /")
      local seen = queue_request(server, client)
      local fine, message = server:respond(seen.id, { file = folder .. "/no" })
      assert.is_nil(fine)
      assert.equal("cannot send " .. folder .. "/no: No such file or directory",
        message)
      fine, message = server:respond(seen.id,
        { file = folder .. "/" .. ("é"):rep(120) .. "/" .. ("é"):rep(120) })
      assert.is_nil(fine)
      assert.equal("cannot send the file: No such file or directory", message)
      fine, message = server:respond(seen.id, { file = folder })
      assert.is_nil(fine)
      assert.matches("Is a directory$", message)
      assert.is_true(server:respond(seen.id, { status = 500 }))
      assert.equal(500, responses(server, client, 1, error).status)
    end)

    it("raises when it is no answer, and is still due", function()
      local server = listen()
      local client = dial(server)
      request(client, "GET /")
      local seen = queue_request(server, client)
      local wrong = {
        { { headers = { ["X-A"] = "a\r\nX-B: b" } }, "holds a line break or" },
        { { headers = { ["X-A"] = { "a", "b\n" } } }, "holds a line break" },
        { { headers = { ["X-A"] = "a\0" } }, "holds a line break or a NUL" },
        { { headers = { ["X-A: b\r\nC"] = "a" } }, "that is not allowed" },
        { { headers = { [""] = "a" } }, "its name is empty" },
        { { headers = { "a" } }, "a header's name must be a string" },
        { { headers = { ["X-A"] = true } }, "must be a string or a list" },
        { { headers = { ["X-A"] = ("a"):rep(8192) } }, "the bound of 8192" },
        { { headers = "a" }, "'headers' must be a table, not a string" },
        { { status = 99 }, "'status' must be a whole number from 200 to 999" },
        { { body = 12 }, "'body' must be a string, not a number" },
        { { body = "", file = "x" }, "'body' and 'file' exclude each other" },
      }
      for _, case in ipairs(wrong) do
        local fine, message = pcall(server.respond, server, seen.id, case[1])
        assert.is_false(fine)
        assert.is_truthy(message:find(case[2], 1, true), message)
      end
      assert.is_true(server:respond(seen.id, {}))
    end)

    it("leaves the caller's table as it was", function()
      local response = { headers = { ["X-A"] = { 1, "2" }, ["X-B"] = 3 } }
      ask(listen(), "GET /", nil, nil, response)
      assert.same({ headers = { ["X-A"] = { 1, "2" }, ["X-B"] = 3 } }, response)
    end)

    it("needs a request that waits for it", function()
      local server = listen()
      local _, seen = ask(server, "GET /")
      local wrong = { seen.id, seen.id + 1, 0, -1, 0.5, 2 ^ 70, 0 / 0, 1 / 0 }
      for _, id in ipairs(wrong) do
        local fine, message = server:respond(id, {})
        assert.is_nil(fine)
        assert.matches("^no request %S+ waits for an answer$", message)
      end
    end)

    it("may be none: the connection is closed, and nothing is left", function()
      local server = listen({ spool = folder, max_body = 10 })
      local client = dial(server)
      request(client, "PUT /", "Content-Length: 20", ("a"):rep(20))
      local seen = queue_request(server, client)
      assert.is_true(server:drop(seen.id))
      wait_closed(server, client)
      assert.equal("", client.data)
      assert.equal("", files_in(folder))
      for _, id in ipairs{ seen.id, seen.id + 1, 0, 0 / 0 } do
        local fine, message = server:drop(id)
        assert.is_nil(fine)
        assert.matches("^no request %S+ waits for an answer$", message)
      end
      assert.has_error(function() server:drop("x") end)
      assert.equal(200, ask(server, "GET /").status)
      server:close()
      assert.same({ nil, "server is closed" }, { server:drop(1) })
    end)

    it("can't reach a client that is gone", function()
      local server = listen({ spool = folder, max_body = 10 })
      local client = dial(server)
      request(client, "PUT /", "Content-Length: 20", ("a"):rep(20))
      local seen = queue_request(server, client)
      client.socket:close()
      local fine, message = server:respond(seen.id, {})
      assert.is_nil(fine)
      assert.matches("^request %d+ is gone: its client closed", message)
      assert.equal("", files_in(folder))
      fine, message = server:respond(seen.id, {})
      assert.is_nil(fine)
      assert.matches("^no request", message)
      assert.equal(200, ask(server, "GET /").status)
    end)
  end)

  describe("a body over the bound", function()
    it("is refused", function()
      local server = listen({ max_body = 1000 })
      local got, seen, client = ask(server, "PUT /", "Content-Length: 500001",
        noise(500001))
      assert.equal(413, got.status)
      assert.equal("close", header(got, "Connection"))
      assert.equal("the body passes the bound of 1000 bytes\n", got.body)
      assert.is_nil(seen)
      wait_closed(server, client)
      got, seen = ask(server, "PUT /", "Content-Length: 1000", noise(1000))
      assert.equal(200, got.status)
      assert.equal(1000, #seen.body)
    end)

    it("is refused in chunks, too", function()
      local server = listen({ max_body = 9 })
      local got, seen = ask(server, "PUT /", "Transfer-Encoding: chunked",
        "5\r\n12345\r\n5\r\n12345\r\n0\r\n\r\n")
      assert.equal(413, got.status)
      assert.is_nil(seen)
    end)

    it("is refused before it is sent when the client asks", function()
      local server = listen({ max_body = 0 })
      local got, seen = ask(server, "PUT /",
        "Content-Length: 1\r\nExpect: 100-continue")
      assert.equal(413, got.status)
      assert.is_nil(seen)
    end)

    it("goes to a file when there is a folder for it", function()
      local server = listen({ max_body = 1000, spool = folder })
      local body, client = noise(2000000), dial(server)
      request(client, "PUT /", "Content-Length: " .. #body, body)
      local seen = queue_request(server, client)
      assert.equal("", seen.body)
      assert.equal(folder, seen.file:match("^(.*)/"))
      assert.equal("600\n", command("stat -c %a " .. seen.file))
      assert.is_true(body == read_file(seen.file))
      assert.is_true(server:respond(seen.id, { file = seen.file }))
      assert.equal("", files_in(folder))
      assert.is_true(body == responses(server, client, 1, error).body)
    end)

    it("keeps its file when the answer says so", function()
      local server = listen({ max_body = 0, spool = folder })
      local _, seen = ask(server, "PUT /", "Content-Length: 3", "abc",
        { keep = true })
      assert.equal("abc", read_file(seen.file))
      server:close()
      assert.equal("abc", read_file(seen.file))
    end)

    it("is refused past the bound of files, and leaves none", function()
      local server = listen({ max_body = 10, spool = folder, max_file = 1000 })
      local got = ask(server, "PUT /", "Transfer-Encoding: chunked",
        "3e8\r\n" .. noise(1000) .. "\r\n1\r\na\r\n0\r\n\r\n")
      assert.equal(413, got.status)
      assert.equal("", files_in(folder))
    end)

    it("is refused with 500 when its file can't be made", function()
      local server = listen({ max_body = 10, spool = folder })
      assert(os.remove(folder))
      local got = ask(server, "PUT /", "Content-Length: 11", noise(11))
      assert.equal(500, got.status)
    end)

    it("loses its file when the client or the server goes", function()
      local server = listen({ max_body = 10, spool = folder })
      local client = dial(server)
      request(client, "PUT /", "Content-Length: 5000", noise(4999))
      pump(server, function()
        return files_in(folder) ~= ""
      end, error, client)
      client.socket:close()
      pump(server, function()
        return files_in(folder) == ""
      end, error)
      client = dial(server)
      request(client, "PUT /", "Content-Length: 5000", noise(5000))
      queue_request(server, client)
      assert.are_not.equal("", files_in(folder))
      server:close()
      assert.equal("", files_in(folder))
    end)
  end)

  describe("a body over the bound of who is not admitted", function()
    local function chunked(body)
      return ("%x\r\n%s\r\n0\r\n\r\n"):format(#body, body)
    end

    --- Sends a body, and asserts that the request comes without it.
    local function begin(server, headers, body)
      local client = dial(server)
      request(client, "PUT /", headers, body)
      local seen = queue_request(server, client)
      assert.is_true(seen.is_partial)
      assert.equal("", seen.body)
      assert.is_nil(seen.file)
      return client, seen.id
    end

    it("comes whole once it is, with a length and in chunks", function()
      local server = listen({ max_open = 1000, max_body = 100000, spool = folder })
      for _, size in ipairs{ 1001, 99999, 300000 } do
        local body = noise(size)
        for headers, sent in pairs{ ["Content-Length: " .. size] = body,
          ["Transfer-Encoding: chunked"] = chunked(body) } do
          local client, id = begin(server, headers, sent)
          assert.is_true(server:admit(id))
          local seen = queue_request(server, client)
          assert.is_false(seen.is_partial)
          assert.is_true(body == (seen.file and read_file(seen.file) or seen.body))
          assert.is_true(server:respond(seen.id, {}))
          assert.equal(200, responses(server, client, 1, error).status)
        end
      end
    end)

    it("is read past where it is refused, and the connection goes on", function()
      local server = listen({ max_open = 10, spool = folder })
      local body = noise(500000)
      for headers, sent in pairs{ ["Content-Length: 500000"] = body,
        ["Transfer-Encoding: chunked"] = chunked(body) } do
        local client, id = begin(server, headers, sent)
        assert.is_true(server:respond(id, { status = 403 }))
        assert.equal(403, responses(server, client, 1, error).status)
        assert.equal("", files_in(folder))
        request(client, "GET /")
        assert.equal(200, responses(server, client, 1, answer_with(server, {})).status)
      end
    end)

    it("is cut off where it is dropped, and again asked about in the next request", function()
      local server = listen({ max_open = 3 })
      local client, id = begin(server, "Content-Length: 4", "abcd")
      assert.is_true(server:drop(id))
      wait_closed(server, client)
      client, id = begin(server, "Content-Length: 4", "abcd")
      assert.is_true(server:admit(id))
      responses(server, client, 1, answer_with(server, {}))
      request(client, "PUT /", "Content-Length: 4", "abcd")
      assert.is_true(queue_request(server, client).is_partial)
      assert.matches("no request 99 waits", select(2, server:admit(99)))
      server:close()
      assert.matches("closed", select(2, server:admit(1)))
    end)

    it("is none up to the bound", function()
      local server = listen({ max_open = 3 })
      assert.equal("abc", select(2, ask(server, "PUT /", "Content-Length: 3", "abc")).body)
    end)
  end)

  describe("a bad peer", function()
    it("is answered or cut off, and the server goes on", function()
      local server = listen()
      local wrong = {
        "nonsense\r\n\r\n", "\1\2\3\r\n\r\n", "GET\r\n\r\n", "GET \r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
          .. "Content-Length: 3\r\n\r\n0\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
          .. "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
          .. "Content-Length: 9\r\n\r\nGET /smug",
        "GET /" .. ("a"):rep(40000) .. " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /?" .. ("a&"):rep(9000) .. " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: " .. ("a"):rep(40000) .. "\r\n\r\n",
      }
      for _, bytes in ipairs(wrong) do
        local client = dial(server)
        send(client, bytes)
        wait_closed(server, client)
        local status = client.data:match("^HTTP/1.%d (%d+)")
        assert.is_truthy(client.data == "" or status:match("^[45]"))
      end
      assert.equal(200, ask(server, "GET /").status)
    end)

    it("can't send headers without end", function()
      local server = listen()
      local got = ask(server, "GET /", ("A: b\r\n"):rep(99) .. "C: d")
      assert.equal(431, got.status)
      got = ask(server, "GET /", "A: " .. ("b"):rep(16384))
      assert.equal(431, got.status)
      assert.equal(200, ask(server, "GET /", "A: " .. ("b"):rep(16000), nil,
        { headers = { A = ("b"):rep(8000) } }).status)
    end)

    it("may go in the middle of anything", function()
      local server = listen()
      local whole = "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1234"
      for last = 1, #whole do
        local client = dial(server)
        assert.equal(last, client.socket:send(whole:sub(1, last)))
        assert.same({}, server:poll(0))
        client.socket:close()
      end
      assert.equal(200, ask(server, "GET /").status)
    end)

    it("that stops reading doesn't end the process", function()
      local pipe, port, path = spawn_server(16777216)
      local rude = ask_process(port, "/first")
      assert.equal("HTTP/1.1", (rude:receive(8)))
      rude:close()
      local last = ask_process(port, "/last")
      assert.equal("HTTP/1.1", (last:receive(8)))
      assert.equal("served", pipe:read("*l"))
      last:close()
      pipe:close()
      os.remove(path)
    end)
  end)

  describe("a full server", function()
    it("serves the next client as soon as another leaves", function()
      local pipe, port, path = spawn_server(1, "ulimit -n 100 && ")
      local all = {}
      for i = 1, 64 do
        all[i] = ask_process(port, "/" .. i)
        assert.equal("HTTP/1.1", (all[i]:receive(8)))
      end
      local last = ask_process(port, "/last")
      last:settimeout(0.05)
      assert.is_nil((last:receive(8)))
      all[1]:close()
      last:settimeout(PATIENCE)
      assert.equal("HTTP/1.1", (last:receive(8)))
      assert.equal("served", pipe:read("*l"))
      last:close()
      for i = 2, 64 do
        all[i]:close()
      end
      pipe:close()
      os.remove(path)
    end)
  end)

  describe("poll", function()
    it("waits as long as it may, and no longer", function()
      local server = listen()
      local start = socket.gettime()
      assert.same({}, server:poll(0.05))
      local waited = socket.gettime() - start
      assert.is_true(waited >= 0.05 and waited < 5, waited)
      for _, seconds in ipairs({ 0, -1, 0 / 0 }) do
        assert.same({}, server:poll(seconds))
      end
      assert.same({}, server:poll())
    end)

    it("returns as soon as there is a request", function()
      local server = listen()
      local client = dial(server)
      request(client, "GET /")
      move(client)
      local start = socket.gettime()
      local seen = server:poll(math.huge)
      assert.equal(1, #seen)
      assert.is_true(socket.gettime() - start < PATIENCE)
      assert.is_true(server:respond(seen[1].id, {}))
    end)

    it("ends early at a signal, so that the host's hook runs", function()
      local pipe, path = spawn([[
        local server = require("rackspace.httpd").listen()
        local stat = io.open("/proc/self/stat")
        print(stat:read("*n"))
        io.stdout:flush()
        local start = os.time()
        local seen = server:poll(60)
        print("returned", #seen, os.time() - start < 60)]])
      local pid = pipe:read("*l"):match("%d+")
      local stop = socket.gettime() + PATIENCE
      repeat
        local state = read_file("/proc/" .. pid .. "/stat"):match("%) (%a)")
        assert(socket.gettime() < stop)
      until state == "S"
      local start = socket.gettime()
      os.execute("kill -INT " .. pid)
      assert.matches("interrupted!", pipe:read("*a"))
      assert.is_true(socket.gettime() - start < PATIENCE)
      pipe:close()
      os.remove(path)
    end)
  end)

  describe("close", function()
    it("may come while requests wait, and again", function()
      local server = listen()
      local queued, handed, half = dial(server), dial(server), dial(server)
      request(handed, "GET /handed")
      local seen = queue_request(server, handed)
      send(half, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1")
      request(queued, "GET /queued")
      move(queued)
      move(half)
      server:close()
      server:close()
      local fine, message = server:respond(seen.id, {})
      assert.is_nil(fine)
      assert.equal("server is closed", message)
      for _, client in ipairs({ queued, handed, half }) do
        client.socket:settimeout(PATIENCE)
        local _, err = client.socket:receive(1)
        assert.equal("closed", err)
      end
    end)

    it("leaves an object that says so", function()
      local server = listen()
      server:close()
      assert.equal("server (closed)", tostring(server))
      for _, method in ipairs({ "port", "poll" }) do
        local value, message = server[method](server)
        assert.is_nil(value)
        assert.equal("server is closed", message)
      end
    end)

    it("still sends what was answered", function()
      local server = listen()
      local client = dial(server)
      request(client, "GET /")
      local seen = queue_request(server, client)
      assert(server:respond(seen.id, { body = noise(20000) }))
      server:close()
      client.socket:settimeout(PATIENCE)
      local head, _, partial = client.socket:receive("*a")
      assert.equal(noise(20000), (head or partial):match("\r\n\r\n(.*)$"))
    end)

    it("comes with the end of a to-be-closed variable", function()
      local server = listen()
      local chunk = (loadstring or load)("local server <close> = ...")
      local close = chunk or debug.getmetatable(server).__close
      close(server)
      assert.equal("server (closed)", tostring(server))
    end)

    it("comes with the collector", function()
      local server = assert(httpd.listen())
      local port = server:port()
      local client = dial(server)
      request(client, "GET /")
      queue_request(server, client)
      server = nil -- luacheck: ignore
      collectgarbage()
      collectgarbage()
      assert.is_nil((socket.connect("127.0.0.1", port)))
    end)
  end)
end)
