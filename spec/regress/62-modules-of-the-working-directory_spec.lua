--- 62-modules-of-the-working-directory_spec.lua - its files are not run
-- SPDX-License-Identifier: MIT
local confined = require("spec.support.confined")
local file = require("spec.support.file")

local program = assert(os.getenv("RACKSPACE_PROGRAM"))

local function output(command)
  local process = assert(io.popen("unset LD_PRELOAD; " .. command .. " 2>&1"))
  local printed = process:read("*a")
  process:close()
  return printed
end

-- Lua's default paths begin or end with "./?.lua" and "./?.so": a program that
-- is started in a folder of somebody else ran an lxp.lua that lay there.
describe("a file of the working directory", function()
  local folder

  setup(function()
    folder = os.tmpname()
    os.remove(folder)
    os.execute(("mkdir -p '%s/rackspace' '%s/socket' '%s/lxp'"):format(
      folder, folder, folder))
    for _, name in ipairs{ "lxp", "cjson", "lxp/init", "mine",
        "rackspace/unknown", "socket/core", "rackspace/init" } do
      file.write(("%s/%s.lua"):format(folder, name),
        "io.stderr:write('HIJACKED ', ..., '\\n') return {}")
    end
  end)

  teardown(function()
    os.execute(("rm -r '%s'"):format(folder))
  end)

  local use_all = [[
    for _, name in ipairs{ "accounts", "tickets", "identity" } do
      pcall(function() return rs[name].never end)
    end
    pcall(function() return rs.accounts:get("CLOUD/10101") end)]]

  it("is no module of the program", function()
    for _, script in ipairs{
        'print(pcall(require, "mine"))',
        'print(pcall(require, "rackspace.unknown"))',
        'print(pcall(require, "lxp"))',
        'local r = require("rackspace") r.new{ sandbox = true, format = "xml" }',
        'local r = r or require("rackspace") print(r)' } do
      assert.not_matches("HIJACKED", output(
        ("cd '%s' && unset LUA_PATH LUA_CPATH; '%s' -e '%s'"):format(
          folder, program, script)))
    end
  end)

  it("is no entry of the program's paths", function()
    for _, setting in ipairs{ "unset LUA_PATH LUA_CPATH;",
        "LUA_PATH='/opt/?.lua;;' LUA_CPATH=';;/opt/?.so' " } do
      local printed = output(("%s '%s' -e '%s'"):format(setting, program,
        'print(package.path .. ";" .. package.cpath)'))
      for entry in printed:gmatch("[^;\n]+") do
        assert.equal("/", entry:sub(1, 1), printed)
      end
    end
  end)

  it("is a module where LUA_PATH says so", function()
    assert.matches("HIJACKED mine", output(
      ("cd '%s' && LUA_PATH='./?.lua;;' '%s' -e '%s'"):format(folder, program,
        'require("mine")')))
  end)

  it("is no module of a confined script, whatever the environment says", function()
    for _, environment in ipairs{ "unset LUA_PATH LUA_CPATH;",
        "export LUA_PATH='./?.lua;./?/init.lua;;' LUA_CPATH='./?.so;;';",
        "export LUA_PATH_5_4='./?.lua' LUA_INIT='print(\"HIJACKED\")';" } do
      for _, format in ipairs{ "xml", "json" } do
        local printed = confined.run("format=" .. format, { use_all },
          ("cd '%s'; %s"):format(folder, environment))
        assert.not_matches("HIJACKED", printed)
        assert.matches("ok\n$", printed)
      end
    end
  end)

  it("is not read for RACKSPACE_LUA_PATH by a build for users", function()
    local cache = assert(file.read(os.getenv("RACKSPACE_BUILD") ..
      "/CMakeCache.txt"))
    local is_development = cache:find("RACKSPACE_DEVELOPMENT:[^=]*=ON")
    local printed = output(("cd '%s' && RACKSPACE_LUA_PATH=. '%s' -e ''"):format(
      folder, program))
    assert.equal(is_development ~= nil, printed:find("HIJACKED") ~= nil or
      printed:find("not found") ~= nil, printed)
  end)
end)
