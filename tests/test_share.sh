#!/bin/bash
# The man page has no fault that groff knows, and the completions offer what the program takes. A shell
# that is not installed is left out.
set -uo pipefail
share=$(cd "$(dirname "$0")/../src/share" && pwd)
failed=0

wrong() {
	echo "$*"
	failed=1
}

# same WHAT GOT WANTED
same() {
	[ "$2" = "$3" ] || wrong "$1: got '$2', not '$3'"
}

if command -v groff >/dev/null; then
	said=$(groff -man -Tutf8 -ww -z "$share/stalltop.1" 2>&1)
	[ -z "$said" ] || wrong "groff: $said"
	groff -man -Tascii -P-cbou "$share/stalltop.1" 2>/dev/null | grep -q -- '--list-metrics' ||
		wrong "groff: the page has no --list-metrics"
fi

# offered WORD...: what bash offers for the last word, on one line.
offered() {
	COMP_WORDS=(stalltop "$@")
	COMP_CWORD=$#
	_stalltop 2>/dev/null
	echo "${COMPREPLY[*]}"
}
. "$share/stalltop.bash"
same "bash -o" "$(offered -o wa)" waybar
same "bash --output=" "$(offered --output = w)" waybar
same "bash --source" "$(offered --source b)" bpf
same "bash -s" "$(offered -s rs)" rss
same "bash --sort=" "$(offered --sort = rs)" rss
same "bash -d" "$(offered -d '')" ""
same "bash -u" "$(offered -u roo)" root
same "bash --no" "$(offered --no-c)" --no-color
same "bash, a number" "$(offered 1)" ""
same "bash --proc-root" "$(offered --proc-root "$share/..")" "$share/.."

# Every option that bash offers is taken by the program: none is unknown to it.
for option in $(offered -); do
	said=$("${STALLTOP:-build/stalltop}" "$option" --help 2>&1 </dev/null | head -n 1)
	case $said in
	*unknown*) wrong "bash offers $option: $said" ;;
	esac
done

if command -v zsh >/dev/null; then
	zsh -n "$share/_stalltop" || wrong "zsh -n"
	# An option with a letter has two specifications.
	same "zsh: specifications" "$(zsh -fc 'eval "${$(<$1)/_arguments*/}"; print ${#specs}' zsh \
		"$share/_stalltop" 2>&1)" \
		"$(awk -F"'" '/^\t.[-(]/ { n += $2 ~ /^\(/ ? 2 : 1 } END { print n }' "$share/_stalltop")"
fi

if command -v fish >/dev/null; then
	# fish(1) writes to a home of its own.
	HOME=$(mktemp -d)
	export HOME XDG_CONFIG_HOME=$HOME XDG_DATA_HOME=$HOME
	fish --no-execute "$share/stalltop.fish" || wrong "fish --no-execute"
	offer="source $share/stalltop.fish; complete -C"
	same "fish -o" "$(fish -c "$offer 'stalltop -o wa'" | cut -f 1)" waybar
	same "fish --source" "$(fish -c "$offer 'stalltop --source=b'" | cut -f 1)" --source=bpf
	same "fish --no-c" "$(fish -c "$offer 'stalltop --no-c'" | cut -f 1)" --no-color
	rm -rf "$HOME"
fi
exit $failed
