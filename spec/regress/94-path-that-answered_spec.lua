--- 94-path-that-answered_spec.lua - a session keeps to the path that answered
-- SPDX-License-Identifier: MIT
local rackspace = require("rackspace")
local raises = require("spec.support.raises")
local stub = require("spec.support.stub")

local PLURAL = "/v1/customer_accounts/CLOUD/1/status_history"
local SINGULAR = "/v1/customer_account/CLOUD/1/status_history"

describe("status_history, whose path the documents print in two ways,", function()
  local rs, requests, answers

  --- A session with a service that has some of the paths.
  local function session(settings)
    rs, requests = stub.session(function(request)
      local path = request.url:gsub("^http://localhost", "")
      local status = answers[path] or 404
      return stub.reply(status, status == 200 and { statusChange = {} } or { message = "no" })
    end, settings)
  end

  --- What is asked by a call of an account, in order.
  local function asked(id)
    local before, paths = #requests, {}
    local _, _, err = rs.accounts:status_history("CLOUD/" .. (id or 1))
    for i = before + 1, #requests do
      paths[#paths + 1] = requests[i].url:match("customer_accounts?")
    end
    return table.concat(paths, " "), err and err.status
  end

  before_each(function()
    answers = {}
  end)

  it("is asked for at the one that answered, once it did", function()
    session()
    assert.same({ "customer_accounts customer_account", 404 }, { asked() })
    answers[SINGULAR] = 200
    assert.same({ "customer_accounts customer_account" }, { asked() })
    assert.same({ "customer_account" }, { asked() })
    assert.same({ "customer_account", 404 }, { asked(2) })
    answers[PLURAL] = 200
    assert.same({ "customer_account" }, { asked() })
  end)

  it("is not asked for at the other when the first has answered before", function()
    session()
    answers[PLURAL] = 200
    assert.same({ "customer_accounts" }, { asked() })
    assert.same({ "customer_accounts", 404 }, { asked(2) })
    answers[PLURAL] = 500
    assert.same({ "customer_accounts", 500 }, { asked() })
  end)

  it("is looked for anew by each session, and after other failures", function()
    answers[PLURAL] = 503
    session()
    assert.same({ "customer_accounts", 503 }, { asked() })
    answers = { [SINGULAR] = 200 }
    assert.same({ "customer_accounts customer_account" }, { asked() })
    session()
    assert.same({ "customer_accounts customer_account" }, { asked() })
  end)

  it("is at the path that a setting fixes, and nowhere else", function()
    for setting, word in pairs{ plural = "customer_accounts", singular = "customer_account" } do
      session{ status_history_path = setting }
      answers = {}
      assert.same({ word, 404 }, { asked() })
      answers = { [PLURAL] = 200, [SINGULAR] = 200 }
      assert.same({ word }, { asked() })
      assert(rs.accounts:timeline("CLOUD/1"))
    end
    assert.matches([['status_history_path' must be "plural" or "singular", not 'both']],
      raises(function() rackspace.new{ status_history_path = "both" } end))
  end)

  it("is found at either in the sandbox", function()
    for _, setting in ipairs{ "plural", "singular" } do
      local box = assert(rackspace.new{ sandbox = true, status_history_path = setting })
      assert.is_true(#assert(box.accounts:status_history("CLOUD/10101")) > 0)
      box:close()
    end
  end)
end)
