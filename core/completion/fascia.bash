# Completion of fascia for bash. It knows nothing of the commands: fascia says what fits.
_fascia() {
    local words=() word line value kept joins=''
    # bash parts "--out=x" at the sign. What it keeps of the word is no part of a reply.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $joins || $word == '=' ]] && (( ${#words[@]} )); then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        joins=''
        [[ $word == '=' ]] && joins=yes
    done
    kept=${words[-1]%"$word"}
    [[ $joins ]] && kept=${words[-1]}

    COMPREPLY=()
    while IFS= read -r line; do
        value=${line%%$'\t'*}
        case $value in
        :files) compopt -o default ;;
        :folders)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "${words[-1]#"$kept"}")
            ;;
        *) COMPREPLY+=("${value#"$kept"}") ;;
        esac
    done < <("$1" --complete "${words[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    return 0
}
complete -F _fascia fascia
