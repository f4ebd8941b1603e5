#!/bin/bash
# run.sh counts what cmocka closed, and takes nothing else for success.
set -euo pipefail
run=$(cd "$(dirname "$0")" && pwd)/run.sh
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

announce='echo "[==========] Running 2 test(s)."'
close='echo "[  PASSED  ] 2 test(s)."'

# A stand-in for a compiled test.
binary() {
	printf '#!/bin/bash\n%s\n' "$2" >"$dir/$1"
	chmod +x "$dir/$1"
}

# expect STATUS LAST-LINE TEST...
expect() {
	local status=0 said
	said=$(SANITIZER_LOG=$dir/report TEST_TIMEOUT=1 "$run" "${@:3}") || status=$?
	if [ $status != "$1" ] || [ "${said##*$'\n'}" != "$2" ]; then
		echo "expected $1 and '$2', got $status and:"
		echo "$said"
		failed=1
	fi
}

binary good "$announce; $close"
binary two_groups "$announce; $close; $announce; $close"
binary early "$announce; exit 0"
binary early_second "$announce; $close; $announce; exit 0"
binary silent "exit 0"
binary half "$announce; echo '[  PASSED  ] 1 test(s).'; exit 1"
binary crash "$announce; kill -SEGV \$\$"
binary bad_end "$announce; $close; exit 23"
binary hang "$announce; exec tail -f /dev/null"
binary report "$announce; $close; echo fault >$dir/report.17"
binary script.sh "exit 0"
binary script_bad.sh "exit 3"

expect 0 "2 passed, 0 failed" "$dir/good"
expect 0 "4 passed, 0 failed" "$dir/two_groups"
expect 1 "0 passed, 2 failed" "$dir/early"
expect 1 "2 passed, 2 failed" "$dir/early_second"
expect 1 "0 passed, 1 failed" "$dir/silent"
expect 1 "1 passed, 1 failed" "$dir/half"
expect 1 "0 passed, 2 failed" "$dir/crash"
expect 1 "2 passed, 1 failed" "$dir/bad_end"
expect 1 "0 passed, 2 failed" "$dir/hang"
expect 1 "2 passed, 1 failed" "$dir/report"
expect 1 "0 passed, 1 failed" "$dir/absent"
expect 0 "1 passed, 0 failed" "$dir/script.sh"
expect 1 "0 passed, 1 failed" "$dir/script_bad.sh"
expect 1 "3 passed, 3 failed" "$dir/good" "$dir/early" "$dir/script.sh" "$dir/script_bad.sh"
expect 1 "0 passed, 0 failed"
exit $failed
