#include "tasks/bpf_refusal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/btf.h>

#include "base/file.h"

#ifndef CAP_PERFMON /* headers before 5.8 */
#define CAP_PERFMON 38
#define CAP_BPF 39
#endif

#define WORDS _LINUX_CAPABILITY_U32S_3

static bool exists(const char *root, const char *path)
{
	char whole[4096];

	return (size_t)snprintf(whole, sizeof(whole), "%s/%s", root, path) < sizeof(whole) &&
	       !access(whole, F_OK);
}

/* "none integrity [confidentiality]": reading the kernel's memory is refused then. */
static bool is_locked_down(const char *sys_root)
{
	char text[128];
	int fd = open(sys_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return false;
	len = file_read_at(fd, "kernel/security/lockdown", text, sizeof(text));
	close(fd);
	return len > 0 && strstr(text, "[confidentiality]");
}

int bpf_refusal_before(const char *sys_root, char *why, size_t cap)
{
	if (!exists(sys_root, "kernel")) {
		snprintf(why, cap, "no /sys: %s is not mounted, so there is no BTF", sys_root);
		return -ENOENT;
	}
	if (!exists(sys_root, "kernel/btf/vmlinux")) {
		snprintf(why, cap, "no BTF: this kernel was built without CONFIG_DEBUG_INFO_BTF");
		return -ENOENT;
	}
	if (is_locked_down(sys_root)) {
		snprintf(why, cap,
			 "lockdown: in its confidentiality mode BPF must not read the kernel");
		return -EPERM;
	}
	return 0;
}

static bool get_caps(struct __user_cap_data_struct data[static WORDS])
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };

	return !syscall(SYS_capget, &header, data);
}

static void set_caps(const struct __user_cap_data_struct data[static WORDS])
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };

	syscall(SYS_capset, &header, data);
}

static bool has_cap(const struct __user_cap_data_struct data[static WORDS], unsigned capability)
{
	return data[capability / 32].effective >> capability % 32 & 1;
}

static void explain_permission(char *why, size_t cap)
{
	struct __user_cap_data_struct data[WORDS];
	bool bpf, perfmon;

	if (!get_caps(data))
		memset(data, 0, sizeof(data));
	bpf = has_cap(data, CAP_BPF) || has_cap(data, CAP_SYS_ADMIN);
	perfmon = has_cap(data, CAP_PERFMON) || has_cap(data, CAP_SYS_ADMIN);
	if (bpf && perfmon)
		snprintf(why, cap, "not permitted: by seccomp or a security module");
	else
		snprintf(why, cap, "no %s: the probe needs %s%s%s", bpf ? "CAP_PERFMON" : "CAP_BPF",
			 bpf ? "" : "CAP_BPF", bpf || perfmon ? "" : " and ",
			 perfmon ? "" : "CAP_PERFMON");
}

static bool has_task_iterator(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	bool found = btf && btf__find_by_name_kind(btf, "bpf_iter__task", BTF_KIND_STRUCT) > 0;

	btf__free(btf);
	return found;
}

void bpf_refusal_after(int err, char *why, size_t cap)
{
	if (err == -EPERM || err == -EACCES)
		explain_permission(why, cap);
	else if (err == -ENOMEM)
		snprintf(why, cap, "no memory: there was none for the probe");
	else if (err == -ENOSYS || !has_task_iterator())
		snprintf(why, cap, "kernel too old: no task iterator for BPF (5.8)");
	else
		snprintf(why, cap, "refused: the kernel says %s", strerror(-err));
}

static void change_caps(bool effective, bool permitted)
{
	static const unsigned ours[] = { CAP_BPF, CAP_PERFMON };
	struct __user_cap_data_struct data[WORDS];

	if (!get_caps(data))
		return;
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		struct __user_cap_data_struct *word = &data[ours[i] / 32];
		uint32_t bit = UINT32_C(1) << ours[i] % 32;

		if (!permitted)
			word->permitted &= ~bit;
		if (effective)
			word->effective |= word->permitted & bit;
		else
			word->effective &= ~bit;
		if (!permitted)
			word->inheritable &= ~bit;
	}
	set_caps(data);
}

void bpf_caps_drop(bool for_good)
{
	change_caps(false, !for_good);
}

void bpf_caps_take_back(void)
{
	change_caps(true, true);
}
