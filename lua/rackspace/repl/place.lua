--- place.lua - where in a piece of Lua the cursor stands
-- SPDX-License-Identifier: MIT

local closing = { [")"] = "(", ["}"] = "{", ["]"] = "[" }

local function text_at(parts, i)
  return parts[i] and parts[i].text
end

local function is_name(parts, i)
  return parts[i] ~= nil and parts[i].kind == "name"
end

--- The chain of names that ends at part `i`, as in rs.tickets:create: its
-- names, whether the last one stands behind a colon, and its first part.
local function chain_before(parts, i)
  local path, is_method = {}, false
  if not is_name(parts, i) then
    return nil
  end
  table.insert(path, 1, parts[i].text)
  local at = i - 1
  while (text_at(parts, at) == "." or text_at(parts, at) == ":") and
      is_name(parts, at - 1) do
    is_method = is_method or at == i - 1 and text_at(parts, at) == ":"
    table.insert(path, 1, parts[at - 1].text)
    at = at - 2
  end
  return path, is_method, at + 1
end

--- { name = "rs.tickets.create", path = { "rs", "tickets", "create" } } of
-- what is called by a bracket, nil when nothing is.
local function call_before(parts, i)
  local path = chain_before(parts, i - 1)
  return path and { name = table.concat(path, "."), path = path }
end

--- The brackets that are open at the end: { text =, at =, commas =, given =
-- names of keys }.
local function open_brackets(parts)
  local stack = {}
  for i, part in ipairs(parts) do
    local top = stack[#stack]
    if part.kind == "symbol" then
      if part.text == "(" or part.text == "{" or part.text == "[" then
        stack[#stack + 1] = { text = part.text, at = i, commas = 0,
          given = {} }
      elseif closing[part.text] then
        stack[#stack] = nil
      elseif part.text == "," and top then
        top.commas, top.key = top.commas + 1, nil
      elseif part.text == "=" and top and is_name(parts, i - 1) then
        top.key = parts[i - 1].text
        top.given[top.key] = true
      end
    end
  end
  return stack
end

--- Adds the call around the cursor: which, the keys that lead into its table,
-- the argument's number.
local function add_call(place, parts, stack)
  local keys = {}
  for i = #stack, 1, -1 do
    local bracket = stack[i]
    local call = call_before(parts, bracket.at)
    if bracket.text == "(" and not call then
      return
    elseif call and text_at(parts, bracket.at - 1) ~= "=" then
      place.call, place.keys = call, keys
      place.argument, place.in_call = bracket.commas + 1, i == #stack
      return
    elseif stack[i - 1] and stack[i - 1].key then
      table.insert(keys, 1, stack[i - 1].key)
    end
  end
end

local loop_words = { ["in"] = true, ["="] = true }

--- What the names that are bound in this text come from: the calls behind
-- "for NAME in" and "NAME =", as name -> call.
local function find_loops(parts)
  local loops = {}
  for i, part in ipairs(parts) do
    if loop_words[part.text] and is_name(parts, i - 1) then
      local at = i + 1
      while text_at(parts, at) == "assert" or text_at(parts, at) == "(" do
        at = at + 1
      end
      local last = at
      while is_name(parts, last) and
          (text_at(parts, last + 1) == "." or text_at(parts, last + 1) == ":")
      do
        last = last + 2
      end
      local path = chain_before(parts, last)
      loops[parts[i - 1].text] = path
    end
  end
  return loops
end

--- Adds the word that is typed, and what stands before it.
local function add_word(place, parts, cursor)
  local last = parts[#parts]
  place.word, place.from = "", cursor + 1
  if last and last.is_open and last.kind == "string" then
    place.is_text = true
    local opening = #(last.text:match("^%[=*%[") or "'")
    place.word, place.from = last.text:sub(opening + 1), last.from + opening
    parts[#parts] = nil
  elseif last and last.kind == "comment" and last.to == cursor then
    place.is_comment = true
  elseif last and last.kind == "name" and last.to == cursor then
    place.word, place.from = last.text, last.from
    parts[#parts] = nil
  end
end

local function add_path(place, parts)
  local symbol = text_at(parts, #parts)
  if place.is_text or symbol ~= "." and symbol ~= ":" then
    return
  end
  place.path = chain_before(parts, #parts - 1) or {}
  place.is_method = symbol == ":"
end

--- Where the cursor stands, by the parts before it: `word` and `from`, what is
-- typed of it and where that begins; `is_text`, `is_comment`; `path`, the names
-- before a dot or colon, and `is_method`; `is_key`, whether a table's key may
-- stand there; `key`, the key whose value it is; `call`, `keys`, `argument`,
-- `in_call`, `given`: the call that it is in; `loops`.
local function place_of(parts, cursor)
  local place = { given = {}, keys = {} }
  add_word(place, parts, cursor)
  add_path(place, parts)
  place.loops = find_loops(parts)
  local stack = open_brackets(parts)
  local top = stack[#stack]
  if not top then
    return place
  end
  add_call(place, parts, stack)
  if top.text == "{" then
    local before = text_at(parts, #parts)
    place.given, place.key = top.given, top.key
    place.is_key = not place.path and (before == "{" or before == ",")
    place.in_call = false
  end
  return place
end

return place_of
