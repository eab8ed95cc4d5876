# Completion of groat for bash: asks groat itself, which looks into the book.
# In ~/.bashrc: eval "$(groat completions bash)"
_groat() {
    local words=("${COMP_WORDS[@]}")
    # read, and not an array of a substitution: that would expand a * in a name.
    IFS=$'\013' read -r -d '' -a COMPREPLY < <(
        GROAT_COMPLETE=bash GROAT_COMPLETE_AT=$COMP_CWORD GROAT_COMPLETE_TYPED=$2 \
            @GROAT@ -- "${words[@]}" 2>/dev/null
    )
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
# Older than 4.4, bash always sorts.
complete -o nosort -F _groat groat 2>/dev/null || complete -F _groat groat
