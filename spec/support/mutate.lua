--- mutate.lua - texts made of others by mistakes, the same ones on every Lua
-- SPDX-License-Identifier: MIT

local random_methods = {}
local random_mt = { __index = random_methods }

-- What a mutated text never passes.
local longest = 65536

--- A whole number from 1 to `most`, by the generator of Park and Miller.
function random_methods:number(most)
  self.state = self.state * 16807 % 2147483647
  return self.state % most + 1
end

function random_methods:pick(list)
  return list[self:number(#list)]
end

--- A place in a text and a length from there, mostly short.
local function range(random, text)
  local from = random:number(#text + 1)
  local most = random:number(4) == 1 and #text or 8
  return from, math.min(#text, from + random:number(most + 1) - 2)
end

local mutations = {}

local function replace(text, from, to, by)
  return text:sub(1, from - 1) .. by .. text:sub(to + 1)
end

function mutations.byte(random, text)
  local at = random:number(#text + 1)
  return replace(text, at, at, string.char(random:number(256) - 1))
end

function mutations.delete(random, text)
  local from, to = range(random, text)
  return replace(text, from, to, "")
end

function mutations.double(random, text)
  local from, to = range(random, text)
  return replace(text, from, from - 1, text:sub(from, to))
end

function mutations.token(random, text, kind)
  local from, to = range(random, text)
  return replace(text, from, random:number(2) == 1 and to or from - 1,
    random:pick(kind.tokens))
end

function mutations.splice(random, text, kind)
  local other = random:pick(kind.seeds)
  return text:sub(1, random:number(#text + 1) - 1) ..
    other:sub(random:number(#other + 1))
end

function mutations.cut(random, text)
  return text:sub(1, random:number(#text + 1) - 1)
end

function mutations.many(random, text, kind)
  local from = random:number(#text + 1)
  return replace(text, from, from - 1,
    random:pick(kind.tokens):rep(random:number(2000)))
end

-- Twice as often what leaves most of a text as it was.
local names = { "byte", "byte", "delete", "delete", "double", "token", "token",
  "token", "splice", "cut", "many" }

--- A text made of one of the seeds of `kind`, { seeds = {}, tokens = {} }, by
-- up to six mistakes.
function random_methods:text(kind)
  local text = self:pick(kind.seeds)
  for _ = 1, self:number(6) do
    text = mutations[self:pick(names)](self, text, kind):sub(1, longest)
  end
  return text
end

--- A generator; the same seed gives the same texts.
local function new(seed)
  return setmetatable({ state = seed % 2147483646 + 1 }, random_mt)
end

return { longest = longest, new = new }
