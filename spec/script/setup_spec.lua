--- setup_spec.lua - which packages script/setup asks each manager for
-- SPDX-License-Identifier: MIT
local file = require("spec.support.file")

-- What script/setup runs besides a package manager.
local tools = { "awk", "cat", "dirname", "env", "grep", "head", "id", "mkdir",
  "rm", "sed", "sh", "tr" }

-- Says what it is called with, then runs the text that follows.
local fake = '#!/bin/sh\necho "%s $*" >>"$CALLS"\n%s\n'

describe("script/setup", function()
  local folder

  local function path_of(tool)
    local pipe = assert(io.popen("command -v " .. tool))
    local path = pipe:read("*l")
    pipe:close()
    return path
  end

  --- Puts a program on the script's PATH.
  local function provide(name, text)
    file.write(folder .. "/bin/" .. name, fake:format(name, text or ""), "755")
  end

  before_each(function()
    folder = file.folder()
    for _, name in ipairs{ "setup", "packages" } do
      file.write(folder .. "/script/" .. name, file.read("script/" .. name), "755")
    end
    file.run("mkdir '%s/bin'", folder)
    for _, name in ipairs(tools) do
      file.run("ln -s '%s' '%s/bin/%s'", path_of(name), folder, name)
    end
    os.remove(folder .. "/bin/id")
    provide("id", "echo 0")
    provide("cmake")
    file.write(folder .. "/calls", "")
  end)

  after_each(file.clean)

  --- Runs the script with nothing but the provided programs. Returns what it
  -- says, and what it called.
  local function setup(purpose)
    file.run("cd / && env -i PATH='%s/bin' CALLS='%s/calls' sh '%s/script/setup' "
      .. "%s >'%s/said' 2>&1 || echo failed >>'%s/said'", folder, folder, folder,
      purpose, folder, folder)
    return file.read(folder .. "/said"), file.read(folder .. "/calls")
  end

  local function has(text, part)
    assert(text:find(part, 1, true), ("no %q in:\n%s"):format(part, text))
  end

  local managers = {
    { name = "dnf", query = "rpm", asks = "dnf -y install gcc glibc-devel cmake",
      last = "lua-cjson ca-certificates\n" },
    { name = "apk", asks = "apk add gcc musl-dev cmake ninja",
      text = '[ "$1" = add ]', last = "lua5.4-cjson ca-certificates\n" },
    { name = "pacman", asks = "pacman -S --noconfirm --needed gcc cmake ninja",
      text = '[ "$1" != -Q ]', last = "lua-cjson ca-certificates\n" },
    { name = "brew", asks = "brew install cmake ninja pkg-config lua curl openssl@3",
      text = 'case $1 in list) exit 1 ;; --prefix) echo "/brew/$2" ;; esac',
      last = "libedit jq luarocks\n" },
  }
  for _, manager in ipairs(managers) do
    it("installs for the demo by " .. manager.name, function()
      provide(manager.name, manager.text)
      if manager.query then
        provide(manager.query, "exit 1")
      end
      provide("luarocks", '[ "$3" != show ]')
      provide("cmake", 'echo "$PKG_CONFIG_PATH" >>"$CALLS"')
      local said, calls = setup("demo")
      has(said, "built build/lua5.4\n")
      has(calls, "\n" .. manager.asks)
      has(calls, manager.last)
      local is_brew = manager.name == "brew"
      assert.equal(is_brew, calls:find("luarocks --lua-version 5.4 install "
        .. "lua-cjson\n", 1, true) ~= nil)
      assert.equal(is_brew, calls:find("/brew/libedit/lib/pkgconfig:"
        .. "/brew/openssl@3/lib/pkgconfig:/brew/curl/lib/pkgconfig:\n", 1,
        true) ~= nil)
    end)
  end

  it("installs nothing that is there", function()
    provide("dnf")
    provide("rpm")
    local said, calls = setup("demo")
    assert.equal("built build/lua5.4\n", said)
    assert.is_nil(calls:find("dnf", 1, true))
  end)

  it("names what it does not look for outside Debian", function()
    provide("dnf")
    provide("rpm")
    provide("pkg-config", "exit 1")
    local said = setup("test quick")
    has(said, "not looked for, by Debian's names: lua5.4 lua5.1")
    has(said, "no Lua for build/luajit here: it is left out\n")
  end)

  it("names all where there is no package manager", function()
    local said, calls = setup("demo")
    has(said, "script/setup: there is no package manager known here.\n"
      .. "Install these by hand, under your system's names for them:\n"
      .. "  gcc\n  libc6-dev\n  cmake\n")
    has(said, "\nfailed\n")
    assert.is_nil(calls:find("cmake", 1, true))
  end)

  it("builds without a package manager with what is there", function()
    for _, name in ipairs{ "cc", "ninja" } do
      provide(name)
    end
    provide("pkg-config", 'case $2 in *lua*) [ "$2" = "lua >= 5.4 lua < 5.5" ] ;; '
      .. "esac")
    assert.equal("built build/lua5.4\n", (setup("demo")))
  end)

  it("says so where it may install nothing", function()
    provide("id", "echo 1000")
    provide("pacman", '[ "$1" != -Q ]')
    local said, calls = setup("demo")
    has(said, "installing packages takes root or sudo.\n")
    has(said, "  openssl\n")
    assert.is_nil(calls:find("pacman -S", 1, true))
  end)

  describe("by apt-get", function()
    before_each(function()
      provide("apt-get")
      -- No server is missing: its services would be held back on this system.
      provide("dpkg-query", [[cat <<END
installed gcc c-compiler
config-files cmake
installed nginx-light httpd, nginx
installed haproxy
installed prosody xmpp-server
installed nodejs nodejs-dev (= 20.1-1), npm
END]])
      provide("pkg-config")
    end)

    --- Lets the archive have all that is asked for, but not these.
    local function offer(...)
      local lacks = "^(" .. table.concat({ ... }, "|") .. ")$"
      provide("apt-cache", [[shift
        for name in "$@"; do
          if echo "$name" | grep -qE ']] .. lacks .. [['; then
            echo "$name:"; echo "  Candidate: (none)"
          else
            echo "$name:"; echo "  Candidate: 1.0-1"
          fi
        done]])
    end

    it("asks for what is missing", function()
      offer("nothing")
      local said, calls = setup("demo")
      has(said, "installing: libc6-dev cmake ninja-build")
      has(calls, " install --no-remove --no-install-recommends libc6-dev cmake")
      assert.is_nil(said:find("no package", 1, true))
    end)

    it("leaves out what the archive lacks, and names what is pending", function()
      offer("tarantool", "lua-luv", "clang-format-19")
      local said, calls = setup("test quick")
      has(said, "no package tarantool here: left out: spec/hosts/tarantool_spec.lua")
      has(said, "no package lua-luv here: left out: spec/loop/luv_spec.lua")
      local asked = calls:match("%-%-no%-install%-recommends ([^\n]*)")
      assert.is_nil(asked:find("tarantool", 1, true))
      has(asked, " clang-format ")
      has(asked, " clang-tidy-19 ")
    end)

    it("takes what another package provides for what it asks for", function()
      offer("tarantool") -- a server, see above
      local _, calls = setup("test quick")
      local asked = calls:match("%-%-no%-install%-recommends ([^\n]*)")
      has(asked, " lintian ")
      assert.is_nil(asked:find(" npm", 1, true))
    end)

    it("refuses where the archive lacks what is required", function()
      offer("libmicrohttpd-dev")
      local said, calls = setup("demo")
      has(said, "the archive lacks required packages.\n"
        .. "Install these by hand:\n  libmicrohttpd-dev\nfailed\n")
      assert.is_nil(calls:find(" install ", 1, true))
    end)
  end)
end)
