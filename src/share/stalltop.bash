# Completion of stalltop for bash. The parts between "begin" and "end" are made from the program's own
# table of options; tests/app/test_share.c holds them against it.

_stalltop() {
	local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}

	# "--output=js" comes as three words.
	if [[ $word == = ]]; then
		word=
	elif [[ $option == = && $COMP_CWORD -gt 1 ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	COMPREPLY=()
	case $option in
	# begin values
	-d | --delay)
		return
		;;
	-n | --count)
		return
		;;
	-o | --output)
		mapfile -t COMPREPLY < <(compgen -W 'tui rows json waybar none' -- "$word")
		return
		;;
	-S | --unit)
		mapfile -t COMPREPLY < <(compgen -W 'k K m M' -- "$word")
		return
		;;
	-p | --pid)
		return
		;;
	-s | --sort)
		mapfile -t COMPREPLY < <(compgen -W 'pid ppid user state cpu bar time rss anon swap growth read write io min maj runq disk wait dage vcsw ivcsw threads nice command' -- "$word")
		return
		;;
	-u | --user)
		mapfile -t COMPREPLY < <(compgen -u -- "$word")
		return
		;;
	--source)
		mapfile -t COMPREPLY < <(compgen -W 'auto bpf proc' -- "$word")
		return
		;;
	--record)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--record-keep)
		return
		;;
	--replay)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	--begin)
		return
		;;
	--end)
		return
		;;
	--listen)
		return
		;;
	--proc-root)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		return
		;;
	--sys-root)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -d -- "$word")
		return
		;;
	--bench)
		return
		;;
	--profile)
		return
		;;
	--config)
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
		;;
	# end values
	esac
	if [[ $word == -* ]]; then
		# begin options
		local options=(
			-d --delay
			-n --count
			-b --batch
			--json
			-o --output
			-t --timestamp
			-S --unit
			-p --pid
			-s --sort
			-u --user
			--source
			--no-waits
			--record
			--record-keep
			--replay
			--begin
			--end
			--listen
			--listen-top
			--proc-root
			--sys-root
			--list-metrics
			--bench
			--profile
			--no-color
			--ascii
			--slow-link
			--no-mouse
			--readonly
			--config
			--write-config
			-h --help
			-V --version
		)
		# end options
		mapfile -t COMPREPLY < <(compgen -W "${options[*]}" -- "$word")
	fi
}
complete -F _stalltop stalltop
