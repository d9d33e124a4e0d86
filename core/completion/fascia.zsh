#compdef fascia
# Completion of fascia for zsh. It knows nothing of the commands: fascia says what fits.
_fascia() {
  local line value about
  local -a before asked open plain
  before=("${(@)words[2,CURRENT-1]}")
  before+=("$PREFIX")
  asked=(${(f)"$(${words[1]} --complete "${before[@]}" 2>/dev/null)"})
  for line in $asked; do
    value=${line%%$'\t'*}
    about=${line#*$'\t'}
    case $value in
      :files) compset -P '--[a-z]*='; _files; return ;;
      :folders) compset -P '--[a-z]*='; _files -/; return ;;
      *=) open+=("${value//:/\\:}:$about") ;;
      *) plain+=("${value//:/\\:}:$about") ;;
    esac
  done
  # After "--out=" no space is put.
  _describe -t values fascia plain -- open -S ''
}

# The file is sourced, or found in $fpath and run as the function itself.
if [ "$funcstack[1]" = _fascia ]; then
  _fascia "$@"
else
  compdef _fascia fascia
fi
