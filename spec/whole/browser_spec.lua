--- browser_spec.lua - the pages as somebody meets them, in a real browser
-- SPDX-License-Identifier: MIT
local browser = require("spec.support.browser")
local colours = require("rackspace.picture.colours")
local file = require("spec.support.file")
local rackspace = require("rackspace")
local report = require("rackspace.report")
local timeline = require("rackspace.picture.timeline")

if not browser.is_wanted() then
  return
end

local missing = browser.problem()

--- #rrggbb as browsers compute it.
local function rgb(colour)
  return ("rgb(%d, %d, %d)"):format(tonumber(colour:sub(2, 3), 16),
    tonumber(colour:sub(4, 5), 16), tonumber(colour:sub(6, 7), 16))
end

local evil = [[</td></title><script>window.evil = 1</script><img src=x onerror="evil = 2">"'<!--]]

describe("a page in a browser", function()
  local chromium, folder, paths

  local function write(name, text)
    return file.write(folder .. "/" .. name, text)
  end

  setup(function()
    if missing then
      return
    end
    folder, paths = file.folder(), {}
    local rs = assert(rackspace.new{ sandbox = true })
    local account = assert(rs.accounts:get("CLOUD/10101"))
    local list = assert(rs.accounts:timeline(account))
    paths.svg = write("timeline.svg", timeline.svg(list, { account = account }))
    paths.html = write("timeline.html", timeline.html(list, { account = account }))
    local hostile = { { date = evil, what = evil, from = evil, to = evil, who = evil,
      reason = evil, usertype = evil }, { date = "2015-01-01T00:00:00Z", what = evil, to = evil } }
    paths.evil = write("evil.html", timeline.html(hostile, { account = { name = evil,
      type = evil, id = evil } }))
    paths.report = folder .. "/report.html"
    assert(report.write(rs, { path = paths.report }))
    rs:close()
    chromium = browser.start()
  end)

  teardown(function()
    if chromium then
      chromium:close()
    end
    file.clean()
  end)

  local function specify(what, test)
    it(what, function()
      if missing then
        pending(missing)
      else
        chromium:console()
        chromium:prefer("light")
        chromium:resize(1200, 900)
        test()
      end
    end)
  end

  specify("has nothing to complain of", function()
    for _, path in pairs(paths) do
      chromium:open(path)
      assert.same({}, chromium:console(), path)
    end
  end)

  specify("is light or dark as its reader prefers", function()
    for _, theme in ipairs{ "dark", "light" } do
      local wanted = colours.themes[theme]
      chromium:prefer(theme)
      for _, path in ipairs{ paths.html, paths.report } do
        chromium:open(path)
        assert.equal(rgb(wanted.page),
          chromium:run("return getComputedStyle(document.body).backgroundColor"))
        assert.equal(rgb(wanted.ink), chromium:run("return getComputedStyle(document.body).color"))
        assert.equal(rgb(wanted.good[1]),
          chromium:run("return getComputedStyle(document.querySelector('rect.g-good')).fill"))
      end
      chromium:open(paths.svg)
      assert.equal(rgb(wanted.page),
        chromium:run("return getComputedStyle(document.querySelector('.p-page')).fill"))
      assert.equal(rgb(wanted.ink),
        chromium:run("return getComputedStyle(document.querySelector('.p-title')).fill"))
    end
  end)

  --- The texts of a column of the last table.
  local function column(number)
    return chromium:run(([[return Array.from(document.querySelectorAll("table:last-of-type"))
      .pop().querySelectorAll("tbody tr td:nth-child(%d)").values().toArray()
      .map(function (cell) { return cell.textContent; })]]):format(number))
  end

  --- Goes on by the tabulator until a button of this text has the focus.
  local function tab_to(text, table_number)
    for _ = 1, 100 do
      chromium:press(browser.keys.tab)
      local found = chromium:run([[var at = document.activeElement;
        var all = Array.from(document.querySelectorAll("table"));
        return at.textContent + " " + all.indexOf(at.closest("table"))]])
      if found == text .. " " .. table_number then
        return
      end
    end
    error("no key leads to " .. text)
  end

  specify("is sorted by keys alone, and says so", function()
    chromium:open(paths.report)
    local last = chromium:run("return document.querySelectorAll('table').length") - 1
    local before = column(2)
    tab_to("Id", last)
    chromium:press(browser.keys.enter)
    local ids = column(2)
    assert.equal(#before, #ids)
    for i = 2, #ids do
      local one, other = tonumber(ids[i - 1]), tonumber(ids[i])
      assert.is_true(not other or one <= other, ids[i])
    end
    assert.equal("Sorted by Id, ascending",
      chromium:run("return document.querySelector('[role=status]').textContent"))
    assert.equal("ascending", chromium:run(
      "return document.activeElement.closest('th').getAttribute('aria-sort')"))
    chromium:press(browser.keys.space)
    local turned = column(2)
    for i = 1, #ids do
      assert.equal(ids[i], turned[#ids + 1 - i])
    end
    assert.equal(1, chromium:run("return document.querySelectorAll('th[aria-sort]').length"))
    assert.same({}, chromium:console())
  end)

  specify("is sorted by numbers where it shows numbers", function()
    chromium:open(paths.report)
    tab_to("How many", 0)
    chromium:press(browser.keys.enter)
    local counts = chromium:run([[return Array.from(document.querySelectorAll(
      "table")[0].querySelectorAll("td:nth-child(2)")).map(function (cell) {
        return Number(cell.textContent); })]])
    assert.is_true(#counts > 2)
    for i = 2, #counts do
      assert.is_true(counts[i - 1] <= counts[i])
    end
  end)

  specify("shows where the keys are", function()
    chromium:open(paths.html)
    tab_to("What", 0)
    assert.equal("solid 3px", chromium:run([[var style = getComputedStyle(document.activeElement);
      return style.outlineStyle + " " + style.outlineWidth]]))
  end)

  specify("runs nothing that a hostile name holds", function()
    chromium:open(paths.evil)
    assert.equal("undefined", chromium:run("return typeof window.evil"))
    assert.equal(evil, chromium:run("return document.querySelector('h1').textContent"))
    assert.equal(1, chromium:run("return document.scripts.length"))
    assert.equal(0, chromium:run("return document.images.length"))
    -- Even markup that got in would do nothing.
    chromium:run([[var script = document.createElement("script");
      script.textContent = "window.evil = 3"; document.body.appendChild(script);
      var image = document.createElement("img"); image.src = "x";
      image.setAttribute("onerror", "window.evil = 4"); document.body.appendChild(image);]])
    assert.equal("undefined", chromium:run("return typeof window.evil"))
    assert.truthy(table.concat(chromium:console()):find("Content Security Policy", 1, true))
  end)

  specify("can be read without its script", function()
    chromium:command("Emulation.setScriptExecutionDisabled", { value = true })
    chromium:open(paths.report)
    local tree = chromium:command("Accessibility.getFullAXTree").nodes
    chromium:command("Emulation.setScriptExecutionDisabled", { value = false })
    local rows, buttons = 0, 0
    for _, node in ipairs(tree) do
      local role = node.role and node.role.value
      rows = rows + (role == "row" and 1 or 0)
      buttons = buttons + (role == "button" and 1 or 0)
    end
    assert.is_true(rows > 137)
    assert.equal(0, buttons)
  end)

  specify("tells what its drawings show to who can't see them", function()
    chromium:open(paths.html)
    local names = {}
    for _, node in ipairs(chromium:command("Accessibility.getFullAXTree").nodes) do
      local role = node.role and node.role.value
      if role == "image" or role == "img" then
        names[#names + 1] = node.name.value
      end
    end
    assert.equal(1, #names)
    assert.truthy(names[1]:find("^MyRackspaceAcct 7 changes, oldest first%. 2012%-07%-15"))
  end)

  specify("fits a telephone: what is wide is scrolled by itself", function()
    chromium:resize(360, 640)
    for _, path in ipairs{ paths.html, paths.report } do
      chromium:open(path)
      assert.equal(360, chromium:run("return document.documentElement.scrollWidth"), path)
    end
    chromium:open(paths.html)
    assert.is_true(chromium:run("return document.querySelector('svg').clientWidth") >= 640)
  end)
end)
