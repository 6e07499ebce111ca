--- 48-chains-of-secrets_spec.lua - nothing of a log-in's body is lost
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")
local login = require("rackspace.login.login")

-- Lua 5.4.4 loses the end of a .. b .. c, where c has a metamethod, when its
-- collector makes the stack of the coroutine smaller in that moment. It did so
-- to bodies of log-ins and to kept tokens.
describe("a body with secrets", function()
  local before

  setup(function()
    if _VERSION == "Lua 5.4" then
      before = collectgarbage("incremental")
    end
  end)

  teardown(function()
    if before then
      collectgarbage(before)
    end
  end)

  local function deep(levels)
    return levels == 0 and 0 or 1 + deep(levels - 1)
  end

  it("is whole while the stack becomes smaller", function()
    local credentials = { username = "demo", api_key = core.secret("0123456789abcdef") }
    local wrong = {}
    for round = 1, 600 do
      coroutine.wrap(function()
        deep(100 + round % 50)
        for _ = 1, 200 do
          local body = login.body(credentials)
          if type(body) ~= "userdata" or body:reveal() ~=
              '{"auth":{"RAX-KSKEY:apiKeyCredentials":' ..
              '{"username":"demo","apiKey":"0123456789abcdef"}}}' then
            wrong[#wrong + 1] = tostring(body)
          end
        end
      end)()
    end
    assert.same({}, wrong)
  end)
end)
