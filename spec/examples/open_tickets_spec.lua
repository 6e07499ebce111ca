--- open_tickets_spec.lua - tickets from a spreadsheet: killed anywhere, none opens twice
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local NEVER = 0 -- the step at which nobody dies

describe("examples/05-open-tickets.lua", function()
  local box, folder, runs

  before_each(function()
    folder, runs = support.folder(), 0
    box = assert(support.serve())
  end)

  after_each(function()
    assert.same({ 0, "", "" }, { box:finish() })
    support.remove(folder)
  end)

  --- Rows of a spreadsheet with keys of their own.
  local function sheet(prefix)
    return support.write(folder .. "/rows.csv", (
      "%s-1,10101,Incident,Disk,sda is failing\r\n" ..
      '%s-2,hybrid:5342844,Change,"Ports, again","Open ""8443"", please"\r\n'):format(
      prefix, prefix))
  end

  --- Runs the script until its end or a step's: its exit status and a table of
  -- what it said of each key.
  local function run(rows, journal, step)
    local job = support.start(("%s spec/support/dying.lua %s %d examples/05-open-tickets.lua %s %s")
      :format(support.quote(support.program), box.url, step, rows, journal), "/dev/null")
    local code, out = job:finish()
    local told = {}
    for key, what in out:gmatch("([^\t\n]+)\t(%l+)\t[^\n]*\n") do
      told[key] = (told[key] and told[key] .. ", " or "") .. what
    end
    runs = runs + 1
    return code, told
  end

  --- The tickets of the sandbox: { [subject] = a list of ids }.
  local function tickets()
    local answer = support.curl("-H", "X-Auth-Token: " .. support.token(box),
      box.url .. "/tickets?limit=100")
    local found = {}
    for id, subject in (support.jq(answer.body, [[.tickets[] | "\(.ticketId) \(.subject)"]]) ..
        "\n"):gmatch("(%S+) ([^\n]*)\n") do
      found[subject] = found[subject] or {}
      table.insert(found[subject], id)
    end
    return found
  end

  local function expect_one_each(prefix, found)
    found = found or tickets()
    assert.equal(1, #(found["Disk [" .. prefix .. "-1]"] or {}), prefix)
    assert.equal(1, #(found["Ports, again [" .. prefix .. "-2]"] or {}), prefix)
  end

  --- What a journal says last of a key.
  local function last_word(journal, key)
    local word
    for line in (io.open(journal) and support.read(journal) or ""):gmatch("[^\n]+\n") do
      word = line:match("^(%l+) " .. key:gsub("%-", "%%-") .. " ") or word
    end
    return word
  end

  local function control(action, body)
    assert.equal(204, support.curl("-H", "Content-Type: application/json", "-d", body,
      box.url .. "/sandbox/" .. action).status)
  end

  it("opens a ticket for each row, within the limit, and nothing when run again", function()
    local rows, journal = sheet("k"), folder .. "/journal"
    assert.same({ 0, { ["k-1"] = "made", ["k-2"] = "made" } },
      { run(rows, journal, NEVER) })
    expect_one_each("k")
    local before = support.read(journal)
    local id = tickets()["Ports, again [k-2]"][1]
    assert.equal("made k-2 " .. id .. "\n", before:match("[^\n]*\n$"))
    assert.same({ 0, {} }, { run(rows, journal, NEVER) })
    assert.equal(before, support.read(journal))

    local shown = support.curl("-H", "X-Auth-Token: " .. support.token(box),
      box.url .. "/tickets/" .. id)
    assert.equal('hybrid:5342844 Change General Open "8443", please', support.jq(shown.body,
      [["\(.accountId) \(.category) \(.subcategory) \(.comments[0].text)"]]))
  end)

  it("opens none twice and leaves none out when it is killed at any step", function()
    local step, killed, unknown = 0, 0, 0
    repeat
      step = step + 1
      control("advance", '{ "seconds": 60 }') -- the service's limit is another run's affair
      local prefix = "s" .. step
      local rows, journal = sheet(prefix), folder .. "/journal" .. step
      local code = run(rows, journal, step)
      if code == 137 then
        killed = killed + 1
        for row = 1, 2 do
          unknown = unknown + (last_word(journal, prefix .. "-" .. row) == "begun" and 1 or 0)
        end
        local word = { last_word(journal, prefix .. "-1"), last_word(journal, prefix .. "-2") }
        local again, told = run(rows, journal, NEVER)
        assert.equal(0, again)
        for row = 1, 2 do
          assert.equal(word[row] == "begun", (told[prefix .. "-" .. row] or "")
            :find("^unknown, ") ~= nil)
        end
      else
        assert.equal(0, code)
      end
    until code ~= 137
    local found = tickets()
    for number = 1, step do
      expect_one_each("s" .. number, found)
    end
    -- 2 for the log-in; for each row 2 to look, 4 to note, 2 to open, 4 to note
    assert.same({ 26, 26 }, { step - 1, killed })
    assert.is_true(unknown >= 8)
  end)

  for name, rule in pairs{
    ["broke off after it was done"] = '"close": true, "after_processing": true',
    ["broke off before it was done"] = '"close": true',
    ["failed after it was done"] = '"status": 500, "after_processing": true',
  } do
    it("says that the outcome of a request is unknown that " .. name, function()
      local rows, journal = sheet("k"), folder .. "/journal"
      control("faults", '{ "operation": "tickets.create", "times": 1, ' .. rule .. " }")
      assert.same({ 1, { ["k-1"] = "unknown", ["k-2"] = "made" } },
        { run(rows, journal, NEVER) })
      assert.equal("begun", last_word(journal, "k-1"))
      local done = rule:find("after", 1, true) and "found" or "made"
      assert.same({ 0, { ["k-1"] = "unknown, " .. done } }, { run(rows, journal, NEVER) })
      expect_one_each("k")
    end)
  end

  it("waits for what may still be at work before it looks", function()
    local rows, journal, began = sheet("k"), folder .. "/journal", os.time()
    support.write(journal, ("begun k-1 %d\n"):format(began))
    run(rows, journal, NEVER)
    local second = support.read(journal):match("\nbegun k%-1 (%d+)\n")
    assert.is_true(tonumber(second) - began >= 300)
  end)

  it("goes on after what was refused, and asks again when it is run again", function()
    local rows, journal = sheet("k"), folder .. "/journal"
    control("faults", '{ "operation": "tickets.create", "times": 1, "status": 400 }')
    assert.same({ 1, { ["k-1"] = "refused", ["k-2"] = "made" } },
      { run(rows, journal, NEVER) })
    assert.equal("refused", last_word(journal, "k-1"))
    assert.same({ 0, { ["k-1"] = "made" } }, { run(rows, journal, NEVER) })
    expect_one_each("k")
  end)

  it("opens none twice when the journal's end, or all of it, is lost", function()
    local rows, journal = sheet("k"), folder .. "/journal"
    run(rows, journal, NEVER)
    local whole = support.read(journal)
    for length = 0, #whole, 5 do
      support.write(journal, whole:sub(1, length))
      assert.equal(0, (run(rows, journal, NEVER)))
      assert.same({ 0, {} }, { run(rows, journal, NEVER) })
    end
    assert.is_true(runs > 20)
    expect_one_each("k")
  end)

  it("opens nothing when a row is none", function()
    for _, row in ipairs{ "a,10101,Incident,Disk", "a b,10101,Incident,Disk,text",
      ",10101,Incident,Disk,text", "k-1,10101,Incident,Disk,text" } do
      local rows = sheet("k")
      support.write(rows, support.read(rows) .. row .. "\n")
      local job = support.start(("env RACKSPACE_SANDBOX=%s %s examples/05-open-tickets.lua %s %s")
        :format(box.url, support.quote(support.program), rows, folder .. "/journal"), "/dev/null")
      local code, out, said = job:finish()
      assert.same({ 2, "" }, { code, out })
      assert.is_truthy(said:find(": not five cells with a new key: " .. row, 1, true))
    end
    assert.is_nil(tickets()["Disk [k-1]"])
  end)
end)
