package importer

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// linuxPrograms are the programs of Linux whose start alone is what a source's command
// does there, as far as rules see it, by the folder that Debian has them in.
var linuxPrograms = map[string][]string{
	"/usr/bin/": {
		"apt", "apt-get", "arch", "atq", "base64", "cat", "chattr", "chgrp", "chmod", "chown", "chsh", "cp", "curl", "date", "dd", "df", "dig", "dircolors", "dmesg",
		"dpkg", "du", "file", "find", "findmnt", "free", "getcap", "getent", "getfacl", "gpg", "grep", "groups", "gunzip", "gzip", "head", "hexdump", "host", "hostname", "hostnamectl", "id", "journalctl", "kill",
		"last", "lastb", "lastlog", "less", "ln", "loginctl", "ls", "lsattr", "lsb_release", "lsblk", "lscpu", "lsof", "lspci", "lsusb", "md5sum", "mkdir", "mkfifo", "mktemp", "more", "mount", "mv", "nc", "ncat", "netstat",
		"nmap", "nslookup", "openssl", "passwd", "pgrep", "ping", "pkill", "printenv", "ps", "pwd", "readlink", "realpath", "rm", "rmdir", "rsync", "scp", "sha256sum", "shred", "sleep", "socat",
		"sqlite3", "ss", "ssh", "ssh-add", "ssh-keygen", "stat", "strings", "systemctl", "systemd-detect-virt", "tail", "tar", "telnet", "timedatectl", "touch", "traceroute", "truncate",
		"tty", "umount", "uname", "unlink", "unzip", "uptime", "users", "vmstat", "w", "wc", "wget", "whereis", "which", "who", "whoami", "xclip", "xwd", "xxd", "xz", "yum", "zip",
	},
	"/usr/sbin/": {
		"adduser", "aa-status", "arp", "auditctl", "chpasswd", "deluser", "dmidecode", "dumpe2fs", "groupadd", "groupdel", "groupmod", "ifconfig", "insmod", "ip", "ip6tables", "iptables", "iptables-save", "kmod",
		"lsmod", "modinfo", "modprobe", "nft", "reboot", "rmmod", "route", "service", "setcap", "setenforce", "shutdown", "swapoff", "swapon", "sysctl", "tcpdump", "tc", "tune2fs", "ufw", "useradd", "userdel", "usermod", "visudo",
	},
}

// linuxProgram is the path of one of those programs, by its name or by its path; "" for
// another.
func linuxProgram(name string) string {
	for _, folder := range []string{"/usr/bin/", "/usr/sbin/"} {
		bare := name
		for _, prefix := range []string{folder, strings.TrimPrefix(folder, "/usr")} {
			bare = strings.TrimPrefix(bare, prefix)
		}
		if slices.Contains(linuxPrograms[folder], bare) {
			return folder + bare
		}
	}
	return ""
}

// silent are lines of a shell that leave nothing: it starts nobody for them.
const silent = `^(?:exit(?: \d+)?|true|:|sync|echo(?: -[ne]+)* ?(?:"[^"$\x60\\]*"|'[^']*'|[^\s"'$\x60\\|&;<>()*?~]*))$`

// written is a line with which a shell puts a text into a file, or at its end.
const written = `^echo(?: -[ne]+)* ("[^"$\x60\\!]*"|'[^']*'|[^\s"'$\x60\\|&;<>()*?~]+) ?(>>?) ?(/[^\s"'$\x60\\|&;<>()*?~]*[^\s"'$\x60\\|&;<>()*?~/])$`

// reenactedOnLinux is [reenacted] for a command of Linux. Of a line that joins programs by
// pipes each is started. One that does one act to one file does that act; one that begins
// with sudo is one that sudo starts.
func reenactedOnLinux(text string) []map[string]any {
	return linesReenacted(text, func(line string) []map[string]any {
		line = pattern(` ?[12&]?> ?/dev/null\b| 2>&1`).ReplaceAllString(line, "")
		if matched := pattern(written).FindStringSubmatch(line); matched != nil && !strings.Contains(line, unfilled) {
			act := map[string]string{">": "create_file", ">>": "append_file"}[matched[2]]
			return []map[string]any{{"act": act, "file": matched[3], "content": unquoted(matched[1]), "process": map[string]any{"image": "/usr/bin/dash", "command": "sh"}}}
		}
		if strings.Contains(line, "||") {
			return nil // what is after it may not be started
		}
		all := []map[string]any{}
		for _, part := range pattern(`\s*(?:\||&&|;)\s*`).Split(strings.TrimRight(line, "; "), -1) {
			if pattern(silent).MatchString(part) {
				continue
			}
			words, ok := plainWords(part)
			if !ok || len(words) == 0 {
				return nil
			}
			steps := reenactedBySudo(words)
			if steps == nil {
				return nil
			}
			all = append(all, steps...)
		}
		return all
	})
}

