--- floors.lua - checks that each folder uses only folders below it
-- SPDX-License-Identifier: MIT

-- The floors are the rows of the two tables in CONTRIBUTING.md, top to bottom;
-- in a row of several folders none may use another. Reads the names of the
-- files from standard input, prints what breaks a rule, and exits with 1 if
-- anything does.

local MOST_FILES = 30

-- The list of the services names their modules, and computes the names of
-- their behaviours from that. No other file may compute the name of a module.
local MAY_COMPUTE = { ["lua/rackspace/services.lua"] = true }

local found = 0

local function report(...)
  found = found + 1
  print(("%s:%d: %s"):format(...))
end

local function read(path)
  local file = assert(io.open(path, "r"))
  local text = file:read("*a")
  file:close()
  return text
end

-- ---- the tables -------------------------------------------------------------

--- Reads the tables: { ["lua/rackspace/"] = { folder = number of its row } },
-- a lower row having the higher number.
local function read_floors(text)
  local floors, floor, row = {}, nil, 0
  for line in text:gmatch("([^\n]*)\n") do
    local cell = line:match("^|([^|]*)|")
    local root = cell and cell:match("`(lua/rackspace/)`") or
      cell and cell:match("`(src/)`")
    if root then
      floor, row = {}, 0
      floors[root] = floor
    elseif not cell then
      floor = nil
    elseif floor then
      row = row + 1
      for name in cell:gmatch("`([%w_.]+)/?`") do
        floor[name] = row
      end
    end
  end
  return floors
end

