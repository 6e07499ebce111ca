--- script.lua - the JavaScript that sorts a page's tables, and the page's
-- Content-Security-Policy
-- SPDX-License-Identifier: MIT
local core = require("rackspace.core")

local script = {}

-- The page is complete without it: the script adds the buttons, so that there
-- are none where scripts don't run. Buttons work by keyboard and by mouse.
script.text = [[
"use strict";
(function () {
  var order = new Intl.Collator(undefined, { numeric: true });
  function key(row, column) {
    var cell = row.cells[column];
    return cell.hasAttribute("data-sort") ?
      Number(cell.getAttribute("data-sort")) : cell.textContent.trim();
  }
  function compare(one, other) {
    if (one.key === "" || other.key === "") {
      return (one.key === "") - (other.key === "");
    }
    return typeof one.key === "number" ? one.key - other.key :
      order.compare(one.key, other.key);
  }
  function sort(table, column, descending) {
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row) {
      return { row: row, key: key(row, column) };
    });
    rows.sort(function (one, other) {
      var blank = one.key === "" || other.key === "";
      return descending && !blank ? compare(other, one) : compare(one, other);
    });
    rows.forEach(function (item) { body.appendChild(item.row); });
  }
  function arm(table, head, column, status) {
    var button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) { button.appendChild(head.firstChild); }
    head.appendChild(button);
    button.addEventListener("click", function () {
      var descending = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach(function (other) {
        other.removeAttribute("aria-sort");
      });
      sort(table, column, descending);
      var way = descending ? "descending" : "ascending";
      head.setAttribute("aria-sort", way);
      status.textContent = "Sorted by " + button.textContent + ", " + way;
    });
  }
  var status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.appendChild(status);
  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells,
      function (head, column) { arm(table, head, column, status); });
  });
})();
]]

local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" ..
  "0123456789+/"

--- Encodes bytes in base64.
local function base64(bytes)
  local parts = {}
  for i = 1, #bytes, 3 do
    local first, second, third = bytes:byte(i, i + 2)
    local number = first * 65536 + (second or 0) * 256 + (third or 0)
    for power = 3, 0, -1 do
      local digit = math.floor(number / 64 ^ power) % 64 + 1
      local is_padding = power == 1 and not second or power == 0 and not third
      parts[#parts + 1] = is_padding and "=" or digits:sub(digit, digit)
    end
  end
  return table.concat(parts)
end

--- Returns the page's Content-Security-Policy: it loads nothing, sends nothing,
-- and runs only this script.
function script.policy()
  local digest = core.digest(script.text):gsub("%x%x", function(pair)
    return string.char(tonumber(pair, 16))
  end)
  return ("default-src 'none'; style-src 'unsafe-inline'; " ..
    "script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"):format(
    base64(digest))
end

return script
