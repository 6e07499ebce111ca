--- completion.lua - `rackspace completion`: scripts by which shells complete
-- SPDX-License-Identifier: MIT
local exits = require("rackspace.command.exits")
local nearest = require("rackspace.base.nearest")

-- Each script asks `rackspace complete` and offers what it prints. Nothing of
-- it is evaluated.
local scripts = {}

scripts.bash = [==[
# bash completion for rackspace: printed by rackspace completion bash
# To have it in every shell: rackspace completion bash \
#   > ~/.local/share/bash-completion/completions/rackspace

_rackspace() {
  local word glue= line name current=${COMP_WORDS[COMP_CWORD]} n=0
  local -a words=()
  # Bash splits words at = and : too. It puts what it is given between open
  # quotes as it is: what double quotes can't hold is not offered there.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ $n -gt 0 && ( $glue || $word == [=:]* ) ]]; then
      words[n-1]+=$word
    else
      words[n++]=$word
    fi
    [[ $word == [=:]* ]] && glue=yes || glue=
  done
  [[ $current == [=:]* ]] && current=
  words=("${words[@]//[\\\"\']/}")
  word=${words[n-1]} name=${current//[\\\"\']/}
  name=${word%"$name"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == $'\t'* ]]; then
      glue=${line#?}
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do
        [[ -d $line ]] && line+=/ && compopt -o nospace 2>/dev/null
        line=$glue$line
        COMPREPLY+=("${line#"$name"}")
      done < <(compgen -f -- "${word#"$glue"}")
      return
    fi
    line=${line%%$'\t'*}
    [[ $line == *= ]] && compopt -o nospace 2>/dev/null
    line=${line#"$name"}
    case $current in
    \"*) [[ $line == *[\"\\\$\`\!]* ]] && continue ;;
    \'*) line=${line//\'/\'\\\'\'} ;;
    *) printf -v line %q "$line" ;;
    esac
    COMPREPLY+=("$line")
  done < <(command rackspace complete -- "${words[@]}" 2>/dev/null)
}

complete -F _rackspace rackspace
]==]

scripts.zsh = [==[
#compdef rackspace
# zsh completion for rackspace: printed by rackspace completion zsh
# To have it in every shell: rackspace completion zsh > a folder of $fpath, as
# _rackspace

_rackspace() {
  local line files offers_files
  local -a open closed
  for line in "${(@f)$(command rackspace complete -- \
    "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
    case $line in
    $'\t'*) files=${line#?} offers_files=yes ;;
    *=$'\t'*) open+=("${${line//:/\\:}/$'\t'/:}") ;;
    ?*) closed+=("${${line//:/\\:}/$'\t'/:}") ;;
    esac
  done
  _describe rackspace open -S '' -- closed
  [[ -z $offers_files ]] || { compset -P "${(b)files}"; _files; }
}

if [[ $funcstack[1] == _rackspace ]]; then
  _rackspace "$@"
else
  compdef _rackspace rackspace
fi
]==]

scripts.fish = [==[
# fish completion for rackspace: printed by rackspace completion fish
# To have it in every shell: rackspace completion fish \
#   > ~/.config/fish/completions/rackspace.fish

function __rackspace_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set typed (string unescape -- "$typed"; or string trim -c "'\"" -- "$typed")
    set -a words "$typed"
    set -e words[1]
    for line in (command rackspace complete -- $words 2>/dev/null)
        if string match -q -- \t'*' $line
            set -l before (string sub -s 2 -- $line)
            set -l from (math 1 + (string length -- "$before"))
            for path in (__fish_complete_path (string sub -s $from -- "$typed"))
                echo -- $before$path
            end
        else
            echo -- $line
        end
    end
end

complete -c rackspace -f -a '(__rackspace_complete)'
]==]

local function run(invocation)
  local name = invocation.words[1] or ""
  if not scripts[name] then
    return exits.usage, ("completion: which shell? bash, zsh or fish%s"):format(
      nearest.hint(name, { "bash", "zsh", "fish" })),
      "rackspace help completion"
  end
  io.write(scripts[name])
  return exits.done
end

return { run = run, scripts = scripts }
