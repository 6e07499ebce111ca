--- init.lua - writes results to standard output in a format
-- SPDX-License-Identifier: MIT
local fault = require("rackspace.base.fault")
local fields_of = require("rackspace.output.fields")
local filter = require("rackspace.output.filter")
local formats = require("rackspace.output.formats")
local json = require("rackspace.base.json")
local paint_of = require("rackspace.show.paint")
local paragraph = require("rackspace.show.paragraph")
local secret = require("rackspace.show.secret")
local width = require("rackspace.show.width")

local output_methods = {}
local output_mt = { __index = output_methods }

local broken_pipe = 32 -- EPIPE
local widest = 500 -- columns of a table that goes into a pipe

-- Raised when the reader of the output is gone.
local closed = setmetatable({}, { __tostring = function()
  return "nobody reads the output any more"
end })

--- Returns a copy of a value with secrets masked, unless `reveal`.
local function shown(value, name, reveal)
  if type(value) == "userdata" and value ~= json.null then
    return reveal and value:reveal() or secret.mask
  elseif type(value) ~= "table" then
    return not reveal and secret.is_field(name, value) and secret.mask or value
  end
  local copy = json.is_array(value) and json.array{} or {}
  for key, inner in pairs(value) do
    copy[key] = shown(inner, key, reveal)
  end
  return copy
end

local function prepare(output, item)
  item = shown(item, nil, output.reveal)
  return output.fields and fields_of.select(item, output.fields) or item
end

--- Writes lines that have the data of others in them to standard output: safe
-- to print on a terminal, and as they are for anything else.
local function write_lines(lines, terminal)
  local text = table.concat(lines, "\n") .. "\n"
  io.write(terminal.is_terminal(1) and width.plain_lines(text) or text)
end

--- Raises the error of an output that could not be written.
local function check(ok, problem, code)
  if not ok then
    error(code == broken_pipe and closed or fault.new{ kind = "file",
      text = "the output can't be written: " .. tostring(problem) }, 0)
  end
end

--- Flushes what was written.
function output_methods:flush()
  if not self.sink then
    check(self.stream:flush())
  end
end

--- Writes a page of a list's items.
function output_methods:page(list)
  local page = {}
  for i, item in ipairs(list) do
    page[i] = prepare(self, item)
  end
  self.before()
  self.writer:page(page)
  self:flush()
  self.count = self.count + #page
end

--- Writes a value that is no list.
function output_methods:value(value)
  self.before()
  self.writer:value(prepare(self, value))
  self.count = self.count + 1
end

--- Ends the result: a file takes its place.
function output_methods:finish()
  self.before()
  self.writer:finish()
  self:flush()
  if self.sink then
    check(self.sink:commit())
  end
end

--- Whether a result is written to a terminal.
local function is_shown(options, line)
  return not options.sink and line.is_terminal(1)
end

--- Returns the format of a result: what the options ask for, JSON for a filter,
-- the one that a file's name ends in, or the one that suits where it goes.
local function format_of(options, line)
  return options.output or options.filter and "json" or
    options.sink and formats.of_file(options.file) or
    is_shown(options, line) and "table" or "ndjson"
end

--- Opens the output of results: standard output, or the file of the options,
-- which is replaced when the result is whole. `options` are those of the
-- command line; `result` has the operation, its subject (the first argument),
-- the type and records, the fields of that type; `line` describes the terminal;
-- `before` is called before anything is written.
local function new(options, result, line, before)
  local is_terminal = is_shown(options, line)
  local format = format_of(options, line)
  -- A table's texts and JSON are plain.
  local is_raw = is_terminal and format ~= "table" and format ~= "json"
  local self = setmetatable({ sink = options.sink,
    stream = options.sink or io.stdout, count = 0,
    reveal = options.reveal, before = before or function() end,
    fields = options.fields and fields_of.read(options.fields) }, output_mt)
  local sheet = {
    write = function(text)
      check(self.stream:write(is_raw and width.plain_lines(text) or text))
    end,
    fields = self.fields,
    note = function(text)
      if line.is_terminal(2) then
        io.stderr:write(paragraph.fit(width.plain(text), (line.size())), "\n")
      end
    end,
    operation = result.operation, subject = result.subject,
    type = result.type, records = result.records, is_raw = options.raw,
    is_terminal = is_terminal,
    width = is_terminal and (line.size() or 80) or widest,
    paint = paint_of.new(paint_of.is_wanted(is_terminal, os.getenv)),
  }
  self.writer = options.filter and
    filter.new(sheet, options.filter, format == "ndjson") or
    formats.new(format, sheet)
  return self
end

return { closed = closed, format_of = format_of, new = new,
  write_lines = write_lines }
