#!/bin/bash
# run.sh TEST...
# Runs the tests one after another: a line for each, and all that it printed if it failed.
#
# A binary is a cmocka program. cmocka announces each group ("Running N test(s)") and closes it
# ("[  PASSED  ] N test(s)"); a test that was announced and is not among the passed has failed, so
# an exit(0) in the middle of a group is no success. A script (.sh, .py) counts as one test and
# passes by its exit status; what a comparison measured is always shown.
#
# TEST_TIMEOUT   seconds for each (180)
# SANITIZER_LOG  prefix of the files that sanitizers write; one found after a test fails it
#
# The last line is "N passed, N failed". The status is 0 if something passed and nothing failed.
set -u
ulimit -c 0
limit=${TEST_TIMEOUT:-180}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Whoever runs the tests has settings of their own.
unset XDG_CONFIG_HOME HOME
unset NO_COLOR COLUMNS LINES CMOCKA_TEST_FILTER CMOCKA_MESSAGE_OUTPUT
export LC_ALL=C.UTF-8

announced() {
	grep -aoE '\[=+\].*Running [0-9]+ test' "$log" | awk '{n += $(NF - 1)} END {print n + 0}'
}
closed() {
	grep -aoE '\[  PASSED  \] [0-9]+ test' "$log" | awk '{n += $(NF - 1)} END {print n + 0}'
}
# Moves what sanitizers reported into the log; false if there was nothing.
reports() {
	[ -n "${SANITIZER_LOG:-}" ] && cat "$SANITIZER_LOG".* 2>/dev/null >>"$log" &&
		rm -f "$SANITIZER_LOG".*
}

passed=0
failed=0
[ -z "${SANITIZER_LOG:-}" ] || rm -f "$SANITIZER_LOG".*
for test in "$@"; do
	name=tests/${test##*tests/}
	command=("$test")
	case $test in
	*.sh) command=(bash "$test") kind=script ;;
	*.py) command=(python3 "$test") kind=script ;;
	*) kind=cmocka ;;
	esac
	{ timeout -k 5 "$limit" "${command[@]}" </dev/null >"$log" 2>&1; } 2>/dev/null
	status=$?

	if [ $kind = cmocka ]; then
		total=$(announced)
		good=$(closed)
	else
		total=1
		good=$((status == 0))
	fi
	bad=$((total - good))
	why="$bad of $total failed"
	[ "$total" -gt 0 ] || why="no test ran"
	if [ $status = 0 ] && [ $bad -gt 0 ]; then
		why="ended before cmocka's closing line"
	elif [ $status -ge 124 ] && [ $status != 255 ]; then
		why="status $status"
		[ $status = 124 ] && why="still running after $limit s"
		[ $status -gt 128 ] && why="killed by signal $((status - 128))"
	fi
	if reports; then
		status=1
		why="sanitizer report"
	fi
	if [ $bad -le 0 ] && { [ $status != 0 ] || [ "$total" = 0 ]; }; then
		bad=1
	fi

	passed=$((passed + good))
	if [ $bad -gt 0 ]; then
		failed=$((failed + bad))
		printf '  FAIL  %s: %s\n' "$name" "$why"
		tr -d '\000\033' <"$log" | sed 's/^/        /'
	else
		printf '  ok    %-40s %4d\n' "$name" "$good"
		case $test in
		*compare/*) sed 's/^/        /' "$log" ;;
		esac
	fi
done

echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
