--- mask.lua - hides the secrets and personal data of requests and responses
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local call_of = require("rackspace.call.call")
local fault = require("rackspace.base.fault")
local positions = require("rackspace.row.positions")

local mask = {}

-- Headers whose values may be shown.
local plain_headers = {
  accept = true, allow = true, connection = true, date = true, via = true,
  ["cache-control"] = true, ["content-encoding"] = true,
  ["content-length"] = true, ["content-type"] = true,
  ["retry-after"] = true, ["server"] = true, ["transfer-encoding"] = true,
  ["user-agent"] = true, ["x-compute-request-id"] = true,
  ["x-error-message"] = true, ["x-request-id"] = true,
  ["x-response-id"] = true, ["x-trans-id"] = true,
}

--- Returns what is shown in place of a value.
local function hidden()
  return "<hidden>"
end

--- Whether a value of a field may be shown.
function mask.is_plain(field)
  return field ~= nil and not field.personal and field.type ~= "secret"
end

--- Returns the field that fills a variable of a path.
local function field_of_variable(op, variable)
  for _, field in ipairs(op.args) do
    local segments = field.reference and field.reference.segments or
      { field.name }
    for _, segment in ipairs(segments) do
      if segment == variable then
        return field
      end
    end
  end
end

local function field_of_parameter(op, name)
  for _, field in ipairs(op.query) do
    if (field.wire or field.name) == name then
      return field
    end
  end
end

--- Returns a segment of a path as it may be shown, by the route's segment; nil
-- when the two don't match.
local function segment_of(op, segment, routed, hide)
  local variable = routed:match("{(.*)}")
  if not variable then
    return segment == routed and segment or nil
  elseif variable == "version" or
      mask.is_plain(field_of_variable(op, variable)) then
    return segment
  end
  return hide(variable)
end

local function path_by_route(op, path, route, hide)
  local shown, next_segment = {}, path:gmatch("/([^/]*)")
  for routed in route:gmatch("/([^/]*)") do
    local segment = next_segment()
    segment = segment and segment_of(op, segment, routed, hide)
    if not segment then
      return nil
    end
    shown[#shown + 1] = segment
  end
  return not next_segment() and "/" .. table.concat(shown, "/") or nil
end

--- Returns a path with its secret and personal segments hidden.
local function show_path(op, path, hide)
  return path_by_route(op, path, op.path, hide) or
    op.fallback_path and path_by_route(op, path, op.fallback_path, hide) or
    "/" .. hide("path")
end

local function show_query(op, query, hide)
  local pairs_of_it = {}
  for pair in query:gmatch("[^&]+") do
    local name = pair:match("^[^=]*")
    local plain = positions[name] or
      mask.is_plain(field_of_parameter(op, name))
    pairs_of_it[#pairs_of_it + 1] = plain and pair or
      name .. "=" .. hide(name)
  end
  return table.concat(pairs_of_it, "&")
end

--- Returns the URL of a request. What the operation does not know, or what is
-- personal or secret, becomes hide(name), "<hidden>" by default.
function mask.url(endpoints, request, hide)
  local op, url = request.op, request.url
  hide = hide or hidden
  local path, query = url:match("^([^?#]*)%??([^#]*)")
  local base = op and endpoints[op.endpoint]
  if not base or path:sub(1, #base + 1) ~= base .. "/" then
    return (url:match("^%a[%w+.-]*://[^/?#]*") or "") .. "/" .. hide("path")
  end
  return base .. show_path(op, path:sub(#base + 1), hide) ..
    (query ~= "" and "?" .. show_query(op, query, hide) or "")
end

--- Returns a text of the server without the secrets of the request.
function mask.text(text, request)
  local secrets = {}
  for _, value in pairs(request.headers or {}) do
    secrets[#secrets + 1] = type(value) == "userdata" and value or nil
  end
  for _, value in ipairs(request.call and call_of.secrets(request.call) or
      request.secrets or {}) do
    secrets[#secrets + 1] = value
  end
  return fault.hide(text, secrets)
end

--- Returns a copy of headers, of a request or of its response. What may not be
-- shown becomes hide(name), "<hidden>" by default.
function mask.headers(headers, request, hide)
  local shown = {}
  hide = hide or hidden
  for name, value in pairs(headers or {}) do
    local plain = plain_headers[ascii.lower(name)] and type(value) == "string"
    shown[name] = plain and (mask.text(value, request) or "") or hide(name)
  end
  return shown
end

return mask
