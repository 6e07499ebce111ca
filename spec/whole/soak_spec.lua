--- soak_spec.lua - very many calls, of which every tenth fails
-- SPDX-License-Identifier: MIT

describe("very many calls", function()
  it("leave nothing behind, and add up, though half of them are given up", function()
    local pipe = assert(io.popen("env -u LD_PRELOAD script/soak 600 7 2>&1; echo ended $?"))
    local said = pipe:read("*a")
    pipe:close()
    assert.matches("^6%d%d calls: %d+ succeeded, %d+ failed; ", said)
    assert.matches("\nended 0\n$", said)
  end)
end)
