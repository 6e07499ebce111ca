--- support.lua - runs programs beside a spec: the sandbox, curl and jq
-- SPDX-License-Identifier: MIT
local child = require("spec.support.child")
local file = require("spec.support.file")
local json = require("rackspace.base.json")

local program = os.getenv("RACKSPACE_PROGRAM") or "build/lua5.4/rackspace"

local support = { program = program, read = file.read }

--- Returns a string quoted as one word for the shell.
local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

support.quote = quote

--- Returns the command line of an external tool.
local function outside(...)
  local words = { "exec" }
  for i = 1, select("#", ...) do
    words[#words + 1] = quote((select(i, ...)))
  end
  return table.concat(words, " ")
end

--- Returns the standard output of a shell command, which runs without the
-- checker (LD_PRELOAD) of the specs' own process.
function support.output(command)
  local pipe = assert(io.popen("unset LD_PRELOAD; " .. command))
  local text = pipe:read("*a")
  pipe:close()
  return text
end

function support.write(path, text)
  local out = assert(io.open(path, "wb"))
  out:write(text)
  out:close()
  return path
end

--- Creates a folder; remove it with support.remove.
function support.folder()
  return (support.output("mktemp -d"):gsub("\n$", ""))
end

function support.remove(folder)
  os.execute("rm -rf " .. quote(folder))
end

-- ---- a program in the background ----------------------------------------

local job_methods = {}
local job_mt = { __index = job_methods }

--- Returns the next line of the program's output; nil at its end.
function job_methods:line()
  return self.out:read("*l")
end

--- Writes to the program's standard input.
function job_methods:type(text)
  self.process:write(text)
  self.process:flush()
end

function job_methods:signal(name)
  os.execute(("kill -%s $(cat %s/pid)"):format(name, self.folder))
end

--- Closes the program's standard input and waits for its end. Returns its exit
-- code, the rest of its output, and its standard error.
function job_methods:finish()
  if self.closed then
    return self.code
  end
  self.closed = true
  if self.is_open then
    self.process:close()
  end
  local rest = self.out:read("*a")
  self.out:close()
  if not self.is_open then
    self.process:close()
  end
  self.code = tonumber(support.read(self.folder .. "/code"))
  local complaint = support.read(self.folder .. "/err")
  for _, name in ipairs{ "/out", "/err", "/code", "/pid", "/run", "" } do
    assert(os.remove(self.folder .. name))
  end
  return self.code, rest, complaint
end

--- Starts a shell command. Its standard input is the file `from`, or stays open
-- until finish() closes it.
function support.start(command, from)
  local folder = os.tmpname()
  os.remove(folder)
  file.run("mkdir -m 700 %s; mkfifo %s/out", folder, folder)
  support.write(folder .. "/run", ("unset LD_PRELOAD\necho $$ >%s/pid\nexec %s\n")
    :format(folder, command))
  local line = ("sh %s/run >%s/out 2>%s/err %s; echo $? >%s/code"):format(
    folder, folder, folder, from and "<" .. from or "", folder)
  local process = assert(io.popen(line, "w"))
  local out = assert(io.open(folder .. "/out", "r"))
  return setmetatable({ process = process, out = out, folder = folder,
    is_open = not from }, job_mt)
end

--- Runs `rackspace` with arguments. Returns its exit code, output and standard
-- error.
-- @param settings text before it, as in "env -i", or nil
function support.run(arguments, settings)
  local job = support.start(("%s %s %s"):format(settings or "", quote(program),
    arguments), "/dev/null")
  return job:finish()
end

-- ---- a sandbox in the background ------------------------------------------

--- Starts `rackspace sandbox` with options. Returns the job, with the members of
-- its first line (`url`, `users` and so on), or nil and its standard error.
function support.serve(options)
  local job = support.start(("%s sandbox --with-stdin %s"):format(
    quote(program), options or ""))
  local first = job:line()
  if not first then
    local code, _, complaint = job:finish()
    return nil, complaint, code
  end
  for name, value in pairs(assert(json.decode(first))) do
    job[name] = value
  end
  return job
end

-- ---- curl and jq ----------------------------------------------------------

-- As script/specs sets it, for a sandbox's controls.
local control = "X-Sandbox-Token: " .. (os.getenv("RACKSPACE_SANDBOX_TOKEN") or "")

--- Sends a request by curl. Returns { status =, headers = lower-case, body = }.
function support.curl(...)
  local text = support.output(outside("curl", "-sS", "--max-time",
    tostring(child.PATIENCE), "--path-as-is", "-i", "-H", "Expect:", "-H", control, ...))
  local status, head, body = text:match("^HTTP/1.1 (%d+)[^\r\n]*(.-\r\n)\r\n(.*)$")
  assert(status, "no answer: " .. text)
  local headers = {}
  for name, value in head:gmatch("\r\n([^:\r\n]+): *([^\r\n]*)") do
    headers[name:lower()] = value
  end
  return { status = tonumber(status), headers = headers, body = body }
end

-- The parts of a path of jq's: .name, ."any text", ["any text"] and [0].
local PARTS = { "^%.([%a_][%w_]*)()", '^%."([^"\\]+)"()', '^%.?%["([^"\\]+)"%]()',
  "^%[(%d+)%]()" }

--- Returns the first key of a path and the rest of the path.
local function split_path(path)
  for i, pattern in ipairs(PARTS) do
    local key, rest = path:match(pattern)
    if key then
      return i == #PARTS and tonumber(key) + 1 or key, path:sub(rest)
    end
  end
end

--- Returns the value at a path, or raises if it is not a path.
local function value_at(value, path)
  path = path ~= "." and path or ""
  while path ~= "" do
    local key
    key, path = split_path(path)
    assert(key and (value == nil or type(value) == "table"))
    value = value and value[key]
  end
  return value
end

local FUNCTIONS = {
  length = function(value) -- of a list
    assert(#value > 0 or json.is_array(value))
    return #value
  end,
  keys = function(value) -- of an object
    local names = {}
    for name in pairs(value) do
      names[#names + 1] = name
    end
    table.sort(names)
    assert(type(names[1]) == "string")
    return names
  end,
}

--- Does what jq would for a path, with "| length" or "| keys" after it, because
-- each start of jq takes 45 ms. Raises where this is left to jq.
local function read_simply(text, filter)
  local path, name = filter:match("^(%S+) | (%l+)$")
  if FUNCTIONS[filter] then
    path, name = ".", filter
  end
  local value = value_at(assert(json.decode(text)), path or filter)
  if name then
    value = FUNCTIONS[name](value)
  end
  if type(value) == "string" then
    return value
  end
  return (assert(json.encode(value == nil and json.null or value)):gsub("\\/", "/"))
end

--- Returns the output of a jq filter for a JSON text, compact, with sorted keys.
function support.jq(text, filter)
  local is_read, read = pcall(read_simply, text, filter)
  if is_read then
    return read
  end
  local path = support.write(os.tmpname(), text)
  local made = support.output(outside("jq", "-rcS", filter, path))
  os.remove(path)
  return (made:gsub("\n$", ""))
end

--- What jq's filter makes of a JSON text, or what a function makes of its value.
function support.pick(text, filter)
  if type(filter) == "function" then
    return filter(assert(json.decode(text)))
  end
  return support.jq(text, filter)
end

--- What a fault's body says: its element's name, code and message.
function support.fault(answer)
  local name, fault = next(assert(json.decode(answer.body)))
  return name, fault.code, fault.message
end

--- Logs in to the sandbox at a URL by a user's API key. Returns the token.
function support.token(box, number)
  local user = box.users[number or 1]
  local answer = support.curl("-H", "Content-Type: application/json", "-d",
    ('{"auth":{"RAX-KSKEY:apiKeyCredentials":{"username":"%s","apiKey":"%s"}}}')
      :format(user.username, user.api_key), box.url .. "/v2.0/tokens")
  return support.jq(answer.body, ".access.token.id")
end

--- Returns a client of a sandbox, for its first user or with `token`.
function support.serve_user(options)
  local box = assert(support.serve(options))
  box.token = support.token(box)
  return box
end

--- Returns the body at a path or a URL.
function job_methods:get(target, ...)
  return support.curl("-H", "X-Auth-Token: " .. self.token,
    target:find("^http") and target or self.url .. target, ...)
end

--- What jq's filter makes of it, or a function of the decoded body.
function job_methods:read(target, filter)
  local answer = self:get(target)
  assert(answer.status == 200, answer.body)
  return support.pick(answer.body, filter)
end

return support
