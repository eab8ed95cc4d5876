#compdef groat
# Completion of groat for zsh: asks groat itself, which looks into the book.
# In ~/.zshrc, below compinit: eval "$(groat completions zsh)"
_groat() {
    local line
    local -a done open
    for line in "${(@f)$(GROAT_COMPLETE=zsh GROAT_COMPLETE_AT=$((CURRENT - 1)) @GROAT@ -- "${(@Q)words}" 2>/dev/null)}"; do
        case $line in
            '') ;;
            *[=/]|*[=/]:*) open+=("$line") ;;
            *) done+=("$line") ;;
        esac
    done
    (( $#done )) && _describe -V groat done
    (( $#open )) && _describe -V groat open -S ''
    (( $#done + $#open ))
}
if [ "$funcstack[1]" = _groat ]; then
    _groat "$@"
else
    compdef _groat groat
fi
