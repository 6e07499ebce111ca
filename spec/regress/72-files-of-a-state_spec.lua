--- 72-files-of-a-state_spec.lua - a sandbox's state names only its own files
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")
local json = require("rackspace.base.json")
local lfs = require("lfs")
local rackspace = require("rackspace")
local records = require("rackspace.sandbox.records")

-- A state that somebody else had written could have the sandbox serve any file
-- of its user, and remove it.
describe("the state of a sandbox", function()
  local folder, state

  before_each(function()
    folder = file.folder()
    state = folder .. "/state.json"
  end)

  after_each(file.clean)

  local function names()
    local list = {}
    for name in lfs.dir(folder) do
      list[#list + 1] = name:find("^%.%.?$") == nil and name or nil
    end
    table.sort(list)
    return list
  end

  local function open()
    local box, problem = rackspace.sandbox{ state = state }
    return box and assert(rackspace.new{ sandbox = box }), problem
  end

  --- A ticket with a file, in a sandbox that keeps its state.
  local function create()
    local rs = assert(open())
    local path = file.write(folder .. "/log", "bytes")
    assert(rs.tickets:create{ accountId = "10101", subject = "S",
      category = "Incident", subcategory = "Other",
      comment = { text = "x", attachments = { path } } })
    rs:close()
    rs.sandbox:close()
    os.remove(path)
  end

  it("keeps files under names that can't be predicted, and finds them", function()
    create()
    local found = names()
    assert.equal(2, #found)
    assert.matches("^state%.json%.%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$", found[2])
    local kept = assert(records.read(file.read(state)))
    local _, upload = next(kept.uploads)
    assert.equal(found[2], upload.file)
    local rs = assert(open())
    local ticket = assert(rs.tickets:list():totable())[1]
    local shown = assert(rs.tickets:get(ticket)).comments[1].attachments[1]
    assert(rs.tickets:download(shown, folder .. "/fetched"))
    assert.equal("bytes", file.read(folder .. "/fetched"))
    rs:close()
    rs.sandbox:close()
  end)

  it("is refused when it names another file", function()
    create()
    local own = names()[2]
    file.write(folder .. "/secret", "secret")
    file.write(folder .. "/other.json.0123456789abcdef", "another state's")
    file.run("ln -s secret '%s.aaaaaaaaaaaaaaaa'", state)
    file.run("mkfifo '%s.bbbbbbbbbbbbbbbb'; mkdir '%s.cccccccccccccccc'", state,
      state)
    local text = file.read(state)
    for _, name in ipairs{ folder .. "/secret", "secret", "../secret",
        "/etc/passwd", "", ".", "..", own .. "/../secret", "./" .. own,
        folder .. "/" .. own, own .. "\0", own .. " ", own:upper(),
        "other.json.0123456789abcdef", "state.json.aaaaaaaaaaaaaaaa",
        "state.json.bbbbbbbbbbbbbbbb", "state.json.cccccccccccccccc",
        "state.json.dddddddddddddddd", "state.json.1", "state.json.",
        "stateXjson." .. own:match("%x+$"), 7, true, json.array{} } do
      local kept = assert(records.read(text))
      local _, upload = next(kept.uploads)
      upload.file = name
      file.write(state, (assert(records.first(kept))))
      local rs, problem = open()
      assert.is_nil(rs, tostring(name))
      assert.matches("is no file that belongs to it$", problem)
      assert.equal("secret", file.read(folder .. "/secret"))
    end
    local kept = assert(records.read(text))
    kept.uploads.a = 7
    file.write(state, (assert(records.first(kept))))
    assert.matches("one of its uploads is a number", (select(2, open())))
    file.write(state, text)
    assert(open()).sandbox:close()
  end)

  -- They had the sandbox count for ever, or fail at each request.
  it("is refused when its numbers are none that it can have come to", function()
    create()
    local text = file.read(state)
    for name, values in pairs{ moved = { 1e11, -1, "1" }, issued = { 0.5, -1, 1e300 },
        customers_added = { 1e6, 1e300, json.array{} } } do
      for _, value in ipairs(values) do
        local kept = assert(records.read(text))
        kept.numbers[name] = value
        file.write(state, (assert(records.first(kept))))
        assert.matches("'" .. name .. "' is no number", (select(2, open())))
      end
    end
    local kept = assert(records.read(text))
    kept.counters.ticket = json.array{}
    file.write(state, (assert(records.first(kept))))
    assert.matches("count of 'ticket' is no number", (select(2, open())))
  end)

  it("follows no link that was laid in a new file's way", function()
    file.write(folder .. "/secret", "secret")
    for i = 1, 9 do
      file.run("ln -s secret '%s.%d'", state, i)
    end
    create()
    assert.equal("secret", file.read(folder .. "/secret"))
  end)
end)
