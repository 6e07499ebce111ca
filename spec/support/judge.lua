--- judge.lua - pages and drawings held to what xmllint makes of them
-- SPDX-License-Identifier: MIT
local support = require("spec.sandbox.support")

local judge = {}

--- Runs xmllint over a text: what it prints, complaints included.
local function lint(text, options)
  local path = support.write(os.tmpname(), text)
  local said = support.output(("exec xmllint --nonet %s %s 2>&1"):format(options,
    support.quote(path))):gsub(path, "judged")
  os.remove(path)
  return said
end

--- Fails unless a text is well-formed XML.
function judge.xml(text)
  local said = lint(text, "--noout")
  assert(said == "", said)
end

--- Fails unless a text is a page whose elements are closed in their order.
-- xmllint knows the elements of HTML 4 only: those that came later are no
-- complaint.
function judge.html(text)
  local complaints = {}
  for complaint in lint(text, "--html --noout"):gmatch("[^\n]*error : [^\n]*") do
    if not complaint:find("Tag %l+ invalid") then
      complaints[#complaints + 1] = complaint
    end
  end
  assert(not complaints[1], table.concat(complaints, "\n"))
end

--- What an XPath expression finds in a page, or in XML.
function judge.find(text, path, kind)
  return (lint(text, (kind or "--html") .. " --xpath " .. support.quote(path))
    :gsub("[^\n]*judged:%d+: [^\n]*\n[^\n]*\n *%^\n", ""):gsub("\n$", ""))
end

return judge
