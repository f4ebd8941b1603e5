#!/bin/bash
# layers.sh [DIR]
# Checks the sources in DIR (default: here) against the rules that the compiler does not know:
#  - a layer includes only itself and the layers below it, and every include names its layer;
#    tasks also includes bpf/, what it shares with the kernel side, and alone includes libbpf;
#  - src/LAYER/x.c has its include/LAYER/x.h, main.c alone excepted;
#  - curses stays in ui; only app exits or writes to stdout and stderr;
#  - no call that cannot be told the size of its buffer or report an error;
#  - a test polls with a deadline: it never sleeps.
# Prints FILE:LINE: what is wrong. The status is 1 if anything was.
set -euo pipefail
cd "${1:-.}"

missing_headers() {
	local file header
	for file in src/*/*.c; do
		[ -e "$file" ] && [ "$file" != src/app/main.c ] || continue
		header=include/${file#src/}
		header=${header%.c}.h
		[ -e "$header" ] || echo "$file:1: has no $header"
	done
}

# Reads the files named as arguments; comments and the contents of strings are blanked first.
check_lines() {
	awk '
	BEGIN {
		below["base"] = "base"
		below["proc"] = "base proc"
		below["sys"] = "base sys"
		below["tasks"] = "base proc tasks bpf"
		below["bpf"] = "bpf"
		below["sample"] = "base proc sys tasks sample"
		below["model"] = below["sample"] " model"
		below["out"] = below["model"] " out"
		below["ui"] = below["model"] " ui"
		below["app"] = below["model"] " out ui app"
	}
	FNR == 1 {
		comment = 0
		split(FILENAME, part, "/")
		layer = part[1] == "tests" ? "" : part[2]
		if (part[1] != "tests" && !(layer in below))
			fault("is in no layer")
	}
	{
		code = bare($0)
	}
	code ~ /^[ \t]*#[ \t]*include/ {
		if (layer != "")
			check_include($0)
		next
	}
	calls(code, "(v?sprintf|strcpy|strcat|gets|atoi|strtok)") {
		fault("unsafe call")
	}
	layer == "" && calls(code, "u?sleep") {
		fault("a test sleeps")
	}
	layer != "" && layer != "app" {
		if (calls(code, "(_?exit|_Exit|quick_exit)"))
			fault("exits outside app")
		if (calls(code, "(v?printf|puts|putchar|perror)") ||
		    code ~ /(printf|put[sc]|fwrite)[ \t]*\((.*[^A-Za-z0-9_])?(stdout|stderr)/)
			fault("prints outside app")
	}
	function fault(what) {
		printf "%s:%d: %s\n", FILENAME, FNR, what
	}
	function calls(text, names) {
		return (" " text) ~ ("[^A-Za-z0-9_]" names "[ \t]*\\(")
	}
	function check_include(line,    name, target, list, n, i) {
		name = line
		gsub(/^[^<"]*[<"]|[>"].*$/, "", name)
		if (name ~ /curses|^panel\.h$|^term\.h$/) {
			if (layer != "ui")
				fault("curses outside ui")
			return
		}
		if (name ~ /^bpf\/|^tasks\.skel\.h$/ && layer != "tasks" && layer != "bpf")
			fault("bpf outside tasks")
		if (line !~ /include[ \t]*"/)
			return
		target = name
		sub(/\/.*/, "", target)
		if (!(target in below) || name !~ /\//) {
			fault("an include that names no layer: " name)
			return
		}
		n = split(below[layer], list, " ")
		for (i = 1; i <= n; i++)
			if (list[i] == target)
				return
		fault(layer " includes " name)
	}
	function bare(line,    out, at, c) {
		out = ""
		while (line != "") {
			if (comment) {
				at = index(line, "*/")
				if (!at)
					return out
				comment = 0
				line = substr(line, at + 2)
				continue
			}
			if (!match(line, /["\047]|\/\*|\/\//))
				return out line
			c = substr(line, RSTART, RLENGTH)
			out = out substr(line, 1, RSTART - 1)
			line = substr(line, RSTART + RLENGTH)
			if (c == "//")
				return out
			if (c == "/*") {
				comment = 1
				out = out " "
				continue
			}
			# The rest of the literal, with its escapes.
			if (match(line, c == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^\047\\\\]|\\\\.)*\047"))
				line = substr(line, RLENGTH + 1)
			else
				line = ""
			out = out c c
		}
		return out
	}' "$@"
}

found=$(
	missing_headers
	find src include tests -name '*.[ch]' 2>/dev/null | LC_ALL=C sort | {
		mapfile -t files
		((${#files[@]} == 0)) || LC_ALL=C check_lines "${files[@]}"
	}
)
if [ -n "$found" ]; then
	echo "$found"
	exit 1
fi
