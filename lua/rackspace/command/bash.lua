--- bash.lua - the script by which bash completes the command line
-- SPDX-License-Identifier: MIT
local cases = require("rackspace.command.cases")

local head = [==[
# bash completion for rackspace: printed by rackspace completion bash
# To have it in every shell: rackspace completion bash \
#   > ~/.local/share/bash-completion/completions/rackspace

]==]

local body = [==[

# The command among the words, past the options before it.
_rackspace_command() {
  local i=1
  while [ "$i" -lt "$COMP_CWORD" ]; do
    case ${COMP_WORDS[i]} in
    -*)
      if [ "${COMP_WORDS[i + 1]}" = = ]; then
        i=$((i + 2))
      elif _rackspace_takes "${COMP_WORDS[i]}"; then
        i=$((i + 1))
      fi ;;
    *)
      printf '%s' "${COMP_WORDS[i]}"
      return ;;
    esac
    i=$((i + 1))
  done
}

# Adds what begins with $1 of the lines that are read, with $2 before it.
_rackspace_add() {
  local line quoted
  while IFS= read -r line; do
    case $line in
    "$1"*)
      case $line in
      *=) quoted=$line ;;
      *) printf -v quoted %q "$line" ;;
      esac
      COMPREPLY+=("$2$quoted") ;;
    esac
  done
}

_rackspace() {
  local current=${COMP_WORDS[COMP_CWORD]} name= before= command
  COMPREPLY=()
  command=$(_rackspace_command)
  if [ "$current" = = ]; then
    name=${COMP_WORDS[COMP_CWORD - 1]} current=
  elif [ "${COMP_WORDS[COMP_CWORD - 1]}" = = ]; then
    name=${COMP_WORDS[COMP_CWORD - 2]}
  elif [[ $current == [!@]*=* ]]; then
    name=${current%%=*} current=${current#*=} before=$name=
  elif _rackspace_takes "${COMP_WORDS[COMP_CWORD - 1]}"; then
    name=${COMP_WORDS[COMP_CWORD - 1]}
  fi
  current=${current//\\/}
  current=${current#[\"\']}
  if [ -n "$name" ]; then
    _rackspace_add "$current" "$before" \
      < <(_rackspace_values "$command" "$name")
    return
  fi
  case $current in
  @*)
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
      COMPREPLY+=("@$name")
    done < <(compgen -f -- "${current#@}")
    return ;;
  -*) _rackspace_add "$current" "" < <(_rackspace_options) ;;
  *) _rackspace_add "$current" "" < <(_rackspace_words "$command") ;;
  esac
  case ${COMPREPLY[0]} in
  *=) compopt -o nospace 2>/dev/null ;;
  esac
}

complete -o default -F _rackspace rackspace
]==]

--- The script.
return function()
  return head .. cases() .. body
end
