--- statements.lua - finds the statements of a script that are calls
-- SPDX-License-Identifier: MIT
local lexer = require("rackspace.scripts.lexer")

-- Reads the grammar of every Lua from 5.1 to 5.5 at once, for texts that a Lua
-- has compiled: what is wrong in one of them is not found here.
local statements = {}

-- A reader has: tokens, at = the index of the next one, and what read returns.

-- ---- tokens -----------------------------------------------------------------

--- Returns the text of a token, nil for a string and at the end.
local function peek(reader, ahead)
  local token = reader.tokens[reader.at + (ahead or 0)]
  return token and token.kind ~= "string" and token.text or nil
end

local function is_kind(reader, kind, ahead)
  local token = reader.tokens[reader.at + (ahead or 0)]
  return token ~= nil and token.kind == kind
end

--- Takes the next token if it is a name or a symbol of this text.
local function accept(reader, text)
  if peek(reader) == text then
    reader.at = reader.at + 1
    return true
  end
  return false
end

local function expect(reader, text)
  if not accept(reader, text) then
    error(("'%s' is missing"):format(text), 0)
  end
end

local function take_name(reader)
  if not is_kind(reader, "name") then
    error("a name is missing", 0)
  end
  reader.at = reader.at + 1
  return reader.tokens[reader.at - 1].text
end

--- Returns the bytes from a token to the one before the next.
local function range(reader, first)
  return reader.tokens[first].from, reader.tokens[reader.at - 1].to
end

-- ---- expressions ------------------------------------------------------------

local read_expression, read_block

local function read_expressions(reader)
  repeat
    read_expression(reader)
  until not accept(reader, ",")
end

local function read_field(reader)
  if accept(reader, "[") then
    read_expression(reader)
    expect(reader, "]")
    expect(reader, "=")
  elseif is_kind(reader, "name") and peek(reader, 1) == "=" and
      peek(reader, 2) ~= "=" then
    reader.at = reader.at + 2
  end
  read_expression(reader)
end

local function read_table(reader)
  expect(reader, "{")
  while not accept(reader, "}") do
    read_field(reader)
    if not accept(reader, ",") then
      accept(reader, ";")
    end
  end
end

--- Reads the parameters and the block of a function.
local function read_function(reader)
  local first, parameters = reader.at, {}
  expect(reader, "(")
  while not accept(reader, ")") do
    if is_kind(reader, "name") then
      parameters[peek(reader)] = true
    end
    reader.at = reader.at + 1
    if not reader.tokens[reader.at] then
      error("')' is missing", 0)
    end
  end
  read_block(reader)
  expect(reader, "end")
  local from, to = range(reader, first)
  table.insert(reader.functions, { from = from, to = to,
    parameters = parameters })
end

--- Reads the arguments of a call, if there are any. Returns whether there are.
local function read_arguments(reader)
  if is_kind(reader, "string") then
    reader.at = reader.at + 1
  elseif peek(reader) == "{" then
    read_table(reader)
  elseif accept(reader, "(") then
    if not accept(reader, ")") then
      read_expressions(reader)
      expect(reader, ")")
    end
  else
    return false
  end
  return true
end

--- Reads a variable or a call. Returns the last name of a variable, nil for
-- anything else; and whether it is a call.
local function read_suffixed(reader)
  local name, is_call = nil, false
  if accept(reader, "(") then
    read_expression(reader)
    expect(reader, ")")
  else
    name = take_name(reader)
  end
  while true do
    if accept(reader, ".") then
      name, is_call = take_name(reader), false
    elseif accept(reader, "[") then
      read_expression(reader)
      expect(reader, "]")
      name, is_call = nil, false
    elseif peek(reader) == ":" and is_kind(reader, "name", 1) then
      reader.at = reader.at + 2
      name, is_call = nil, read_arguments(reader)
    elseif read_arguments(reader) then
      name, is_call = nil, true
    else
      return name, is_call
    end
  end
end

local unary = { ["-"] = true, ["#"] = true, ["~"] = true, ["not"] = true }

local constants = { ["nil"] = true, ["true"] = true, ["false"] = true,
  ["..."] = true }

local function read_operand(reader)
  while unary[peek(reader) or ""] do
    reader.at = reader.at + 1
  end
  if is_kind(reader, "string") or is_kind(reader, "number") or
      constants[peek(reader) or ""] then
    reader.at = reader.at + 1
  elseif peek(reader) == "{" then
    read_table(reader)
  elseif accept(reader, "function") then
    read_function(reader)
  else
    read_suffixed(reader)
  end
end

-- How many symbols an operator may have after its first one, which are each a
-- token, by the first.
local operators = { ["and"] = "", ["or"] = "", ["+"] = "", ["-"] = "",
  ["*"] = "", ["^"] = "", ["%"] = "", ["&"] = "", ["|"] = "", [".."] = "",
  ["/"] = "/", ["<"] = "<=", [">"] = ">=", ["~"] = "=", ["="] = "=" }

--- Takes an operator of two operands. Returns whether there is one.
local function take_operator(reader)
  local more = operators[peek(reader) or ""]
  local second = more and peek(reader, 1) or ""
  local has_second = #second == 1 and more:find(second, 1, true) ~= nil
  if not more or peek(reader) == "=" and not has_second then
    return false
  end
  reader.at = reader.at + (has_second and 2 or 1)
  return true
