import { EXIT } from "../base/exit_code.ts";
import { usageVerb } from "../words/help.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";

/** The shells ask loom itself what may follow, so that names of steps are offered too. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_loom() {
  local IFS=$'\\n' word="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(loom __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
  if [[ $word != -* && ( \${#COMPREPLY[@]} -eq 0 || $COMP_CWORD -eq 1 ) ]]; then
    COMPREPLY+=($(compgen -f -X '!*.yml' -- "$word"; compgen -f -X '!*.yaml' -- "$word"; compgen -d -- "$word"))
  fi
  # A value follows the '=' at once, and bash before 4 has no compopt.
  [[ \${COMPREPLY[0]} != *= ]] || compopt +o filenames -o nospace 2>/dev/null
}
complete -o filenames -F _loom loom
`,
  zsh: `#compdef loom
_loom() {
  local -a proposed ending
  proposed=("\${(@f)$(loom __complete "\${(@)words[2,CURRENT]}" 2>/dev/null | sed 's/:/\\\\:/g; s/\\t$//; s/\\t/:/')}")
  [[ $proposed[1] == *= ]] && ending=(-S '')
  [[ -n $proposed[1] ]] && _describe loom proposed "$ending[@]"
  [[ $words[CURRENT] != -* && ( -z $proposed[1] || $CURRENT -eq 2 ) ]] && _files -g '*.(yml|yaml)'
}
if [[ $funcstack[1] == _loom ]]; then _loom "$@"; else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _loom loom
fi
`,
  fish: `function __loom_complete
  set -l word (commandline -ct)
  set -l words (commandline -opc) "$word"
  set -l proposed (loom __complete $words[2..-1] 2>/dev/null)
  test (count $proposed) -gt 0; and printf '%s\\n' $proposed
  string match -q -- '-*' "$word"; and return
  if test (count $proposed) -eq 0 -o (count $words) -le 2
    set -l files "$word"*.yml "$word"*.yaml "$word"*/
    test (count $files) -gt 0; and printf '%s\\n' $files
  end
end
complete -c loom -f -a '(__loom_complete)'
`,
};

/** `loom completions bash`: the script to source. */
export function completionsVerb({ shell }: Extract<Command, { verb: "completions" }>, host: Host): number {
  if (!Object.hasOwn(SCRIPTS, shell)) {
    const problem = `Unknown shell '${shell}'; it knows ${Object.keys(SCRIPTS).join(", ")}`;
    return usageVerb({ verb: "usage", of: "completions", problems: [problem] }, host.terminal);
  }
  host.terminal.write(SCRIPTS[shell]);
  return EXIT.done;
}
