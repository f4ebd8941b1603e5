#!/bin/bash
# Draws the pictures of the README: the real program on the real /proc, under a load that is the same
# on every machine. The load runs in a pid namespace of its own, so that only it is on the screen.
# Needs root (or sudo) for the namespace, for users of their own and for a memory cgroup.
#
#   STALLTOP=build/stalltop PICTURE=build/tests/tools/picture screenshots/make.sh [NAME...]
set -euo pipefail
cd "$(dirname "$0")/.."
: "${STALLTOP:=$PWD/build/stalltop}" "${PICTURE:=$PWD/build/tests/tools/picture}"
export STALLTOP PICTURE

if [[ -z ${STALLTOP_SHOT_NAMESPACE-} ]]; then
	for tool in "$STALLTOP" "$PICTURE" stress-ng setpriv unshare gifsicle; do
		command -v "$tool" >/dev/null || {
			echo "screenshots: $tool is missing (make deps all)" >&2
			exit 1
		}
	done
	/usr/bin/python3 -c 'import PIL' 2>/dev/null || {
		echo "screenshots: python3-pil is missing (make deps)" >&2
		exit 1
	}
	root=()
	(($(id -u) == 0)) || root=(sudo --preserve-env=STALLTOP,PICTURE)
	exec "${root[@]}" env STALLTOP_SHOT_NAMESPACE=1 \
		unshare --pid --fork --kill-child --uts --mount --mount-proc "$0" "$@"
fi

hostname web-3
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
work=$(mktemp -d)
chmod 1777 "$work"
group=
started=()

