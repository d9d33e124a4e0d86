/* What has shells complete fascia's commands. The scripts know nothing of the commands: they ask
 * `fascia --complete WORD…` (command_complete.c), which answers ":files" or ":folders" where the
 * shell knows better. */
#include "command_parts.h"

/* bash parts words at "=", and puts back what stands before it. */
static const char bash[] =
    "# Completion of fascia for bash.\n"
    "_fascia() {\n"
    "    local words=() word line value joins= before=\n"
    "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD}\"; do\n"
    "        if [[ $word == = || $joins ]] && (( ${#words[@]} )); then\n"
    "            before=${words[-1]}\n"
    "            [[ $word == = ]] && before+==\n"
    "            words[-1]+=$word\n"
    "        else\n"
    "            before=\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "        joins=\n"
    "        [[ $word == = ]] && joins=1\n"
    "    done\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        value=${line%%$'\\t'*}\n"
    "        case $value in\n"
    "        :files) compopt -o default ;;\n"
    "        :folders)\n"
    "            compopt -o filenames\n"
    "            value=${words[-1]#\"$before\"}\n"
    "            while IFS= read -r line; do\n"
    "                COMPREPLY+=(\"$line\")\n"
    "            done < <(compgen -d -- \"$value\")\n"
    "            ;;\n"
    "        *) COMPREPLY+=(\"${value#\"$before\"}\") ;;\n"
    "        esac\n"
    "    done < <(\"$1\" --complete \"${words[@]}\" 2>/dev/null)\n"
    "    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
    "    return 0\n"
    "}\n"
    "complete -F _fascia fascia\n";

static const char zsh[] =
    "#compdef fascia\n"
    "# Completion of fascia for zsh.\n"
    "_fascia() {\n"
    "  local line value about\n"
    "  local -a before asked open plain\n"
    "  before=(\"${(@)words[2,CURRENT-1]}\")\n"
    "  before+=(\"$PREFIX\")\n"
    "  asked=(${(f)\"$(${words[1]} --complete \"${before[@]}\" 2>/dev/null)\"})\n"
    "  for line in $asked; do\n"
    "    value=${line%%$'\\t'*}\n"
    "    about=${line#*$'\\t'}\n"
    "    case $value in\n"
    "      :files) compset -P '--[a-z]*='; _files; return ;;\n"
    "      :folders) compset -P '--[a-z]*='; _files -/; return ;;\n"
    "      *=) open+=(\"${value//:/\\\\:}:$about\") ;;\n"
    "      *) plain+=(\"${value//:/\\\\:}:$about\") ;;\n"
    "    esac\n"
    "  done\n"
    "  _describe -t values fascia plain -- open -S ''\n"
    "}\n"
    "if [ \"$funcstack[1]\" = _fascia ]; then\n"
    "  _fascia \"$@\"\n"
    "else\n"
    "  compdef _fascia fascia\n"
    "fi\n";

static const char fish[] =
    "# Completion of fascia for fish.\n"
    "function __fascia_complete\n"
    "    set -l before (commandline -opc)\n"
    "    set -l current (commandline -ct)\n"
    "    set -l option (string match -r -- '^--[a-z]+=' $current)\n"
    "    set -l begun (string replace -r -- '^--[a-z]+=' '' \"$current\")\n"
    "    for line in ($before[1] --complete $before[2..-1] \"$current\" 2>/dev/null)\n"
    "        switch $line\n"
    "            case :files\n"
    "                __fish_complete_path $begun | string replace -r '^' -- \"$option\"\n"
    "            case :folders\n"
    "                __fish_complete_directories $begun |\n"
    "                    string replace -r '^' -- \"$option\"\n"
    "            case '*'\n"
    "                echo $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c fascia -f -a '(__fascia_complete)'\n";

bool command_put_script(struct buf *out, struct str shell) {
    const char *script = str_eq(shell, STR("bash"))   ? bash
                         : str_eq(shell, STR("zsh"))  ? zsh
                         : str_eq(shell, STR("fish")) ? fish
                                                      : NULL;
    buf_put(out, str_of(script));
    return script != NULL;
}