--- The root that a path is below, and its folder there: a file that stands
-- directly below the root is a folder of its own.
local function folder_of(path)
  for _, root in ipairs{ "lua/rackspace/", "src/" } do
    if path:sub(1, #root) == root then
      return root, path:sub(#root + 1):match("^[^/]+")
    end
  end
end

--- Says what is wrong with a use of one folder by another, or nil.
local function problem_of(floor, from, to)
  if from == to or not (floor[from] and floor[to]) then
    return nil
  elseif floor[to] == floor[from] then
    return ("%s and %s are of one row"):format(from, to)
  elseif floor[to] < floor[from] then
    return ("%s lies above %s"):format(to, from)
  end
end

local function check_folders(floors, paths)
  local count = {}
  for _, path in ipairs(paths) do
    local root, folder = folder_of(path)
    local is_public = root == "src/" and path:match("^src/[^/]*$")
    if root and not is_public then
      local key = root .. folder
      if not floors[root][folder] and not count[key] then
        report(path, 1, folder .. " is in no row of CONTRIBUTING.md")
      end
      -- A header counts with its source file.
      count[key] = (count[key] or 0) + (path:find("%.h$") and 0 or 1)
      if count[key] == MOST_FILES + 1 then
        report(path, 1, ("%s has more than %d files"):format(key, MOST_FILES))
      end
    end
  end
  for root, floor in pairs(floors) do
    for folder in pairs(floor) do
      if not count[root .. folder] then
        report("CONTRIBUTING.md", 1, "there is no " .. root .. folder)
      end
    end
  end
end

-- ---- tokens -----------------------------------------------------------------

-- A token is { kind =, text =, line = }; of a string, `text` is what it holds.

--- The end of a quoted text that begins at `start`.
local function end_of_quoted(text, start)
  local quote, i = text:sub(start, start), start + 1
  while i <= #text and text:sub(i, i) ~= quote do
    i = text:sub(i, i) == "\\" and i + 2 or i + 1
  end
  return i
end

--- The kind and the text of the token at a place, and the place after it.
-- Comments have no kind.
local function lua_token(text, i)
  local dashes = text:match("^%-%-", i) or ""
  local equals, start = text:match("^%[(=*)%[()", i + #dashes)
  if equals then
    local stop = text:find("]" .. equals .. "]", start, true) or #text
    return dashes == "" and "string" or nil, text:sub(start, stop - 1),
      stop + #equals + 2
  elseif dashes ~= "" then
    return nil, nil, text:find("\n", i, true) or #text + 1
  elseif text:find("^[\"']", i) then
    local stop = end_of_quoted(text, i)
    return "string", text:sub(i + 1, stop - 1), stop + 1
  end
  local word = text:match("^[%a_][%w_]*", i)
  if word then
    return "name", word, i + #word
  end
  local mark = text:match("^%.%.%.?", i) or text:sub(i, i)
  return "mark", mark, i + #mark
end

local function c_token(text, i)
  if text:find("^/%*", i) then
    local _, stop = text:find("*/", i + 2, true)
    return nil, nil, (stop or #text) + 1
  elseif text:find("^//", i) then
    return nil, nil, text:find("\n", i, true) or #text + 1
  elseif text:find("^[\"']", i) then
    local stop = end_of_quoted(text, i)
    return "string", text:sub(i + 1, stop - 1), stop + 1
  end
  local word = text:match("^[%w_]+", i)
  if word then
    return "name", word, i + #word
  end
  local mark = text:match("^%->", i) or text:sub(i, i)
  return "mark", mark, i + #mark
end

local function tokens_of(text, next_token)
  local tokens, i, line, counted = {}, text:find("%S"), 1, 1
  while i do
    local _, breaks = text:sub(counted, i - 1):gsub("\n", "")
    line, counted = line + breaks, i
    local kind, content, after = next_token(text, i)
    if kind then
      tokens[#tokens + 1] = { kind = kind, text = content, line = line }
    end
    i = text:find("%S", after)
  end
  return tokens
end

-- ---- Lua --------------------------------------------------------------------

--- The path of a module's file, or nil when it is none of Lua's.
local function path_of_module(name, exists)
  local stem = "lua/" .. name:gsub("%.", "/")
  return exists[stem .. ".lua"] and stem .. ".lua" or
    exists[stem .. "/init.lua"] and stem .. "/init.lua" or nil
end

--- What follows a `require`: "string" and the token of it, "prefix" and the
-- token when more is added to that; otherwise "computed".
local function required(tokens, i)
  local function is(at, text)
    local token = tokens[at]
    return token ~= nil and token.kind == "mark" and token.text == text
  end
  local at = i + 1
  local opened = is(at, "(") or is(at, ",") -- pcall(require, "name")
  at = opened and at + 1 or at
  local token = tokens[at]
  if not token or token.kind ~= "string" then
    return "computed"
  elseif is(at + 1, "..") then
    return "prefix", token
  elseif opened and not (is(at + 1, ")") or is(at + 1, ",")) then
    return "computed"
  end
  return "string", token
end

local function check_use(context, path, line, target)
  local root, from = folder_of(path)
  local _, to = folder_of(target)
  local problem = problem_of(context.floors[root], from, to)
  if problem then
    report(path, line, problem)
  end
end

--- Checks one mention of require. A member of that name is none.
local function check_require(context, path, tokens, i)
  local before = tokens[i - 1]
  if before and before.kind == "mark" and
      (before.text == "." or before.text == ":") then
    return
  end
  local kind, token = required(tokens, i)
  local line = tokens[i].line
  local folder = kind == "prefix" and
    token.text:match("^rackspace%.([%w_]+)%.")
  if kind == "string" and token.text:find("^rackspace%f[%W]") then
    local target = path_of_module(token.text, context.exists)
    if target then
      table.insert(context.uses[path], target)
    elseif not context.of_c[token.text] then
      report(path, line, "there is no module " .. token.text)
    end
  elseif kind == "prefix" and folder then
    check_use(context, path, line, "lua/rackspace/" .. folder .. "/")
  elseif kind ~= "string" and not MAY_COMPUTE[path] then
    report(path, line, "the name of a module is computed, or require is " ..
      "called by another name")
  end
end

local function check_lua(context, path)
  local tokens = tokens_of(read(path), lua_token)
  context.uses[path] = {}
  for i, token in ipairs(tokens) do
    if token.kind == "name" and token.text == "require" then
      check_require(context, path, tokens, i)
    elseif token.kind == "string" and token.text == "require" then
      report(path, token.line, "require is named by a text")
    elseif token.kind == "string" and
        token.text:find("^rackspace[%w_.]*$") then
      local target = path_of_module(token.text, context.exists)
      if target then
        check_use(context, path, token.line, target)
      end
    end
  end
end

--- Finds circles of modules that require one another.
local function check_circles(uses, paths)
  local state = {}
  local function visit(path, trail)
    if state[path] == "done" then
      return
    elseif state[path] == "open" then
      report(path, 1, "a circle: " .. trail .. path)
      return
    end
    state[path] = "open"
    for _, target in ipairs(uses[path] or {}) do
      visit(target, trail .. path .. " -> ")
    end
    state[path] = "done"
  end
  for _, path in ipairs(paths) do
    visit(path, "")
  end
end

-- ---- C ----------------------------------------------------------------------

--- The place after the bracket that closes the one at `i`.
local function after_brackets(tokens, i)
  local depth = 0
  repeat
    local token = tokens[i]
    if token.kind == "mark" and token.text == "(" then
      depth = depth + 1
    elseif token.kind == "mark" and token.text == ")" then
      depth = depth - 1
    end
    i = i + 1
  until depth == 0 or not tokens[i]
  return i
end

--- A text whose directives are empty lines.
local function without_directives(text)
  local lines, is_directive = {}, false
  for line in (text .. "\n"):gmatch("([^\n]*)\n") do
    is_directive = is_directive or line:find("^%s*#") ~= nil
    lines[#lines + 1] = is_directive and "" or line
    is_directive = is_directive and line:find("\\$") ~= nil
  end
  return table.concat(lines, "\n")
end

--- Calls fn(name) for the functions that a file defines for others.
local function each_definition(tokens, fn)
  local depth, is_static = 0, false
  for i, token in ipairs(tokens) do
    local mark = token.kind == "mark" and token.text
    local after = tokens[i + 1]
    if mark == "{" then
      depth = depth + 1
    elseif mark == "}" then
      depth = depth - 1
    end
    if depth == 0 and (mark == ";" or mark == "}") then
      is_static = false
    elseif token.text == "static" and token.kind == "name" then
      is_static = true
    elseif depth == 0 and token.kind == "name" and after and
        after.text == "(" and not is_static then
      local opened = tokens[after_brackets(tokens, i + 1)]
      if opened and opened.text == "{" then
        fn(token.text)
      end
    end
  end
end

local function check_includes(floor, path, text)
  local _, from = folder_of(path)
  local line = 0
  for content in (text .. "\n"):gmatch("([^\n]*)\n") do
    line = line + 1
    local to = content:match('^%s*#%s*include%s*"([^"/]+)/')
    local problem = to and problem_of(floor, from, to)
    if problem then
      report(path, line, problem)
    end
  end
end

--- Checks each mention of a function that another folder defines.
local function check_mentions(floor, path, tokens, defined)
  local _, from = folder_of(path)
  for i, token in ipairs(tokens) do
    local before = tokens[i - 1]
    local is_member = before and (before.text == "." or before.text == "->")
    local to = token.kind == "name" and not is_member and defined[token.text]
    local problem = to and problem_of(floor, from, to)
    if problem then
      report(path, token.line, ("%s, and has %s"):format(problem, token.text))
    end
  end
end

local function check_c(floor, paths)
  local tokens, defined = {}, {} -- by the path; the folder by the function
  for _, path in ipairs(paths) do
    local text = read(path)
    local _, folder = folder_of(path)
    check_includes(floor, path, text)
    tokens[path] = tokens_of(text, c_token)
    local code = tokens_of(without_directives(text), c_token)
    each_definition(code, function(name)
      -- The program defines libraries' functions anew, to load them late.
      if name ~= "main" and not name:find("^curl_") and
          not name:find("^MHD_") then
        defined[name] = folder
      end
    end)
  end
  for _, path in ipairs(paths) do
    check_mentions(floor, path, tokens[path], defined)
  end
end

-- ---- all --------------------------------------------------------------------

local function main()
  local lua_paths, c_paths, paths, exists = {}, {}, {}, {}
  for path in io.lines() do
    local list = path:find("^lua/rackspace/.*%.lua$") and lua_paths or
      path:find("^src/.*%.[ch]$") and c_paths
    if list then
      list[#list + 1], paths[#paths + 1] = path, path
      exists[path] = true
    end
  end
  local floors = read_floors(read("CONTRIBUTING.md"))
  if not (floors["lua/rackspace/"] and floors["src/"]) then
    report("CONTRIBUTING.md", 1, "lacks a table of the floors")
    return
  end
  local context = { floors = floors, exists = exists, uses = {}, of_c = {
    ["rackspace.core"] = true, ["rackspace.httpd"] = true,
    ["rackspace.jq"] = true, ["rackspace.line"] = true,
    ["rackspace.source"] = true } }
  check_folders(floors, paths)
  for _, path in ipairs(lua_paths) do
    check_lua(context, path)
  end
  check_circles(context.uses, lua_paths)
  check_c(floors["src/"], c_paths)
end

main()
os.exit(found == 0 and 0 or 1)
