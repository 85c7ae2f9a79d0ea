//go:build linux

package witness

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

const (
	// maxString is how much of a string is read at once, its end included: bpftrace
	// has strings of at most 200 bytes.
	maxString = 200
	// piece and pieces bound what is read of an argument vector.
	piece  = 128
	pieces = 64
	// upidSize and upidNamespace are of the kernel's struct upid: a number, a gap, a pointer.
	upidSize, upidNamespace = 16, 8
)

// script is the bpftrace program that records the acts of all processes that are
// in another process namespace than ours. A call's paths are read as it returns:
// then the kernel has read them itself, so they are in memory.
func script(host uint64) string {
	var out strings.Builder
	inside := fmt.Sprintf("curtask->nsproxy->pid_ns_for_children->ns.inum != %d", host)
	fmt.Fprintf(&out, "BEGIN { printf(\"begin\\n\"); }\n")
	for i, recorded := range calls {
		when := inside
		if recorded.writing && !recorded.inMemory {
			when += fmt.Sprintf(" && ((uint64)args->flags & %d) != 0 && ((uint64)args->flags & %d) == 0",
				unix.O_WRONLY|unix.O_RDWR|unix.O_CREAT|unix.O_TRUNC, unix.O_PATH)
		}
		fmt.Fprintf(&out, "tracepoint:syscalls:sys_enter_%s /%s/ { @in[tid] = (uint64)%d;", recorded.name, when, i+1)
		for _, argument := range [][2]string{{"path", recorded.path}, {"to", recorded.to}, {"flags", recorded.flags}} {
			if argument[1] != "" {
				fmt.Fprintf(&out, " @%s[tid] = (uint64)args->%s;", argument[0], argument[1])
			}
		}
		if recorded.name == "connect" {
			out.WriteString(" @path[tid] = (uint64)args->uservaddr;")
		}
		out.WriteString(" }\n")

		succeeded := "args->ret >= 0"
		if recorded.name == "connect" {
			succeeded += fmt.Sprintf(" || args->ret == -%d", int(unix.EINPROGRESS))
		}
		flags := "@flags[tid]"
		switch {
		case recorded.flags == "":
			flags = "(uint64)0"
		case recorded.inMemory:
			flags = "*(uint64*)uptr(@flags[tid])"
		}
		fmt.Fprintf(&out, "tracepoint:syscalls:sys_exit_%s /@in[tid] == %d/ { if (%s) { %s", recorded.name, i+1, succeeded, identity)
		fmt.Fprintf(&out, ` printf("call %%lu %%d %%u %%d %%d %d %%lu\n", $t, tid, $ns, $nr, $up, %s); @told = count();%s`, i, flags, program)
		if recorded.path != "" {
			out.WriteString(text("path", "$t", "tid", "@path[tid]"))
		}
		if recorded.to != "" {
			out.WriteString(text("to", "$t", "tid", "@to[tid]"))
		}
		if recorded.name == "connect" {
			out.WriteString(` printf("address %lu %d %rx\n", $t, tid, buf(uptr(@path[tid]), @flags[tid]));`)
		}
		out.WriteString(" } delete(@in[tid]); delete(@path[tid]); delete(@to[tid]); delete(@flags[tid]); }\n")
	}
	for _, name := range []string{"execve", "execveat"} {
		fmt.Fprintf(&out, "tracepoint:syscalls:sys_enter_%s /%s/ { $t = nsecs; $v = (uint64)args->argv; $a = *(uint64*)uptr($v);%s }\n",
			name, inside, text("first", "$t", "tid", "$a"))
	}
	fmt.Fprintf(&out, "tracepoint:sched:sched_process_exec /%s/ { %s", inside, identity)
	out.WriteString(` printf("exec %lu %d %u %d %d %d\n", $t, tid, $ns, $nr, $up, args->old_pid); @told = count();`)
	out.WriteString(program)
	out.WriteString(` printf("path %lu %d %s\n", $t, tid, str(args->filename));`)
	fmt.Fprintf(&out, ` $s = curtask->mm->arg_start; $e = curtask->mm->arg_end; $i = 0; while ($i < %d) { if ($s >= $e) { break; }`, pieces)
	fmt.Fprintf(&out, ` $n = $e - $s; if ($n > %d) { $n = %d; } printf("argv %%lu %%d %%d %%rx\n", $t, tid, $i, buf(uptr($s), $n)); $s = $s + $n; $i = $i + 1; }`, piece, piece)
	fmt.Fprintf(&out, ` if ($s < $e) { printf("cut %%lu %%d\n", $t, tid); } }`+"\n")
	out.WriteString("END { print(@told); clear(@told); clear(@in); clear(@path); clear(@to); clear(@flags); printf(\"end\\n\"); }\n")
	return out.String()
}

// identity finds the acting process's number and namespace as the process itself
// knows them, which are the last of those that the kernel keeps for it, and its
// parent's number.
var identity = fmt.Sprintf(`$t = nsecs; `+
	`$k = (uint64)curtask->group_leader->thread_pid; $l = (uint64)curtask->group_leader->thread_pid->level; `+
	`$u = $k + sizeof(struct pid) + $l * %[1]d; $nr = *(uint32*)$u; $ns = ((struct pid_namespace *)(*(uint64*)($u + %[2]d)))->ns.inum; `+
	`$pk = (uint64)curtask->group_leader->real_parent->group_leader->thread_pid; `+
	`$pl = (uint64)curtask->group_leader->real_parent->group_leader->thread_pid->level; $up = (uint32)0; `+
	`if ($pl == $l) { $up = *(uint32*)($pk + sizeof(struct pid) + $pl * %[1]d); }`, upidSize, upidNamespace)

// program prints what the acting process is to the kernel: its name, and that of the
// file that it runs.
const program = ` printf("comm %lu %d %s\n", $t, tid, comm); printf("file %lu %d %s\n", $t, tid, str(curtask->mm->exe_file->f_path.dentry->d_name.name));`

// text prints a string of the acting process in two pieces, of which the second
// counts only if the first is full.
func text(word, at, thread, address string) string {
	return fmt.Sprintf(` printf("%[1]s %%lu %%d %%s\n", %[2]s, %[3]s, str(uptr(%[4]s))); printf("more %%lu %%d %[1]s %%s\n", %[2]s, %[3]s, str(uptr(%[4]s + %[5]d)));`,
		word, at, thread, address, maxString-1)
}
