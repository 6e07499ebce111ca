--- attachments.lua - checks the files that a script attaches to a ticket
-- SPDX-License-Identifier: MIT
local ascii = require("rackspace.base.ascii")
local nearest = require("rackspace.base.nearest")

-- The members of an attachment's record. A ticket's own have URLs.
local fields = { "filename", "path", "uuid", "url", "upload_url" }

local attachments = {}

-- The extensions that the service refuses.
attachments.refused = {}
for extension in ([[ade adp app asp bas bat cer chm cla class cmd cnt com cpl
  crt csh der exe fxp gadget grp hlp hpj hta inf ins isp its jar js jse ksh lnk
  mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz msc
  msh msh1 msh1xml msh2 msh2xml mshxml msi msp mst ocx ops osd pcd pif pl plg
  prf prg ps1 ps1xml ps2 ps2xml psc1 psc2 pst reg scf scr sct shb shs tmp url
  vb vbe vbp vbs vsmacros vsw ws wsc wsf wsh xbap xnk]]):gmatch("%S+") do
  attachments.refused[extension] = true
end

--- Returns why the service refuses a file of this name, or nil.
function attachments.name_problem(name)
  if name == "" or name == "." or name == ".." then
    return "it has no name"
  elseif name:find("[%z\1-\31\127/\\]") then
    return "its name holds a slash or a control character"
  end
  local extension = ascii.lower(name:match("%.([^.]*)$") or "")
  if attachments.refused[extension] then
    return ("files that end in .%s are not taken ('%s')"):format(extension,
      name)
  end
end

--- Returns why a file can't be sent under a name, or nil.
function attachments.problem(path, name)
  local problem = path:find("%z") and "its path holds a NUL byte" or
    attachments.name_problem(name)
  return problem and "can't be sent: " .. problem
end

-- The fields of the record with which a script names a file.
attachments.fields = {
  { name = "path", type = "path", doc = "The file." },
  { name = "filename", type = "string", doc = "Its name there." },
  { name = "uuid", type = "string", doc = "What `attach` gave for it." },
}

--- Returns the name of a file from its path.
function attachments.name_of(path)
  return path:match("[^/]*$")
end

--- Returns the problem of the fields of a record, or nil. The service's own may
-- have others.
local function fields_problem(given)
  local is_own = given.uuid == nil and given.url == nil
  for name, value in pairs(given) do
    if not nearest.has(fields, name) and is_own then
      return ("has no field '%s'%s"):format(tostring(name),
        nearest.hint(name, fields))
    elseif nearest.has(fields, name) and type(value) ~= "string" then
      return ("has a field '%s' that must be a string"):format(name)
    end
  end
  if not (given.path or given.filename) then
    return "has neither 'path' nor 'filename'"
  elseif given.path and given.uuid then
    return "has both 'path' and 'uuid'"
  end
end

--- Reads an attachment that a script names. Returns { filename =, uuid = } for
-- a file that is uploaded already, { filename =, path = } for one to upload,
-- { filename = } for one to upload to the target in the answer; or nil and a
-- problem.
function attachments.read(given)
  if type(given) == "string" then
    given = { path = given }
  elseif type(given) ~= "table" then
    return nil, "must be a path or a table, not a " .. type(given)
  end
  local problem = fields_problem(given)
  if problem then
    return nil, problem
  end
  local filename = given.filename or attachments.name_of(given.path)
  problem = attachments.problem(given.path or "", filename)
  if problem then
    return nil, problem
  end
  return { filename = filename, path = given.path, uuid = given.uuid }
end

--- Returns what is wrong with the arguments of `attach`, or nil.
function attachments.check(values, _, path)
  local problem = attachments.problem(path,
    values.filename or attachments.name_of(path))
  return problem and "'path' " .. problem
end

return attachments
