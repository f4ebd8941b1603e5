#!/bin/bash
# run.sh GUEST DIR
# Boots the newest Debian cloud kernel of each series under qemu's software emulation and runs GUEST, a
# static program (guest.c), in it. DIR keeps the kernels between runs. Needs qemu-system-x86
# busybox-static cpio, and a mirror; the machine's own package sources stay as they are.
#
# A line for each; a series that the mirror does not have is skipped and named, but 6.1 and 6.12 have
# to run. The status is 1 if one failed.
set -euo pipefail
guest=$1
dir=$2
mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
marker="STALLTOP-GUEST-STATUS"
limit=${GUEST_TIMEOUT:-120}
failed=0

mirror=$(sed -n 's/^URIs: *\([^ ]*\/debian\) *$/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -1)
security=$(sed -n 's/^URIs: *\([^ ]*\/debian-security\) *$/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -1)
if [ -z "$mirror" ] || [ -z "$security" ]; then
	echo "check-kernels: no Debian mirror in /etc/apt/sources.list.d/*.sources" >&2
	exit 1
fi
key="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
for suite in bullseye bookworm trixie; do
	echo "deb $key $security $suite-security main"
done >"$dir/sources.list"
echo "deb $key $mirror trixie-backports main" >>"$dir/sources.list"
apt=(-o "Dir::Etc::sourcelist=$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null
	-o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o Acquire::Languages=none)
apt-get -qq "${apt[@]}" update || echo "check-kernels: apt-get update failed, going on" >&2

# The newest package with a kernel of the series, "6.1" or "7". From 6.19 on the kernel is in -binary-.
newest() {
	apt-cache "${apt[@]}" search --names-only "^linux-(image|binary)-$1[.][0-9].*-cloud-amd64\$" |
		sed 's/^linux-\([a-z]*\)-\([^ ]*\) .*/\2 \1/' | sort -V |
		awk '{ if ($1 != last) name = ""; last = $1; if (name !~ /binary/) name = "linux-" $2 "-" $1 }
			END { print name }'
}

# Unpacks the kernel of a package; prints its path.
fetch() {
	local package=$1 image="$dir/$1.vmlinuz"
	if [ ! -s "$image" ]; then
		(cd "$dir" && rm -f "$package"_*.deb && apt-get -qq "${apt[@]}" -o APT::Sandbox::User=root download "$package" >&2)
		dpkg-deb --fsys-tarfile "$dir/$package"_*.deb | tar -xO --wildcards '*/vmlinuz*' >"$image"
		rm -f "$dir/$package"_*.deb
	fi
	echo "$image"
}

make_initrd() {
	local root
	root=$(mktemp -d)
	mkdir -p "$root"/{bin,proc,sys,dev,tmp}
	cp "$(command -v busybox)" "$root/bin/busybox"
	cp "$guest" "$root/guest"
	cat >"$root/init" <<-END
		#!/bin/busybox sh
		/bin/busybox mount -t proc proc /proc
		/bin/busybox mount -t sysfs sys /sys
		/bin/busybox mount -t devtmpfs dev /dev
		want=\$(/bin/busybox sed -n 's/.*stalltop.want=\([^ ]*\).*/\1/p' /proc/cmdline)
		[ "\$want" != mounted ] || /bin/busybox umount /sys
		cd /tmp
		/guest "\$want"
		echo "$marker=\$?"
		/bin/busybox poweroff -f
	END
	chmod +x "$root/init"
	(cd "$root" && find . | cpio -o -H newc --quiet | gzip -1) >"$dir/initrd.gz"
	rm -rf "$root"
}

boot() {
	timeout -k 5 "$limit" qemu-system-x86_64 -accel tcg,thread=single -cpu max -smp 2 -m 1G \
		-nodefaults -nographic -serial stdio -no-reboot -kernel "$1" -initrd "$dir/initrd.gz" \
		-append "console=ttyS0 quiet panic=-1 stalltop.want=$2 ${3:-}" \
		</dev/null 2>&1 | tr -d '\r' || true
}

# check NAME KERNEL WANTED [KERNEL-ARGUMENT]
check() {
	local out
	out=$(boot "$2" "$3" "${4:-}")
	# The emulator itself fails once in a long while: one more try when nothing was heard.
	grep -aq "$marker=" <<<"$out" || out=$(boot "$2" "$3" "${4:-}")
	if grep -aq "$marker=0" <<<"$out"; then
		printf '  ok    %-34s %s\n' "$1" "$(grep -ao 'probe: .*\|header: .*' <<<"$out" | paste -sd ' ')"
		return
	fi
	printf '  FAIL  %s\n' "$1"
	tail -30 <<<"$out" | sed 's/^/        /'
	failed=1
}

make_initrd
for series in ${SERIES:-5.10 6.1 6.12 6.18 7}; do
	package=$(newest "$series")
	if [ -z "$package" ] || ! image=$(fetch "$package"); then
		echo "  skip  $series: the mirror has no such kernel"
		case $series in 6.1 | 6.12) failed=1 ;; esac
		continue
	fi
	name=${package#linux-*-}
	name=${name%-cloud-amd64}
	case $series in
	5.10) check "$name" "$image" nowaits ;;
	*) check "$name" "$image" bpf ;;
	esac
	if [ "$series" = 6.12 ]; then
		check "$name psi=0" "$image" bpf psi=0
		check "$name without /sys" "$image" mounted
	fi
done
exit $failed