// reenactedBySudo are the steps for a program, and for sudo where that starts it.
func reenactedBySudo(words []string) []map[string]any {
	command := strings.Join(words, " ")
	switch {
	case words[0] != "sudo":
		return reenactedWords(words)
	case len(words) == 1:
		return nil
	case strings.HasPrefix(words[1], "-"):
		if slices.ContainsFunc(words[1:], func(word string) bool { return !strings.HasPrefix(word, "-") }) {
			return nil
		}
		return []map[string]any{startOf("/usr/bin/sudo", command)}
	}
	below := reenactedWords(words[1:])
	if below == nil {
		return nil
	}
	for _, one := range below {
		one["parent"] = map[string]any{"image": "/usr/bin/sudo", "command": command, "user": "root"}
	}
	return append([]map[string]any{startOf("/usr/bin/sudo", command)}, below...)
}

// plainWords are the words of a line that a shell hands on as they are written. ok is
// false for one in which it does anything else: what that comes to is the shell's to say.
func plainWords(line string) (words []string, ok bool) {
	if strings.Contains(line, unfilled) || strings.ContainsAny(line, "|&<>;$`()*?[]{}~!\\") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, false
	}
	for _, part := range strings.Fields(line) {
		bare := unquoted(part)
		if strings.ContainsAny(bare, `"'`) || bare == "" {
			return nil, false // a quoted text with a blank in it, among others
		}
		words = append(words, bare)
	}
	if len(words) > 0 && strings.Contains(words[0], "=") {
		return nil, false
	}
	return words, true
}

func startOf(image, command string) map[string]any {
	return map[string]any{"act": "start", "process": map[string]any{"image": image, "command": command}}
}

func reenactedWords(words []string) []map[string]any {
	image := linuxProgram(words[0])
	if image == "" {
		return nil
	}
	out := startOf(image, strings.Join(words, " "))
	if act := fileActOf(image, words[1:]); act != nil {
		for name, value := range act {
			out[name] = value
		}
		out["started"] = true
	}
	return []map[string]any{out}
}

// fileActOf is what a program does to the one file that its words name; nil if it does
// something else, or that cannot be told from them.
func fileActOf(image string, words []string) map[string]any {
	var options, names []string
	for _, word := range words {
		if strings.HasPrefix(word, "-") {
			options = append(options, word)
		} else {
			names = append(names, word)
		}
	}
	only := func(allowed ...string) bool {
		return !slices.ContainsFunc(options, func(option string) bool { return !slices.Contains(allowed, option) })
	}
	absolute := len(names) > 0
	for i, name := range names {
		absolute = absolute && (strings.HasPrefix(name, "/") && !strings.HasSuffix(name, "/") || i == 0 && len(names) > 1)
	}
	if !absolute {
		return nil
	}
	first, last := names[0], names[len(names)-1]
	switch {
	case len(names) == 1 && image == "/usr/bin/touch" && len(options) == 0:
		return map[string]any{"act": "create_file", "file": first}
	case len(names) == 2 && image == "/usr/bin/touch" && len(options) == 1 && options[0] == "-t" && words[0] == "-t":
		if at := stamped(first); at != "" {
			return map[string]any{"act": "date_file", "file": last, "time": at}
		}
	case len(names) == 1 && image == "/usr/bin/mkdir" && only("-p"):
		return map[string]any{"act": "create_folder", "file": first, "mode": "0755"}
	case len(names) == 1 && image == "/usr/bin/rmdir" && only():
		return map[string]any{"act": "delete_folder", "file": first}
	case len(names) == 1 && (image == "/usr/bin/rm" && only("-f") || image == "/usr/bin/unlink" && only()):
		return map[string]any{"act": "delete_file", "file": first}
	case len(names) == 2 && strings.HasPrefix(first, "/") && image == "/usr/bin/mv" && only("-f"):
		return map[string]any{"act": "rename_file", "file": first, "to": last}
	case len(names) == 2 && strings.HasPrefix(first, "/") && image == "/usr/bin/cp" && only("-f"):
		return map[string]any{"act": "copy_file", "file": first, "to": last}
	case len(names) == 2 && strings.HasPrefix(first, "/") && image == "/usr/bin/ln" && only("-s", "-f", "-sf"):
		return map[string]any{"act": "link_file", "file": last, "to": first}
	case len(names) == 2 && image == "/usr/bin/truncate" && first == "0" && words[0] == "-s":
		return map[string]any{"act": "empty_file", "file": last}
	case len(names) == 2 && image == "/usr/bin/chmod" && only():
		if mode := bitsOf(first); mode != "" {
			return map[string]any{"act": "change_mode", "file": last, "mode": mode}
		}
	}
	return nil
}

// bitsOf are the permission bits that chmod is told, of a file that had 0644; "" for those
// with a set-user-ID bit and the like.
func bitsOf(told string) string {
	if told == "+x" || told == "a+x" || told == "755" {
		return "0755"
	}
	if told == "u+x" {
		return "0744"
	}
	bits, err := strconv.ParseUint(told, 8, 16)
	if err != nil || len(told) < 3 || bits > 0o777 {
		return ""
	}
	return "0" + strconv.FormatUint(bits|0o1000, 8)[1:]
}

// stamped is a time as `touch -t` takes it, as RFC 3339 has it in UTC; "" for another text.
func stamped(text string) string {
	for _, layout := range []string{"200601021504.05", "200601021504"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.Format(time.RFC3339)
		}
	}
	return ""
}
