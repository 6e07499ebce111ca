--- zsh.lua - the script by which zsh completes the command line
-- SPDX-License-Identifier: MIT
local cases = require("rackspace.command.cases")

local head = [==[
#compdef rackspace
# zsh completion for rackspace: printed by rackspace completion zsh
# To have it in every shell: rackspace completion zsh > a folder of $fpath, as
# _rackspace

]==]

local body = [==[

# The command among the words, past the options before it.
_rackspace_command() {
  local i=2
  while (( i < CURRENT )); do
    case ${words[i]} in
    -*=*) ;;
    -*) _rackspace_takes "${words[i]}" && (( i++ )) ;;
    *) print -r -- ${words[i]}; return ;;
    esac
    (( i++ ))
  done
}

_rackspace() {
  local command name found
  local -a list with without
  command=$(_rackspace_command)
  if [[ ${words[CURRENT]} == [^@]*=* ]]; then
    name=${words[CURRENT]%%=*}
    compset -P '*='
    list=(${(f)"$(_rackspace_values "$command" "$name")"})
    compadd -- $list || _files
    return
  elif _rackspace_takes "${words[CURRENT - 1]}"; then
    list=(${(f)"$(_rackspace_values "$command" "${words[CURRENT - 1]}")"})
    compadd -- $list
    return
  elif [[ ${words[CURRENT]} == @* ]]; then
    compset -P '@'
    _files
    return
  elif [[ ${words[CURRENT]} == -* ]]; then
    list=(${(f)"$(_rackspace_options)"})
  else
    list=(${(f)"$(_rackspace_words "$command")"})
  fi
  with=(${(M)list:#*=}) without=(${list:#*=})
  compadd -S '' -- $with && found=1
  compadd -- $without && found=1
  [[ -n $found ]] || _files
}

if [[ $funcstack[1] == _rackspace ]]; then
  _rackspace "$@"
else
  compdef _rackspace rackspace
fi
]==]

--- The script.
return function()
  return head .. cases() .. body
end
