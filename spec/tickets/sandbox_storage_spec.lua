--- sandbox_storage_spec.lua - the sandbox's file host, asked by curl
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local unpack = table.unpack or unpack

local curl, jq = support.curl, support.jq

describe("the sandbox's storage", function()
  local box, token, folder

  setup(function()
    box = assert(support.serve("--limits off"))
    token = support.token(box)
    folder = support.folder()
  end)

  teardown(function()
    assert.equal(0, (box:finish()))
    support.remove(folder)
  end)

  local function put(name, bytes)
    return support.write(folder .. "/" .. name, bytes)
  end

  --- A place: its fields by name.
  local function slot(name)
    local answer = curl("-H", "X-Auth-Token: " .. token, "-H",
      "Accept: multipart/form-data", "-F", "filename=;filename=" .. name,
      box.url .. "/attachment")
    assert.equal(200, answer.status, answer.body)
    local place = {}
    for _, field in ipairs{ "uuid", "upload_url", "signature", "expires",
      "max_file_size", "max_file_count" } do
      place[field] = jq(answer.body, ".attachment_data." .. field)
    end
    return place
  end

  --- Posts a form with a place's fields but for those that are given.
  local function post(place, other, files)
    local words = {}
    for _, name in ipairs{ "redirect", "max_file_size", "max_file_count",
      "expires", "signature" } do
      words[#words + 1] = "--form-string"
      words[#words + 1] = name .. "=" .. (other[name] or place[name] or "")
    end
    for _, part in ipairs(files) do
      words[#words + 1] = "-F"
      words[#words + 1] = part
    end
    words[#words + 1] = place.upload_url
    return curl(unpack(words))
  end

  local function ticket_with(attachment)
    return curl("-H", "X-Auth-Token: " .. token, "-H",
      "Content-Type: application/json", "-d", '{"accountId":"10101",' ..
      '"subject":"S","category":"Incident","subcategory":"General",' ..
      '"comment":{"text":"x","attachments":[' .. attachment .. "]}}",
      box.url .. "/tickets")
  end

  it("takes a form with a file, and gives it by a URL", function()
    for _, length in ipairs{ 0, 5, 3000000 } do
      local bytes = ("a\0\r\n--"):rep(500000):sub(1, length)
      local place = slot("a.log")
      local answer = post(place, {}, { "file1=@" .. put("in", bytes) ..
        ";filename=a.log" })
      assert.same({ 201, "201 Created" }, { answer.status, answer.body })
      local ticket = ticket_with(('{"filename":"b c.log","uuid":"%s"}'):format(
        place.uuid))
      assert.equal(200, ticket.status, ticket.body)
      local shown = jq(ticket.body, ".comments[0].attachments[0]")
      assert.equal('["filename","url","uuid"]', jq(shown, "keys"))
      answer = curl(jq(shown, ".url"))
      assert.equal(200, answer.status)
      assert.is_true(answer.body == bytes)
    end
  end)

  it("says as Swift does why it takes none", function()
    local file = "file1=@" .. put("in", "bytes") .. ";filename=a.log"
    local place = slot("a.log")
    for _, case in ipairs{
      { { signature = ("0"):rep(40) }, 401, "FormPost: Invalid Signature", file },
      { { max_file_size = "9" }, 401, "FormPost: Invalid Signature", file },
      { {}, 401, "FormPost: Invalid Signature", "max_file_size=<" .. put("nul", "9\0"), file },
      { { redirect = "http://x/" }, 401, "FormPost: Invalid Signature", file },
      { { expires = "1" }, 401, "FormPost: Form Expired", file },
      { { expires = "x" }, 401, "FormPost: Form Expired", file },
      { {}, 400, "400 Bad Request\r\nFormPost: No Files To Process", "a=b" },
      { {}, 400, "400 Bad Request\r\nFormPost: Max File Count Exceeded", file,
        file },
    } do
      local answer = post(place, case[1], { case[4], case[5] })
      assert.same({ case[2], case[3] }, { answer.status, answer.body })
    end
    local answer = curl("-H", "Content-Type: text/plain", "-d", "x", place.upload_url)
    assert.equal(400, answer.status)
    assert.equal(400, ticket_with(('{"filename":"a.log","uuid":"%s"}'):format(
      place.uuid)).status)
    assert.equal(201, post(place, {}, { file }).status)
  end)

  it("takes a file by PUT where a ticket says so", function()
    local ticket = ticket_with('{"filename":"a.log"}').body
    local url = jq(ticket, ".comments[0].attachments[0].upload_url")
    assert.matches("%?temp_url_sig=%x+&temp_url_expires=%d+$", url)
    local bytes = ("\0\1\r\n"):rep(500000)
    for _, wrong in ipairs{ (url:gsub("sig=.", "sig=x")),
      (url:gsub("expires=.", "expires=9")), (url:gsub("%?.*", "")),
      (url:gsub("c46b/", "c46b/x")) } do
      local answer = curl("-T", put("in", bytes), wrong)
      assert.equal(401, answer.status)
      assert.equal("401 Unauthorized: Temp URL invalid\n", answer.body)
    end
    assert.equal(401, curl(url).status)
    assert.equal(201, curl("-T", put("in", bytes), url).status)
    ticket = curl("-H", "X-Auth-Token: " .. token, box.url .. "/tickets/" ..
      jq(ticket, ".ticketId")).body
    local from = jq(ticket, ".comments[0].attachments[0].url")
    assert.is_true(curl(from).body == bytes)
    assert.equal(401, curl("-T", put("in", bytes), from).status)
    assert.equal(405, curl("-X", "DELETE", from).status)
  end)

  it("wants no token", function()
    local place = slot("a.log")
    local answer = curl("-H", "X-Auth-Token: " .. token, place.upload_url)
    assert.equal(400, answer.status)
    assert.matches("token", answer.body, 1, true)
    assert.is_nil(answer.body:find(token, 1, true))
  end)

  it("has a place only for who may, and for what can be a name", function()
    local second = support.token(box, 2)
    assert.equal(403, curl("-H", "X-Auth-Token: " .. second, "-F",
      "filename=a", box.url .. "/attachment").status)
    assert.equal(401, curl("-F", "filename=a", box.url .. "/attachment").status)
    for _, wrong in ipairs{ "other=x", "filename=;filename=a.exe", "filename= " } do
      local answer = curl("-H", "X-Auth-Token: " .. token, "-F", wrong,
        box.url .. "/attachment")
      assert.equal("400 badRequest", jq(answer.body, '"\\(.status) \\(.faultCode)"'))
    end
    assert.equal(200, curl("-H", "X-Auth-Token: " .. token, "-F",
      "filename=@" .. put("a.log", ("x"):rep(2000000)), box.url .. "/attachment").status)
  end)

  it("is the only one that takes what memory can't hold", function()
    local large = put("large", '{"x":"' .. ("y"):rep(2000000) .. '"}')
    for _, path in ipairs{ "/tickets", "/v2.0/tokens" } do
      assert.equal(413, curl("-H", "Content-Type: application/json", "-d",
        "@" .. large, box.url .. path).status)
    end
  end)
end)
