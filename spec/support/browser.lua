--- browser.lua - a headless Chromium that a spec drives, where there is one
-- SPDX-License-Identifier: MIT
local json = require("rackspace.base.json")
local support = require("spec.sandbox.support")

local browser = {}

local browser_methods = {}
local browser_mt = { __index = browser_methods }

--- WebDriver's names of keys.
browser.keys = { tab = "\238\128\132", enter = "\238\128\135", space = " " }

--- Whether this is the run that opens pages. One is enough, of all the builds
-- and of all the ways to run their specs: no page depends on them.
function browser.is_wanted()
  return (os.getenv("RACKSPACE_BUILD") or ""):find("/lua5%.4$") ~= nil and
    not os.getenv("RACKSPACE_SPEC_GC") and not os.getenv("RACKSPACE_SPEC_UNDER")
end

--- Why there is no browser here, or nil.
function browser.problem()
  local found = support.output("command -v chromium && command -v chromedriver")
  if not found:find("\n.+\n") then
    return "chromium and chromium-driver are not installed: no page is opened"
  end
end

--- One command to the driver; what it gives.
local function ask(self, method, path, body)
  local text = body and assert(json.encode(body)) or "{}"
  local file = support.write(self.folder .. "/body", text)
  local answer, status = support.output(("curl -s -X %s -w '\\n%%{http_code}' " ..
    "-H 'Content-Type: application/json' %s %s"):format(method,
    method == "POST" and "--data-binary @" .. file or "", self.url .. path)):match("^(.*)\n(%d+)$")
  assert(status == "200", path .. ": " .. tostring(status) .. " " .. tostring(answer))
  return json.decode(answer).value
end

--- Opens a file, as somebody who got it does.
function browser_methods:open(path)
  ask(self, "POST", self.session .. "/url", { url = "file://" .. path })
end

--- What a script in the page returns.
function browser_methods:run(script)
  return ask(self, "POST", self.session .. "/execute/sync", { script = script,
    args = json.array{} })
end

--- Presses keys, one after the other.
function browser_methods:press(...)
  local actions = json.array{}
  for i = 1, select("#", ...) do
    local key = select(i, ...)
    actions[#actions + 1] = { type = "keyDown", value = key }
    actions[#actions + 1] = { type = "keyUp", value = key }
  end
  ask(self, "POST", self.session .. "/actions", { actions = json.array{
    { type = "key", id = "keyboard", actions = actions } } })
end

--- A command of the DevTools.
function browser_methods:command(name, parameters)
  return ask(self, "POST", self.session .. "/goog/cdp/execute", { cmd = name,
    params = parameters or { none = true } })
end

--- Prefers "dark" or "light" from now on.
function browser_methods:prefer(scheme)
  self:command("Emulation.setEmulatedMedia", { features = json.array{
    { name = "prefers-color-scheme", value = scheme } } })
end

--- The window's size.
function browser_methods:resize(width, height)
  self:command("Emulation.setDeviceMetricsOverride", { width = width, height = height,
    deviceScaleFactor = 1, mobile = false })
end

--- What stands in the console since it was asked for last: a list of texts.
function browser_methods:console()
  local texts = {}
  for i, entry in ipairs(ask(self, "POST", self.session .. "/se/log", { type = "browser" })) do
    texts[i] = entry.level .. " " .. entry.message
  end
  return texts
end

--- Ends it.
function browser_methods:close()
  ask(self, "DELETE", self.session)
  self.job:signal("TERM")
  self.job:finish()
  support.remove(self.folder)
end

local arguments = { "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
  "--hide-scrollbars", "--no-first-run", "--disable-extensions" }

--- A browser, with a profile of its own.
function browser.start()
  local folder = support.folder()
  local job = support.start(("env HOME=%s chromedriver --port=0"):format(
    support.quote(folder)))
  local port
  while not port do
    local line = assert(job:line(), "chromedriver has not started")
    port = line:match("successfully on port (%d+)")
  end
  local self = setmetatable({ job = job, folder = folder, url = "http://127.0.0.1:" .. port },
    browser_mt)
  local args = json.array{ "--user-data-dir=" .. folder .. "/profile" }
  for _, argument in ipairs(arguments) do
    args[#args + 1] = argument
  end
  local session = ask(self, "POST", "/session", { capabilities = { alwaysMatch = {
    browserName = "chrome", ["goog:loggingPrefs"] = { browser = "ALL" },
    ["goog:chromeOptions"] = { args = args } } } })
  self.session = "/session/" .. session.sessionId
  return self
end

return browser
