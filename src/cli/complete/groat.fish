# Completion of groat for fish: asks groat itself, which looks into the book.
# In ~/.config/fish/config.fish: groat completions fish | source
complete --command groat --keep-order --no-files --arguments "(GROAT_COMPLETE=fish @GROAT@ -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null)"