# Waits for the members to be gone: a cgroup with one in it cannot be removed.
cleanup() {
	((${#started[@]})) && kill -KILL "${started[@]}" 2>/dev/null
	wait 2>/dev/null
	[[ -n $group ]] && { rmdir "$group" 2>/dev/null || { sleep 1; rmdir "$group"; }; }
	rm -rf "$work"
}
trap cleanup EXIT

as() { # USER COMMAND...: in the background, in a session of its own
	local user=$1
	shift
	(cd "$work" && exec setpriv --reuid="$user" --regid="$user" --clear-groups -- "$@") \
		>"$work/$user.log" 2>&1 &
	started+=($!)
}

# Memory touched a little at a time: minor faults, and RSS that grows.
cat >"$work/grow.py" <<'PY'
import mmap, sys, time
memory = mmap.mmap(-1, 1 << 30)
for at in range(0, 700 << 20, 256 << 10):
    for page in range(at, at + (256 << 10), 4096):
        memory[page] = 1
    time.sleep(float(sys.argv[1]))
time.sleep(1000)
PY

# Pages of a file in random order, some a second: each that is not in memory is a major fault.
cat >"$work/scan.py" <<'PY'
import mmap, random, sys, time
file = open(sys.argv[1], "rb")
memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
memory.madvise(mmap.MADV_RANDOM)
pages = len(memory) // 4096
total = 0
while True:
    for _ in range(int(sys.argv[2])):
        total += memory[random.randrange(pages) * 4096]
    time.sleep(0.05)
PY

# A log that is written and kept safe, as a database does.
cat >"$work/journal.py" <<'PY'
import os, sys, time
file = os.open("journal", os.O_CREAT | os.O_RDWR, 0o600)
while True:
    os.pwrite(file, os.urandom(192 << 10), 0)
    os.fsync(file)
    time.sleep(float(sys.argv[1]))
PY

everyday_load() {
	as www-data stress-ng --cpu 1 --cpu-load 35 --quiet
	as backup python3 journal.py 0.05
	as games python3 grow.py 0.05
	as news stress-ng --switch 1 --switch-freq 1000 --quiet
	as daemon sleep 1000
	as mail bash -c 'while :; do gzip -c grow.py >/dev/null; sleep 0.3; done'
}

make_group() { # BYTES: a memory cgroup with that limit, version 1 or 2
	if [[ -d /sys/fs/cgroup/memory ]]; then
		group=/sys/fs/cgroup/memory/stalltop-screenshots
		mkdir -p "$group"
		echo "$1" >"$group/memory.limit_in_bytes"
	else
		group=/sys/fs/cgroup/stalltop-screenshots
		echo +memory >/sys/fs/cgroup/cgroup.subtree_control
		mkdir -p "$group"
		echo "$1" >"$group/memory.max"
	fi
}

# Major faults for real: a file larger than the limit of the cgroup, mapped and touched.
prepare_faults() {
	# Written past the page cache: pages that are in memory already would be no fault.
	dd if=/dev/urandom of="$work/table" bs=1M count=300 oflag=direct status=none
	chmod 644 "$work/table"
	make_group 40M
}

start_faults() { # SECONDS from now
	as games bash -c "sleep $1; exec /usr/bin/python3 scan.py table 40"
	echo "${started[-1]}" >"$group/cgroup.procs"
}

shot() { # NAME ROWS COLUMNS PICTURE-ACTIONS... -- STALLTOP-ARGS...
	local name=$1 rows=$2 columns=$3 actions=()
	shift 3
	((${#only[@]})) && [[ " ${only[*]} " != *" $name "* ]] && return
	while [[ $1 != -- ]]; do
		actions+=("$1")
		shift
	done
	shift
	echo "  PICTURE $name"
	"$PICTURE" -o "screenshots/$name.png" -r "$rows" -c "$columns" -t 120 \
		-T stalltop "${actions[@]}" -- "$STALLTOP" "$@"
}

# Half a second a frame: what was pressed stands in the bar of the window.
hunt() { # NAME ROWS COLUMNS
	local name=$1 frames=() actions=() at=0
	((${#only[@]})) && [[ " ${only[*]} " != *" $name "* ]] && return
	show() { # FRAMES TITLE [PICTURE-ACTION...]
		local i count=$1
		actions+=(-n "$2" "${@:3}")
		for ((i = 0; i < count; i++)); do
			frames+=("$work/$(printf '%03d' "$at").png")
			actions+=(-i 500 -p "${frames[-1]##*/}")
			at=$((at + 1))
		done
	}
	show 7 "stalltop"
	show 5 "The verdict is red: who reads?" -w "HIGH IO LATENCY"
	show 5 "F   the table of faults" -k F
	show 5 "z   all of it" -k z
	show 5 "Down   the first of them" -K Down
	show 5 "c   its command line" -k c
	show 6 "t   and who started it" -k t
	show 6 "i   where does a number come from?" -k i
	echo "  PICTURE $name"
	cp "$STALLTOP" "$work/stalltop"
	cp "$PICTURE" "$work/picture"
	# Command lines are on show: by their names alone.
	(cd "$work" && PATH=.:$PATH picture -o last.png -r "$2" -c "$3" -t 120 -T stalltop \
		-w TOP -i 2000 "${actions[@]}" -- stalltop -d 0.5)
	/usr/bin/python3 screenshots/animate.py "$work/hunt.gif" 500 "${frames[@]}"
	gifsicle -O3 "$work/hunt.gif" -o "screenshots/$name.gif"
}

only=("$@")
everyday_load
sleep 1
shot dashboard-80x24 24 80 -w TOP -i 8000 -- -d 0.5
shot dashboard-160x45 45 160 -w "TOP WAITS" -i 45000 -- -d 0.5
shot zoom-160x45 45 160 -w "TOP WAITS" -i 3000 -k z -i 1000 -- -d 0.5
shot help-80x24 24 80 -w TOP -i 1500 -k '?' -w Keys -- -d 0.5
shot ascii-80x24 24 80 -w TOP -i 8000 -- -d 0.5 --ascii
prepare_faults
start_faults 5
hunt hunt-100x30 30 100
for theme in colorblind contrast; do
	echo "theme = $theme" >"$work/$theme"
	shot $theme-80x24 24 80 -w TOP -i 6000 -- -d 0.5 --config "$work/$theme"
done
shot alerts-160x45 45 160 -w "TOP WAITS" -i 30000 -- -d 0.5
shot alerts-80x24 24 80 -w TOP -i 6000 -- -d 0.5
