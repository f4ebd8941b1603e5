# Completion of stalltop for fish. The part between "begin" and "end" is made from the program's own table
# of options; tests/app/test_share.c holds it against that.

complete -c stalltop -f
# begin options
complete -c stalltop -s d -l delay -x -d 'seconds between samples, 0.05 to 3600 (default 1)'
complete -c stalltop -s n -l count -x -d 'stop after N samples'
complete -c stalltop -s b -l batch -d 'rows as vmstat prints them, with min and maj (same as -o rows)'
complete -c stalltop -l json -d 'one JSON object a line (same as -o json)'
complete -c stalltop -s o -l output -x -a 'tui rows json waybar none' -d 'tui (default on a terminal), rows, json, waybar, none'
complete -c stalltop -s t -l timestamp -d 'rows with the date and time'
complete -c stalltop -s S -l unit -x -a 'k K m M' -d 'memory of rows in k (1000 bytes), K (1024, default), m or M'
complete -c stalltop -s p -l pid -x -a '(__fish_complete_pids)' -d 'only that process and its descendants; rows are the whole system'\''s'
complete -c stalltop -s s -l sort -x -a 'pid ppid user state cpu bar time rss anon swap growth read write io min maj runq disk wait dage vcsw ivcsw threads nice command' -d 'sort column of the process tables; "help" lists them'
complete -c stalltop -s u -l user -x -a '(__fish_complete_users)' -d 'only that user'\''s processes; rows are the whole system'\''s'
complete -c stalltop -l source -x -a 'auto bpf proc' -d 'where processes come from: auto (default), bpf, proc'
complete -c stalltop -l no-waits -d 'BPF without its program at each context switch: no time in D'
complete -c stalltop -l listen -x -d 'serve /metrics for Prometheus (on 127.0.0.1 and ::1)'
complete -c stalltop -l listen-top -d 'with the processes of the five tables, without command lines'
complete -c stalltop -l proc-root -x -a '(__fish_complete_directories)' -d 'read DIR instead of /proc'
complete -c stalltop -l sys-root -x -a '(__fish_complete_directories)' -d 'read DIR instead of /sys'
complete -c stalltop -l list-metrics -d 'every metric: name, unit, source, formula; -o json: as JSON'
complete -c stalltop -l bench -x -d 'take N samples as fast as possible; print p50 p95 p99 of each stage'
complete -c stalltop -l profile -x -d 'histogram of what the BPF program takes at a context switch'
complete -c stalltop -l no-color -d 'no colours (so does NO_COLOR in the environment)'
complete -c stalltop -l ascii -d 'draw with ASCII only'
complete -c stalltop -l slow-link -d 'send 600 bytes a refresh at most: graphs sweep, panes take turns'
complete -c stalltop -l no-mouse -d 'leave the mouse to the terminal, to select text'
complete -c stalltop -l readonly -d 'send no signal, change no nice value'
complete -c stalltop -l config -r -F -d 'settings from FILE, not $XDG_CONFIG_HOME/stalltop/config'
complete -c stalltop -l write-config -d 'write the settings, those of this line too, to that file; end'
complete -c stalltop -s h -l help -d 'print this text'
complete -c stalltop -s V -l version -d 'print the version'
# end options
