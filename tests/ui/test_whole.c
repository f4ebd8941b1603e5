/*
 * Whole screens, literally as a person sees them. Each graph has the one value that two samples give.
 */
#include <string.h>

#include "ui/scene.h"

#define COUNT(array) (int)(sizeof(array) / sizeof((array)[0]))

static void small_screen(void **state)
{
	static const char *const expected[] = {
		" stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!  proc  0.2ms 1.0s 15:18:41",
		" ! HIGH IO LATENCY  85 major faults/s - python3[1234] 81/s, 95% of them",
		"╭─ CPU 2 ────────────────────── 35.0% ─╮╭─ PRESSURE ─── now    10s  60s 300s ──╮",
		"│ us 30.0 sy  5.0 wa  2.0 st  0.0      ││ cpu     some  3.1    3.1  1.2  0.9   │",
		"│ 0 ━━━━━━────  58%  1 ━─────────  12% ││ memory  some 12.4!  10.4  4.0  1.1   │",
		"│ cs  5,431! in  1,204  busy         ⢠ ││         full  8.2    6.1  2.1  0.4   │",
		"╰──────────────────────────────────────╯│ io      some 14.5    9.5  3.2  0.9   │",
		"╭─ MEMORY ─────────────── ! 12% avail ─╮╰──────────────────────────────────────╯",
		"│ used 13.7G free  1.2G swap   0.5/2.0G│╭─ FAULTS ───────────────────── oom 0 ─╮",
		"│ cache  5.2G shmem  102M slab  307M   ││ minor  12,304/s                    ⢠ │",
		"│ active  3.1G inactive  1.9G (file)   ││ MAJOR      85/s!                   ⢸ │",
		"│ dirty  120M  0.8%  writeback  4.0M   ││ refault   301 swap in     0 out 48.0K│",
		"╰──────────────────────────────────────╯╰──────────────────────────────────────╯",
		"╭─ TOP [cpu] mem io faults waits ──────────────────────────────────────────────╮",
		"│    PID USER     S CPU%▾   RSS  RD/s  WR/s MIN/s MAJ/s DISK%  COMMAND         │",
		"│   1234 app      D  41.0  6.1G 12.0M     0   301    81! 55.0  python3         │",
		"│     88 root     R  12.2     0     0     0     0     0   0.0  kswapd0         │",
		"│   2201 postgres S   6.1  1.2G  100K 38.0M    40     4!  4.0  postgres        │",
		"│    911 app      S   2.0 88.0M     0     0     3     0   0.0  tmux: server    │",
		"│   4410 root     R   1.1 96.0M     0     0  2.2k     0   0.0 +cc1             │",
		"│      1 root     S   0.3 12.0M     0     0     0     0   0.0  systemd         │",
		"│    301 root     D   0.1     0     0  2.1M     0     0   9.0  jbd2/nvme0n1    │",
		"╰──────────────────────────────────────────────────────────────────────────────╯",
		" Tab pane  ⏎ zoom  <> sort  / find  m mark  i inspect  ␣ pause  ? help  q quit",
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_expect(&scene, 0, expected, COUNT(expected));
	scene_close(&scene);
}

static void wide_screen(void **state)
{
	static const char *const expected[] = {
		" stalltop   web-3  up 3d 04:12  load 2.42! 1.91 1.40   13 tasks   2 run   3 D!  0 zombie                             proc   0.2 ms/sample  every 1.0 s  15:18:41",
		" ! HIGH IO LATENCY  85 major faults/s - python3[1234] 81/s, 95% of them",
		"╭─ CPU 2 ─────────────────────────────────── 35.0% ─╮╭─ MEMORY · PAGE CACHE ─────────────── ! 12% avail ─╮╭─ PRESSURE ──────── share of time work stood still ─╮",
		"│                                                   ││ used  ━━━━━━━━━━━━━━━━── 13.7G    use high !      ││               now    10s  60s 300s                 │",
		"│                                                   ││ cache ━━━━━━────────────  5.2G                    ││ cpu     some  3.1    3.1  1.2  0.9               ⢠ │",
		"│                                                   ││ free  ━─────────────────  1.2G    of 15.6G        ││                                                    │",
		"│                                                 ⢀ ││ swap  ━━━━━─────────────  512M    of 2.0G         ││ memory  some 12.4!  10.4  4.0  1.1               ⢰ │",
		"│                                                 ⢸ ││                                                   ││         full  8.2    6.1  2.1  0.4               ⢸ │",
		"│                                                 ⢸ ││                                                 ⣀ ││                                                    │",
		"│ us 30.0  sy  5.0  wa  2.0  st  0.0  id 63.0       ││ active  3.1G inactive  1.9G (file) slab  307M     ││ io      some 14.5    9.5  3.2  0.9               ⢰ │",
		"│ 0 ━━━━━━━━━───────  58%  1 ━━──────────────  12%  ││ dirty  120M  0.8%  writeback  4.0M shmem  102M    ││         full  9.8    5.0  2.2  0.4               ⢸ │",
		"│ switches  5,431/s!  irqs  1,204/s  forks    3/s   ││ reclaim  3.7k/s thrash  8.1% anon  9.2G           ││                                                    │",
		"│ run queue    2  blocked    3!  load/cpu  1.2!     ││ mapped  640M committed 13.8G page tables 60.0M    ││ irq     full  0.0    0.0  0.0  0.0               ⢀ │",
		"╰───────────────────────────────────────────────────╯╰───────────────────────────────────────────────────╯╰────────────────────────────────────────────────────╯",
		"╭─ FAULTS ───────────────────────────────────────────────────────────────────────────────────────────────────────── minor are cheap · MAJOR wait for the disk ─╮",
		"│ minor  12,304/s                                                               swap in            0/s     refault          301/s     disk       busy    await │",
		"│                                                                           ⢠   swap out       48.0K/s     kswapd scan     9.8k/s     nvme0n1   41.0%   0.90ms │",
		"│                                                                           ⢸   disk read      12.1M/s     direct scan     1.1k/s!    sda        0.0%          │",
		"│ MAJOR      85/s!                                                          ⢰   disk write     40.2M/s     steal/scan       34.0%                              │",
		"│                                                                           ⢸   oom kills            0     thp fault         12/s                              │",
		"│                                                                           ⢸   paged in       12.1M/s     compaction         0/s                              │",
		"╰──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────╯",
		"╭─ TOP CPU ─────────────────── █ run ▒ runq ▄ disk ─╮╭─ TOP MEMORY ──────────────────────────────────────╮╭─ TOP I/O ──────────────────────────────────────────╮",
		"│    PID USER     S CPU%▾ TIME BAR     COMMAND      ││    PID USER       RSS▾   ANON  GROW/s COMMAND     ││    PID USER      RD/s  WR/s IO/s▾  COMMAND         │",
		"│   1234 app      D  41.0 █████▄▄▄▄▄▄▄ python3      ││   1234 app        6.1G   5.9G  +58.0M python3     ││   2201 postgres  100K 38.0M 38.1M  postgres        │",
		"│     88 root     R  12.2 █▒·········· kswapd0      ││   2201 postgres   1.2G   205M      +0 postgres    ││   1234 app      12.0M     0 12.0M  python3         │",
		"│   2201 postgres S   6.1 █··········· postgres     ││    733 app        410M   380M      +0 firefox     ││    301 root         0  2.1M  2.1M  jbd2/nvme0n1    │",
		"│    911 app      S   2.0 ············ tmux: server ││   4410 root      96.0M  70.0M  +96.0M+cc1         ││      1 root         0     0     0  systemd         │",
		"│   4410 root     R   1.1 ············+cc1          ││    911 app       88.0M  70.0M      +0 tmux: serve ││      2 root         0     0     0  kthreadd        │",
		"│      1 root     S   0.3 ············ systemd      ││    412 root      34.0M   6.0M      +0 systemd-jou ││     88 root         0     0     0  kswapd0         │",
		"│    301 root     D   0.1 ▄··········· jbd2/nvme0n1 ││      1 root      12.0M   4.0M      +0 systemd     ││    412 root         0     0     0  systemd-journal │",
		"│      2 root     S   0.0 ············ kthreadd     ││    640 root       9.0M   2.0M      +0 sshd        ││    640 root         0     0     0  sshd            │",
		"╰───────────────────────────────────────────────────╯╰───────────────────────────────────────────────────╯╰────────────────────────────────────────────────────╯",
		"╭─ TOP FAULTS ─────────────────────────────────────────────────────────────────╮╭─ TOP WAITS ──────────────────────────────────────────────────────────────────╮",
		"│    PID USER      MIN/s MAJ/s▾  SHARE          RSS  COMMAND                   ││    PID USER     S  RUNQ%  DISK% WAIT%▾    RSS   CPU%  COMMAND                │",
		"│   1234 app         301     81! ━━━━━━━━━━─   6.1G  python3                   ││   1234 app      D    0.2   55.0   55.2   6.1G   41.0  python3                │",
		"│   2201 postgres     40      4! ━──────────   1.2G  postgres                  ││    301 root     D    0.0    9.0    9.0      0    0.1  jbd2/nvme0n1           │",
		"│    733 app        9.1k      0                410M  firefox                   ││   2201 postgres S    0.1    4.0    4.1   1.2G    6.1  postgres               │",
		"│   4410 root       2.2k      0               96.0M +cc1                       ││     88 root     R    3.3    0.0    3.3      0   12.2  kswapd0                │",
		"│    911 app           3      0               88.0M  tmux: server              ││      1 root     S    0.0    0.0    0.0  12.0M    0.3  systemd                │",
		"│      1 root          0      0               12.0M  systemd                   ││      2 root     S    0.0    0.0    0.0      0    0.0  kthreadd               │",
		"│      2 root          0      0                   0  kthreadd                  ││    412 root     S    0.0    0.0    0.0  34.0M    0.0  systemd-journal        │",
		"│     88 root          0      0                   0  kswapd0                   ││    640 root     S    0.0    0.0    0.0   9.0M    0.0  sshd                   │",
		"╰──────────────────────────────────────────────────────────────────────────────╯╰──────────────────────────────────────────────────────────────────────────────╯",
		" Tab pane  ⏎ zoom  <> sort  / find  m mark  i inspect  ␣ pause  [] time  PMIFW table  r reverse  \\ filter  u user  t tree  C columns  k signal  ? help  q quit",
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 45, 160);
	scene_expect(&scene, 0, expected, COUNT(expected));
	scene_close(&scene);
}

static void ascii_screen(void **state)
{
	static const char *const expected[] = {
		" stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!  proc  0.2ms 1.0s 15:18:41",
		" ! HIGH IO LATENCY  85 major faults/s - python3[1234] 81/s, 95% of them",
		"+- CPU 2 ---------------------- 35.0% -++- PRESSURE --- now    10s  60s 300s --+",
		"| us 30.0 sy  5.0 wa  2.0 st  0.0      || cpu     some  3.1    3.1  1.2  0.9   |",
		"| 0 ######----  58%  1 #---------  12% || memory  some 12.4!  10.4  4.0  1.1   |",
		"| cs  5,431! in  1,204  busy         . ||         full  8.2    6.1  2.1  0.4   |",
		"+--------------------------------------+| io      some 14.5    9.5  3.2  0.9   |",
		"+- MEMORY --------------- ! 12% avail -++--------------------------------------+",
		"| used 13.7G free  1.2G swap   0.5/2.0G|+- FAULTS --------------------- oom 0 -+",
		"| cache  5.2G shmem  102M slab  307M   || minor  12,304/s                    - |",
		"| active  3.1G inactive  1.9G (file)   || MAJOR      85/s!                   # |",
		"| dirty  120M  0.8%  writeback  4.0M   || refault   301 swap in     0 out 48.0K|",
		"+--------------------------------------++--------------------------------------+",
		"+- TOP [cpu] mem io faults waits ----------------------------------------------+",
		"|    PID USER     S CPU%v   RSS  RD/s  WR/s MIN/s MAJ/s DISK%  COMMAND         |",
		"|   1234 app      D  41.0  6.1G 12.0M     0   301    81! 55.0  python3         |",
		"|     88 root     R  12.2     0     0     0     0     0   0.0  kswapd0         |",
		"|   2201 postgres S   6.1  1.2G  100K 38.0M    40     4!  4.0  postgres        |",
		"|    911 app      S   2.0 88.0M     0     0     3     0   0.0  tmux: server    |",
		"|   4410 root     R   1.1 96.0M     0     0  2.2k     0   0.0 +cc1             |",
		"|      1 root     S   0.3 12.0M     0     0     0     0   0.0  systemd         |",
		"|    301 root     D   0.1     0     0  2.1M     0     0   9.0  jbd2/nvme0n1    |",
		"+------------------------------------------------------------------------------+",
		" Tab pane  Enter zoom  <> sort  / find  m mark  i inspect  ? help  q quit",
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.canvas.ascii = true;
	scene_draw(&scene);
	scene_expect(&scene, 0, expected, COUNT(expected));
	scene_close(&scene);
}

/* Gauges are there at once; a rate is unknown, not zero. */
/* Why it is not BPF, in place of what stalltop says of itself, but never of what the machine says. */
static void header_names_the_cause(void **state)
{
	static const struct {
		int columns;
		const char *text;
	} cuts[] = {
		{ 160,
		  " stalltop   web-3  up 3d 04:12  load 2.42! 1.91 1.40   13 tasks   2 run   3 D!  0 zombie                 proc: no CAP_BPF   0.2 ms/sample  every 1.0 s  15:18:41" },
		{ 100,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  2 run  3 D!   proc: no CAP_BPF  0.2ms 1.0s 15:18:41" },
		{ 80,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!  proc: no CAP_BPF 15:18:41" },
		{ 79,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D! proc: no CAP_BPF 15:18:41" },
		{ 78,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!       proc 1.0s 15:18:41" },
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene.frame.source_why = "no CAP_BPF: the probe needs CAP_BPF and CAP_PERFMON";
	for (int i = 0; i < COUNT(cuts); i++) {
		scene_resize(&scene, 24, cuts[i].columns);
		assert_string_equal(scene_row(&scene, 0), cuts[i].text);
	}
	scene_key(&scene, '?');
	scene_resize(&scene, 120, 160);
	assert_true(scene_shows(&scene, "because no CAP_BPF: the probe needs"));
	/* A reason of many words is for the help alone. */
	scene_key(&scene, '?');
	scene.frame.source_why = "a cause of too many words: no cause";
	scene_resize(&scene, 24, 160);
	assert_null(strstr(scene_row(&scene, 0), "too many"));
	scene_close(&scene);
}

static void first_sample_has_no_rates(void **state)
{
	static const char *const expected[] = {
		" ! LOW MEMORY  12.0% available - python3[1234] 6.1G resident, 39% of memory",
		"╭─ CPU 2 ──────────────────────    -  ─╮╭─ PRESSURE ─── now    10s  60s 300s ──╮",
		"│ us    - sy    - wa    - st    -      ││ cpu     some    -    3.1  1.2  0.9   │",
		"│ 0 ──────────    -  1 ──────────    - ││ memory  some    -   10.4  4.0  1.1   │",
		"│ cs      -  in      -  busy           ││         full    -    6.1  2.1  0.4   │",
		"╰──────────────────────────────────────╯│ io      some    -    9.5  3.2  0.9   │",
		"╭─ MEMORY ─────────────── ! 12% avail ─╮╰──────────────────────────────────────╯",
		"│ used 13.7G free  1.2G swap   0.5/2.0G│╭─ FAULTS ───────────────────── oom 0 ─╮",
		"│ cache  5.2G shmem  102M slab  307M   ││ minor       -                        │",
		"│ active  3.1G inactive  1.9G (file)   ││ MAJOR       -                        │",
		"│ dirty  120M  0.8%  writeback  4.0M   ││ refault     - swap in     - out     -│",
		"╰──────────────────────────────────────╯╰──────────────────────────────────────╯",
		"╭─ TOP [cpu] mem io faults waits ──────────────────────────────────────────────╮",
		"│    PID USER     S CPU%▾   RSS  RD/s  WR/s MIN/s MAJ/s DISK%  COMMAND         │",
		"│      1 root     S     - 12.0M     -     -     -     -     -  systemd         │",
		"│      2 root     S     -     0     -     -     -     -     -  kthreadd        │",
		"│     88 root     R     -     0     -     -     -     -     -  kswapd0         │",
		"│    301 root     D     -     0     -     -     -     -     -  jbd2/nvme0n1    │",
		"│    412 root     S     - 34.0M     -     -     -     -     -  systemd-journal │",
		"│    640 root     S     -  9.0M     -     -     -     -     -  sshd            │",
		"│    733 app      S     -  410M     -     -     -     -     -  firefox         │",
		"╰──────────────────────────────────────────────────────────────────────────────╯",
		" Tab pane  ⏎ zoom  <> sort  / find  m mark  i inspect  ␣ pause  ? help  q quit",
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	scene_first_sample(&scene);
	scene_expect(&scene, 1, expected, COUNT(expected));
	scene_close(&scene);
}

static void header_gives_way(void **state)
{
	static const struct {
		int columns;
		const char *text;
	} cuts[] = {
		{ 160,
		  " stalltop   web-3  up 3d 04:12  load 2.42! 1.91 1.40   13 tasks   2 run   3 D!  0 zombie                             proc   0.2 ms/sample  every 1.0 s  15:18:41" },
		{ 140,
		  " stalltop   web-3  up 3d 04:12  load 2.42! 1.91 1.40   13 tasks   2 run   3 D!  0 zombie         proc   0.2 ms/sample  every 1.0 s  15:18:41" },
		{ 120,
		  " stalltop   web-3  load 2.42! 1.91 1.40   13 tasks   2 run   3 D!  0 zombie  proc   0.2 ms/sample  every 1.0 s  15:18:41" },
		{ 100,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  2 run  3 D! 0 zombie      proc  0.2ms 1.0s 15:18:41" },
		{ 80,
		  " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!  proc  0.2ms 1.0s 15:18:41" },
		{ 70, " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!    proc 15:18:41" },
		{ 60, " stalltop  web-3 load 2.42! 1.91 1.40  13 tasks  3 D!   proc" },
		{ 50, " stalltop  web-3 load 2.42! 1.91 1.40  3 D!" },
		{ 40, " stalltop  load 2.42! 1.91 1.40  3 D!" },
		{ 32, " stalltop  load 2.42! 1.91 1.40" },
		{ 20, " stalltop" },
		{ 8, " stallto" },
	};
	struct scene scene;

	(void)state;
	scene_open(&scene, "web3", 24, 80);
	for (int i = 0; i < COUNT(cuts); i++) {
		scene_resize(&scene, 24, cuts[i].columns);
		assert_string_equal(scene_row(&scene, 0), cuts[i].text);
	}
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_screen),
		cmocka_unit_test(wide_screen),
		cmocka_unit_test(header_names_the_cause),
		cmocka_unit_test(ascii_screen),
		cmocka_unit_test(first_sample_has_no_rates),
		cmocka_unit_test(header_gives_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
