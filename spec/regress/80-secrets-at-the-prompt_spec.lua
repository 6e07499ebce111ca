--- 80-secrets-at-the-prompt_spec.lua - neither history nor save keeps secrets
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local history = require("rackspace.repl.history")
local settings = require("rackspace.session.settings")
local support = require("spec.sandbox.support")

describe("the history", function()
  -- The list of its own that it had lacked user_key and proxy.
  it("holds back each name that the settings call a secret", function()
    local names = settings.secret_names()
    assert.is_true(#names >= 7)
    for _, name in ipairs(names) do
      for _, form in ipairs{ "WORD = 'x'", "s.WORD='x'", "t = { WORD = x }",
          "t['WORD'] = x", 't["WORD"]=x', "t[ [[WORD]] ] = x", "WORD('x')",
          "WORD 'x'", "local WORD <const> = 'x'", "local user, WORD = 'u', 'x'",
          "local WORD, user = 'x', 'u'", "s.WORD, s.user = x, u",
          "WORD --[[ of mine ]] = 'x'", "-- WORD = x", "-- WORD: x",
          "set('WORD', 'x')", "rawset(s, 'old_WORD', x)", "t = { 'WORD', 'x' }",
          "for _, WORD in ipairs{ 'x' } do end", "t['WO' .. 'RD'] = 'x'",
          "f('<WORD>x</WORD>')", "f('login --WORD x')", "s.WORD\n  =\n'x'",
          "old_WORD = 'x'", "f('WORD=x')", 'f("WORD: x")',
          "f([==[WORD = x]==])" } do
        local text = form:gsub("WO'", name:sub(1, 2) .. "'")
          :gsub("'RD", "'" .. name:sub(3)):gsub("WORD", name)
        assert.is_true(history.holds_secret(text), text)
        text = form:gsub("WORD", (name:upper():gsub("_", "-")))
        if text:find("^%-%-") or form:find("[\"']WORD") then
          assert.is_true(history.holds_secret(text), text)
        end
      end
    end
    for _, text in ipairs{ "userKey = 'x'", "rackspace_api_key = k",
        "os.execute(\"curl -H 'X-Auth-Token: abc'\")",
        "p = 'https://user:pass@proxy.example'",
        "os.execute('curl -u joe:x https://a.example')",
        "os.setenv('RACKSPACE_API_KEY', 'x')", "passwd = 'x'", "passphrase 'x'",
        "-- 0123456789abcdef0123456789abcdef" } do
      assert.is_true(history.holds_secret(text), text)
    end
  end)

  it("keeps what only speaks of them", function()
    for _, text in ipairs{ "print(rs.settings.token)", "if x.token == y then",
        "f(password)", "tokens = 5", "x = { subject = 'a password is lost' }",
        "local t, u = token, user", "f('https://a.example:8080/x')",
        "-- tells of the token", "print('password')", "help('token')",
        "t = { 'a password, or a token', 'x' }", "f('<b>token</b>')",
        "f('wc -u a.txt')", "x = a .. 'token' .. b" } do
      assert.is_false(history.holds_secret(text), text)
    end
  end)
end)

describe("what is typed at the prompt", function()
  after_each(file.clean)

  it("is saved without secrets, for its user's eyes only", function()
    local folder = file.folder()
    local typed = file.write(folder .. "/typed", ([[
user_key = "one"
local s = { secret_key = "two" }
proxy, x = "three", 1
password = ("four"):upper() error("failed")
y = 7
save(%q)
]]):format(folder .. "/saved.lua"))
    local code, _, said = support.run(("--sandbox -i -e 'z = 1' < '%s'"):format(
      typed), ("env XDG_STATE_HOME='%s/state'"):format(folder))
    assert.equal(0, code, said)
    local saved = file.read(folder .. "/saved.lua")
    assert.matches("y = 7", saved)
    for _, word in ipairs{ "one", "two", "three", "four" } do
      assert.not_matches(word, saved)
    end
    assert.equal("600\n", support.output("stat -c %a " .. folder ..
      "/saved.lua"))
  end)
end)

-- libcurl writes the keys of all connections to that file.
describe("SSLKEYLOGFILE", function()
  after_each(file.clean)

  local function seen(setting)
    local _, out = support.run("-e 'print(os.getenv(\"SSLKEYLOGFILE\"))'",
      "env " .. setting)
    return out
  end

  it("is not what the program goes by, unless it is asked to", function()
    assert.equal("nil\n", seen("SSLKEYLOGFILE=/tmp/keys"))
    assert.equal("/tmp/own\n", seen("SSLKEYLOGFILE=/tmp/keys " ..
      "RACKSPACE_SSLKEYLOGFILE=/tmp/own"))
    assert.equal("/tmp/own\n", seen("RACKSPACE_SSLKEYLOGFILE=/tmp/own"))
    assert.equal("nil\n", seen("SSLKEYLOGFILE=/tmp/keys " ..
      "RACKSPACE_SSLKEYLOGFILE="))
  end)
end)
