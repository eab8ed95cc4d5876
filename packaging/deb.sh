#!/bin/sh
# Makes the Debian package: builds groat, lets it write its manual pages and completions, and packs all of it.
# Needs cargo-deb (`cargo install cargo-deb`). The package is put into target/debian/; arguments go to cargo-deb.
set -eu
cd "$(dirname "$0")/.."

cargo build --release --locked
assets=target/packaging
rm -rf "$assets"
mkdir -p "$assets"
# Called by name, so that the scripts call it by name too.
PATH="$PWD/target/release:$PATH"
export PATH
groat man "$assets/man" --quiet
gzip -9 -n "$assets"/man/*.1
for shell in bash zsh fish; do groat completions "$shell" >"$assets/groat.$shell"; done

cargo deb --no-build --locked "$@"
