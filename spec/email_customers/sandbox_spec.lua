--- sandbox_spec.lua - the sandbox's Email & Apps, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local curl, jq = support.curl, support.jq

local AGENT = "A judge/1.0 (of its own)"

local hashes = {} -- by what is hashed

--- The SHA-1 of a text in Base64, by openssl.
local function hash_of(text)
  hashes[text] = hashes[text] or support.output(("printf '%%s' '%s' | "
    .. "openssl dgst -sha1 -binary | openssl base64"):format(text)):gsub("\n", "")
  return hashes[text]
end

--- The documented header.
local function sign(keys, agent, stamp)
  local hash = hash_of(keys.user_key .. agent .. stamp .. keys.secret_key)
  return ("X-Api-Signature: %s:%s:%s"):format(keys.user_key, stamp, hash)
end

local DOCUMENTED = '{"customers":[{"accountNumber":"460182","name":"API Customer 17",'
  .. '"referenceNumber":"49"},{"accountNumber":"460181","name":"API Customer 39",'
  .. '"referenceNumber":"23"},{"accountNumber":"460183","name":"API Customer 50",'
  .. '"referenceNumber":"10"}],"offset":0,"size":50,"total":3}'

describe("the sandbox's Email & Apps", function()
  local box, keys, other

  before_each(function()
    box = assert(support.serve())
    keys, other = box.users[1].email, box.users[2].email
    assert.same(keys, box.credentials.email)
  end)

  after_each(function()
    assert.equal(0, (box:finish()))
  end)

  local function ask(target, ...)
    return curl("-A", AGENT, "-H", sign(keys, AGENT, "20010308143725"), "-H",
      "Accept: application/json", box.url .. target, ...)
  end

  local function message(answer)
    local _, code, said = support.fault(answer)
    assert.equal(answer.headers["x-error-message"], said)
    assert.equal(answer.status, code)
    return answer.status .. " " .. said
  end

  it("lists as the documents print it, in JSON and in XML", function()
    for _, target in ipairs{ "/v1/customers", "/v0/customers", "/customers" } do
      assert.equal(DOCUMENTED, jq(ask(target).body, "."))
    end
    local path = os.tmpname()
    for _, accept in ipairs{ "Accept: text/xml", "Accept:" } do
      local answer = curl("-A", AGENT, "-H", sign(keys, AGENT, "20010308143725"), "-H", accept,
        box.url .. "/v1/customers")
      assert.equal("text/xml; charset=utf-8", answer.headers["content-type"])
      support.write(path, answer.body)
      assert.equal("customerList|urn:xml:customerList|0|50|3|API Customer 17|460182|49|3\n",
        support.output("xmllint --xpath 'concat(local-name(/*), \"|\", "
          .. "namespace-uri(/*), \"|\", /*/*[1], \"|\", /*/*[2], \"|\", /*/*[3], \"|\", "
          .. "/*/*[4]/*[1]/*[1], \"|\", /*/*[4]/*[1]/*[2], \"|\", /*/*[4]/*[1]/*[3], \"|\", "
          .. "count(//*[local-name()=\"customer\"]))' " .. path .. " | sed 's/$//'"))
    end
    os.remove(path)
  end)

  it("shows one by number, by reference and as the key's own", function()
    local sample = '{"accountNumber":"460182","name":"API Customer 17","referenceNumber":"49"}'
    assert.equal(sample, jq(ask("/v1/customers/460182").body, "."))
    assert.equal(sample, jq(ask("/v1/customers?referenceNumber=49").body, "."))
    keys = other
    assert.equal(sample, jq(ask("/v1/customers/me").body, "."))
    assert.equal(403, ask("/v1/customers/460182").status)
  end)

  it("checks the signature against the agent that came", function()
    local good = sign(keys, AGENT, "20010308143725")
    local refused = { { AGENT .. "x", good }, { AGENT, (good:gsub(".$", "!")) },
      { AGENT, "X-Api-Signature: x" }, { AGENT, "X-None: x" },
      { AGENT, sign(keys, AGENT, "2001") },
      { AGENT, sign({ user_key = keys.user_key, secret_key = "x" }, AGENT, "20010308143725") },
      { AGENT, sign({ user_key = "x", secret_key = keys.secret_key }, AGENT, "20010308143725") } }
    for _, case in ipairs(refused) do
      local answer = curl("-A", case[1], "-H", case[2], "-H", "Accept: application/json",
        box.url .. "/v1/customers/me")
      assert.equal("403 Authentication failed.", message(answer))
      assert.equal('["unauthorizedFault"]', jq(answer.body, "keys"))
    end
    assert.equal(200, ask("/v1/customers/me").status)
  end)

  it("pages and searches as documented", function()
    local function numbers(query)
      return support.pick(ask("/v1/customers?" .. query).body, function(page)
        local list = {}
        for i, customer in ipairs(page.customers) do
          list[i] = customer.accountNumber
        end
        return ("%d %d %d "):format(page.offset, page.size, page.total) .. table.concat(list, " ")
      end)
    end
    for query, expected in pairs{
      ["size=2"] = "0 2 3 460182 460181", ["size=2&offset=2"] = "2 2 3 460183",
      ["size=1000"] = "0 250 3 460182 460181 460183", ["offset=9"] = "9 50 3 ",
      ["size=100&page=1"] = "0 100 3 460182 460181 460183",
      ["contains=customer%2039"] = "0 50 1 460181", ["contains=0183"] = "0 50 1 460183",
      ["startswith=49"] = "0 50 1 460182", ["startswith=Customer"] = "0 50 0 ",
      ["startswith=0-9"] = "0 50 0 ", ["startswith=api+c"] = "0 50 3 460182 460181 460183",
    } do
      assert.equal(expected, numbers(query))
    end
    assert.equal(400, ask("/v1/customers?startswith=a&contains=b").status)
  end)

  it("adds, edits and deletes, versioned or as printed", function()
    for _, base in ipairs{ "/customers", "/v1/customers" } do
      local added = ask(base, "-d", "name=A+b%20c&referenceNumber=77")
      assert.equal(200, added.status)
      assert.equal("", added.body)
      local number = jq(ask("/v1/customers?referenceNumber=77").body, ".accountNumber")
        :gsub('"', "")
      assert.equal('"A b c"', '"' .. jq(ask("/v1/customers/" .. number).body, ".name")
        :gsub('"', "") .. '"')
      assert.equal(200, ask(base .. "/" .. number, "-X", "PUT", "-d", "name=New").status)
      assert.equal("New77", (jq(ask("/v1/customers/" .. number).body,
        ".name + .referenceNumber"):gsub('"', "")))
      assert.equal(200, ask(base .. "/" .. number, "-X", "DELETE").status)
      assert.equal("404 Customer Not Found", message(ask("/v1/customers/" .. number)))
    end
  end)

  it("takes duplicates, and a body of JSON", function()
    for _ = 1, 2 do
      assert.equal(200, ask("/v1/customers", "-H", "Content-Type: application/json", "-d",
        '{"name":"Twin","referenceNumber":"8"}').status)
    end
    assert.equal("2", (jq(ask("/v1/customers?contains=twin").body, ".total")))
    local first = jq(ask("/v1/customers?contains=twin").body, ".customers[0].accountNumber")
    assert.equal(first, jq(ask("/v1/customers?referenceNumber=8").body, ".accountNumber"))
  end)

  it("says what the documents say of what is wrong", function()
    local customers, one = "/v1/customers", "/v1/customers/460181"
    assert.equal("400 Missing required field: name", message(ask(customers, "-d", "x=1")))
    assert.equal("400 Missing required field: name", message(ask(customers, "-X", "POST")))
    for _, target in ipairs{ customers, one } do
      local method = target == one and "PUT" or "POST"
      assert.equal("400 Required field name cannot be empty",
        message(ask(target, "-X", method, "-d", "name=")))
      assert.equal("400 Improper Customer Name",
        message(ask(target, "-X", method, "-d", "name=%20a")))
    end
    assert.equal("404 Invalid account number", message(ask("/v1/customers/abc")))
    for _, method in ipairs{ "GET", "PUT", "DELETE" } do
      assert.equal("404 Customer Not Found",
        message(ask("/v1/customers/123456", "-X", method)))
    end
    local odd = curl("-A", AGENT, "-H", sign(keys, AGENT, "20010308143725"), "-H",
      "Accept: image/png", box.url .. customers)
    assert.equal("406 Invalid format", message(odd))
    assert.equal(404, ask("/v7/customers").status)
    local answer = curl("-A", AGENT, "-H", sign(keys, AGENT, "20010308143725"), "-H",
      "Accept: text/xml", box.url .. "/v1/customers/123456")
    assert.matches("<itemNotFoundFault [^>]*><message>Customer Not Found</message>", answer.body)
    assert.matches("^%d+/%d+/%d+ %d+:%d%d:%d%d [AP]M$",
      (jq(odd.body, ".[].details"):gsub('"', "")))
  end)

  it("lets administrators in, but for disabled customers", function()
    local token = ask("/v1/customers/460181/loginToken", "-d", "userName=a&virtualUser=true")
    assert.equal("true", jq(token.body, '.token | test("^[0-9a-f]{41}$")'))
    assert.equal("400 Missing required field: userName",
      message(ask("/v1/customers/460181/loginToken", "-X", "POST")))
    assert.equal(200, ask("/v1/customers/460181/disable", "-X", "POST").status)
    assert.equal(403, ask("/v1/customers/460181/loginToken", "-d", "userName=a").status)
    assert.equal(200, ask("/v1/customers/460181/enable", "-X", "POST").status)
    assert.equal(200, ask("/v1/customers/460181/loginToken", "-d", "userName=a").status)
  end)

  it("counts each key's calls, also those that it refuses", function()
    for _ = 1, 30 do
      assert.equal(404, ask("/v1/customers/5", "-X", "DELETE").status)
    end
    local refused = ask("/v1/customers/5", "-X", "DELETE")
    assert.equal("403 Exceeded request limits", message(refused))
    assert.is_nil(refused.headers["retry-after"])
    assert.equal(200, ask("/v1/customers/me").status)
    curl("-H", "Content-Type: application/json", "-d", '{"seconds":60}',
      box.url .. "/sandbox/advance")
    assert.equal(404, ask("/v1/customers/5", "-X", "DELETE").status)
  end)
end)
