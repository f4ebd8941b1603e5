#!/bin/bash
# layers.sh passes a good tree, and names each single fault put into it.
set -euo pipefail
layers=$(cd "$(dirname "$0")" && pwd)/layers.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cd "$tree"
failed=0

good_tree() {
	rm -rf src include tests
	mkdir -p {src,include}/{base,proc,sys,tasks,sample,model,out,ui,app} tests/base
	local layer
	for layer in base proc sys tasks sample model out ui app; do
		printf '#include "%s/x.h"\n#include "base/x.h"\n' $layer >src/$layer/x.c
		: >include/$layer/x.h
	done
	cat >>src/base/x.c <<-'C'
		/* strcpy( and printf( in a comment,
		   exit(1) on its second line */
		const char *s = "sprintf( \" atoi(" ; // gets(
		int f(char *b, size_t n) __attribute__((format(printf, 1, 2)));
		int g(void) { return snprintf(b, n, "x") + fprintf(file, "y") + my_exit(1); }
	C
	echo '#include <sys/stat.h>' >>include/base/x.h
	echo '#include "out/x.h"' >>src/app/x.c
	echo '#include "ui/x.h"' >>src/app/x.c
	echo '#include "model/x.h"' >>src/ui/x.c
	echo '#include <ncurses.h>' >>src/ui/x.c
	echo 'int main(void) { printf("x"); exit(0); }' >src/app/main.c
	echo '#include "ui/x.h"' >tests/base/test_x.c
	echo 'int main(void) { exit(printf("x")); }' >>tests/base/test_x.c
}

# fault FILE LINE WANTED: appends LINE to FILE and expects exactly one complaint, about FILE.
fault() {
	local file=$1 line=$2 wanted=$3 said
	good_tree
	echo "$line" >>"$file"
	if said=$("$layers" "$tree"); then
		echo "not noticed: $file: $line"
		failed=1
	elif [[ $said != "$file:"*": $wanted"* || $said == *$'\n'* ]]; then
		echo "$file: $line: expected '$wanted', got: $said"
		failed=1
	fi
}

good_tree
"$layers" "$tree" || { echo "a good tree is refused" && failed=1; }

upward=(base:proc base:app proc:sys proc:tasks sys:proc tasks:sys tasks:sample sample:model
	model:out model:ui out:ui ui:out ui:app)
for pair in "${upward[@]}"; do
	from=${pair%:*} to=${pair#*:}
	fault "src/$from/x.c" "#include \"$to/x.h\"" "$from includes $to/x.h"
	fault "include/$from/x.h" "# include \"$to/x.h\" // x" "$from includes $to/x.h"
done
fault src/model/x.c '#include "x.h"' 'an include that names no layer'
fault src/model/y.c 'int y;' 'has no include/model/y.h'
fault src/app/y.c 'int y;' 'has no include/app/y.h'
fault include/other.h 'int y;' 'is in no layer'
fault src/app/x.c '#include <ncurses.h>' 'curses outside ui'
fault include/model/x.h '#include <ncursesw/curses.h>' 'curses outside ui'
for call in exit _exit _Exit; do
	fault src/ui/x.c "	$call(1);" 'exits outside app'
done
for call in 'printf("x")' 'puts("x")' 'perror ("x")' 'fprintf(stderr, "x")' 'fputs("x", stdout)'; do
	fault src/out/x.c "	$call;" 'prints outside app'
done
for call in strcpy strcat sprintf vsprintf gets atoi strtok; do
	fault src/base/x.c "	x = '\"' + $call(a);" 'unsafe call'
	fault src/app/main.c "$call (a);" 'unsafe call'
	fault tests/base/test_x.c "	/* x */ $call(a);" 'unsafe call'
done
fault tests/base/test_x.c '	sleep(1);' 'a test sleeps'
fault tests/base/test_x.c '	usleep(1);' 'a test sleeps'
exit $failed
