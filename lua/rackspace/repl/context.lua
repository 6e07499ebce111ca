--- context.lua - the syntactic context of the cursor in Lua source
-- SPDX-License-Identifier: MIT

local closing = { [")"] = "(", ["}"] = "{", ["]"] = "[" }

local function text_at(tokens, i)
  return tokens[i] and tokens[i].text
end

local function is_name(tokens, i)
  return tokens[i] ~= nil and tokens[i].kind == "name"
end

--- Returns the chain of names that ends at token `i`, as in rs.tickets:create.
-- @return a list of its names, whether the last one follows a colon, and the
-- index of its first token; or nil
local function chain_before(tokens, i)
  local path, is_method = {}, false
  if not is_name(tokens, i) then
    return nil
  end
  table.insert(path, 1, tokens[i].text)
  local at = i - 1
  while (text_at(tokens, at) == "." or text_at(tokens, at) == ":") and
      is_name(tokens, at - 1) do
    is_method = is_method or at == i - 1 and text_at(tokens, at) == ":"
    table.insert(path, 1, tokens[at - 1].text)
    at = at - 2
  end
  return path, is_method, at + 1
end

--- Returns what the bracket at token `i` calls, or nil: { name =
-- "rs.tickets.create", path = { "rs", "tickets", "create" } }.
local function call_before(tokens, i)
  local path = chain_before(tokens, i - 1)
  return path and { name = table.concat(path, "."), path = path }
end

--- Returns a stack of the open brackets: { text =, at = the token's index,
-- commas = how many there are in it, given = the keys in it, key = the key
-- whose value comes next }.
local function open_brackets(tokens)
  local stack = {}
  for i, token in ipairs(tokens) do
    local top = stack[#stack]
    if token.kind == "symbol" then
      if token.text == "(" or token.text == "{" or token.text == "[" then
        stack[#stack + 1] = { text = token.text, at = i, commas = 0,
          given = {} }
      elseif closing[token.text] then
        stack[#stack] = nil
      elseif token.text == "," and top then
        top.commas, top.key = top.commas + 1, nil
      elseif token.text == "=" and top and is_name(tokens, i - 1) then
        top.key = tokens[i - 1].text
        top.given[top.key] = true
      end
    end
  end
  return stack
end

--- Sets the call around the cursor, the keys that lead to the cursor's table
-- inside its arguments, and the number of the argument.
local function add_call(context, tokens, stack)
  local keys = {}
  for i = #stack, 1, -1 do
    local bracket = stack[i]
    local call = call_before(tokens, bracket.at)
    if bracket.text == "(" and not call then
      return
    elseif call and text_at(tokens, bracket.at - 1) ~= "=" then
      context.call, context.keys = call, keys
      context.argument, context.is_argument = bracket.commas + 1, i == #stack
      return
    elseif stack[i - 1] and stack[i - 1].key then
      table.insert(keys, 1, stack[i - 1].key)
    end
  end
end

local binding_symbols = { ["in"] = true, ["="] = true }

--- Returns what the names in this text are bound to by "for NAME in" and
-- "NAME =": the path of each name's call.
local function find_bindings(tokens)
  local bindings = {}
  for i, token in ipairs(tokens) do
    if binding_symbols[token.text] and is_name(tokens, i - 1) then
      local at = i + 1
      while text_at(tokens, at) == "assert" or text_at(tokens, at) == "(" do
        at = at + 1
      end
      local last = at
      while is_name(tokens, last) and
          (text_at(tokens, last + 1) == "." or text_at(tokens, last + 1) == ":")
      do
        last = last + 2
      end
      bindings[tokens[i - 1].text] = chain_before(tokens, last)
    end
  end
  return bindings
end

--- Sets the word before the cursor, and removes its token.
local function add_word(context, tokens, cursor)
  local last = tokens[#tokens]
  context.word, context.from = "", cursor + 1
  if last and last.is_open and last.kind == "string" then
    context.is_string = true
    context.opening = last.text:match("^%[=*%[") or last.text:sub(1, 1)
    context.word = last.text:sub(#context.opening + 1)
    context.from = last.from + #context.opening
    tokens[#tokens] = nil
  elseif last and last.kind == "comment" and last.to == cursor then
    context.is_comment = true
  elseif last and last.kind == "name" and last.to == cursor then
    context.word, context.from = last.text, last.from
    tokens[#tokens] = nil
  end
end

local function add_path(context, tokens)
  local symbol = text_at(tokens, #tokens)
  if context.is_string or symbol ~= "." and symbol ~= ":" then
    return
  end
  context.path = chain_before(tokens, #tokens - 1) or {}
  context.is_method = symbol == ":"
end

--- Returns the context of the cursor.
-- @param tokens list of the tokens before the cursor; may be changed
-- @param cursor integer: the bytes before the cursor
-- @return { word =, from = what is typed of a word, and where that begins,
-- is_string =, is_comment = whether the cursor is in one,
-- opening = the quote or the long bracket that opens the string,
-- path =, is_method = the names before a dot or colon, whether it is a colon,
-- is_key = whether a table's key may follow,
-- key = the key of a table whose value follows,
-- given = the keys that the table has already,
-- call = what is called around the cursor: { name =, path = },
-- keys = those that lead to the cursor's table inside the arguments,
-- argument = its number, is_argument = whether the argument itself follows,
-- bindings = the path of the call that each name is bound to }
local function context_of(tokens, cursor)
  local context = { given = {}, keys = {} }
  add_word(context, tokens, cursor)
  add_path(context, tokens)
  context.bindings = find_bindings(tokens)
  local stack = open_brackets(tokens)
  local top = stack[#stack]
  if not top then
    return context
  end
  add_call(context, tokens, stack)
  if top.text == "{" then
    local before = text_at(tokens, #tokens)
    context.given, context.key = top.given, top.key
    context.is_key = not context.path and (before == "{" or before == ",")
    context.is_argument = false
  end
  return context
end

return context_of
