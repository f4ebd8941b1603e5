# Completion of stalltop for fish. The part between "begin" and "end" is made from the program's own table
# of options; tests/app/test_share.c holds it against that.

complete -c stalltop -f
# begin options
complete -c stalltop -s d -l delay -x -d 'seconds between samples, 0.05 to 3600 (default 1)'
complete -c stalltop -s n -l count -x -d 'stop after N samples'
complete -c stalltop -s b -l batch -d 'rows as vmstat prints them, with min and maj (same as -o rows)'
complete -c stalltop -l json -d 'one JSON object a line (same as -o json)'
complete -c stalltop -s o -l output -x -a 'tui rows json waybar' -d 'tui (default on a terminal), rows, json, waybar'
complete -c stalltop -s t -l timestamp -d 'rows with the date and time'
complete -c stalltop -s S -l unit -x -a 'k K m M' -d 'memory of rows in k (1000 bytes), K (1024, default), m or M'
complete -c stalltop -s p -l pid -x -a '(__fish_complete_pids)' -d 'only that process and its descendants'
complete -c stalltop -s s -l sort -x -a 'pid ppid user state cpu time rss anon swap growth read write io min maj runq disk wait dage threads nice command' -d 'sort column of the process tables; "help" lists them'
complete -c stalltop -s u -l user -x -a '(__fish_complete_users)' -d 'only that user'\''s processes'
complete -c stalltop -l source -x -a 'auto bpf proc' -d 'where processes come from: auto (default), bpf, proc'
complete -c stalltop -l no-waits -d 'BPF without its program at each context switch: no time in D'
complete -c stalltop -l proc-root -x -a '(__fish_complete_directories)' -d 'read DIR instead of /proc'
complete -c stalltop -l sys-root -x -a '(__fish_complete_directories)' -d 'read DIR instead of /sys'
complete -c stalltop -l list-metrics -d 'every metric: name, unit, source, formula; -o json: as JSON'
complete -c stalltop -l bench -x -d 'take N samples as fast as possible; print p50 p95 p99 of each stage'
complete -c stalltop -l profile -x -d 'histogram of what the BPF program takes at a context switch'
complete -c stalltop -l no-color -d 'no colours (so does NO_COLOR in the environment)'
complete -c stalltop -l ascii -d 'draw with ASCII only'
complete -c stalltop -l readonly -d 'send no signal, change no nice value'
complete -c stalltop -s h -l help -d 'print this text'
complete -c stalltop -s V -l version -d 'print the version'
# end options