end

function read_expression(reader)
  repeat
    read_operand(reader)
  until not take_operator(reader)
end

-- ---- statements -------------------------------------------------------------

local function add_assigned(reader, first, names)
  local from, to = range(reader, first)
  table.insert(reader.assigned, { from = from, to = to, names = names })
end

--- Reads a call, or an assignment.
local function read_simple(reader)
  local first = reader.at
  local name, is_call = read_suffixed(reader)
  if is_call then
    local from, to = range(reader, first)
    table.insert(reader.calls, { from = from, to = to })
    return
  end
  local names = { [name or ""] = true }
  while accept(reader, ",") do
    names[read_suffixed(reader) or ""] = true
  end
  expect(reader, "=")
  read_expressions(reader)
  add_assigned(reader, first, names)
end

--- Takes the attribute of a name, as in <const>, if there is one.
local function take_attribute(reader)
  if accept(reader, "<") then
    take_name(reader)
    expect(reader, ">")
  end
end

--- Reads the names behind local or global, and their values.
local function read_declaration(reader)
  local first, names = reader.at, {}
  take_attribute(reader)
  if accept(reader, "*") then
    return
  end
  repeat
    names[take_name(reader)] = true
    take_attribute(reader)
  until not accept(reader, ",")
  if accept(reader, "=") then
    read_expressions(reader)
    add_assigned(reader, first, names)
  end
end

-- The statements, by their first word, which was taken.
local readers = {}

readers[";"] = function() end
readers["break"] = function() end

readers["::"] = function(reader)
  take_name(reader)
  expect(reader, ":")
  expect(reader, ":")
end

readers["goto"] = take_name

readers["do"] = function(reader)
  read_block(reader)
  expect(reader, "end")
end

readers["while"] = function(reader)
  read_expression(reader)
  expect(reader, "do")
  readers["do"](reader)
end

readers["repeat"] = function(reader)
  read_block(reader)
  expect(reader, "until")
  read_expression(reader)
end

readers["if"] = function(reader)
  repeat
    read_expression(reader)
    expect(reader, "then")
    read_block(reader)
  until not accept(reader, "elseif")
  if accept(reader, "else") then
    read_block(reader)
  end
  expect(reader, "end")
end

readers["for"] = function(reader)
  repeat
    take_name(reader)
  until not accept(reader, ",")
  if not accept(reader, "=") then
    expect(reader, "in")
  end
  read_expressions(reader)
  expect(reader, "do")
  readers["do"](reader)
end

readers["function"] = function(reader)
  repeat
    take_name(reader)
  until not (accept(reader, ".") or accept(reader, ":"))
  read_function(reader)
end

readers["local"] = function(reader)
  if accept(reader, "function") then
    take_name(reader)
    read_function(reader)
  else
    read_declaration(reader)
  end
end

readers["global"] = readers["local"]

local ends = { ["end"] = true, ["else"] = true, ["elseif"] = true,
  ["until"] = true }

readers["return"] = function(reader)
  local word = peek(reader)
  if word ~= ";" and not ends[word or ""] and reader.tokens[reader.at] then
    read_expressions(reader)
  end
end

-- Words that are names in the Luas that don't have their statements, with what
-- follows them in one.
local late_words = {
  ["goto"] = function(reader)
    return is_kind(reader, "name", 1)
  end,
  global = function(reader)
    local word = peek(reader, 1)
    return is_kind(reader, "name", 1) or word == "*" or word == "<"
  end,
}

--- Returns the word that tells what the next statement is, or nil for a call
-- or an assignment.
local function kind_of(reader)
  local word = peek(reader)
  if word == ":" and peek(reader, 1) == ":" then
    return "::"
  elseif late_words[word or ""] and not late_words[word](reader) then
    return nil
  end
  return readers[word or ""] and word or nil
end

function read_block(reader)
  while reader.tokens[reader.at] and not ends[peek(reader) or ""] do
    local kind = kind_of(reader)
    if kind then
      reader.at = reader.at + (kind == "::" and 2 or 1)
      readers[kind](reader)
    else
      read_simple(reader)
    end
  end
end

-- ---- reading ----------------------------------------------------------------

--- Returns the tokens of a text without its comments.
local function tokens_of(text)
  local tokens = {}
  for _, token in ipairs(lexer.read(text)) do
    tokens[#tokens + 1] = token.kind ~= "comment" and token or nil
  end
  return tokens
end

local function read_all(reader)
  read_block(reader)
  if reader.tokens[reader.at] then
    error("there is more behind the end", 0)
  end
end

--- Reads a text that a Lua has compiled. Returns { tokens = , calls = the
-- statements that are calls, assigned = those that assign, each with the last
-- names of its variables as the set `names`, functions = each with the set
-- `parameters` }, where each part has `from` and `to`, its first and its last
-- byte, the inner ones before the outer; nil for a text that is no Lua.
function statements.read(text)
  local reader = { tokens = tokens_of(text), at = 1, calls = {}, assigned = {},
    functions = {} }
  return pcall(read_all, reader) and reader or nil
end

return statements
