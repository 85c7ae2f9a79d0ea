package importer

import "strings"

// linuxRecipes are tried in this order.
func linuxRecipes() []recipe {
	return []recipe{
		{
			"cron_entry_install", "linux", `/etc/cron\.d/|\bcrontab\s+(?:-\s|-$|[^-\s])|/var/spool/cron`,
			func(_ map[string]string, text string) map[string]any {
				if name := group(`/etc/cron\.d/([^\s"'/;|&]+)`, text); name != "" {
					return map[string]any{"way": "cron_d", "name": name}
				}
				return map[string]any{"way": "crontab"}
			},
		},
		{
			"systemd_unit_install", "linux", `(?P<folder>/etc|/usr/lib|/lib|/usr/local/lib)/systemd/system/(?P<name>[^\s"'/;|&]+\.service)\b|/systemd/system\b[^\n]*\.service\b`,
			func(found map[string]string, _ string) map[string]any {
				folders := map[string]string{"/etc": "admin", "/usr/lib": "vendor", "/lib": "vendor_old", "/usr/local/lib": "local"}
				return put(put(map[string]any{}, "folder", folders[found["folder"]]), "name", found["name"])
			},
		},
		{"authorized_keys_append", "linux", `\.ssh/authorized_keys\b|\bauthorized_keys\b`, func(_ map[string]string, text string) map[string]any {
			if strings.Contains(text, "/root/") {
				return map[string]any{"account": "admin"}
			}
			return nil
		}},
		{
			"local_account_add", "linux", `\b(?:useradd|adduser)\b`,
			func(_ map[string]string, text string) map[string]any {
				arguments := map[string]any{}
				put(arguments, "name", group(`\b(?:useradd|adduser)\b[^\n]*?\s([a-z_][a-z0-9_-]*)\s*(?:$|\n|;|&)`, text))
				return put(arguments, "group", group(`(?:-G|--groups|-aG|-g)\s+(sudo|adm|root)\b`, text))
			},
		},
		{"ld_so_preload_footprint", "linux", `/etc/ld\.so\.preload\b`, oneOf("writer", [2]string{"tee", `\btee\b`}, [2]string{"shell", `>`})},
		{
			"shell_startup_write", "linux", `(?:>|\btee\b|\bcp\b|\bsed\b)[^\n]*(?:\.bashrc|\.bash_profile|\.profile|/etc/profile|/etc/bash\.bashrc)|(?:\.bashrc|\.bash_profile|/etc/profile)[^\n]*<`,
			func(_ map[string]string, text string) map[string]any {
				if name := group(`/etc/profile\.d/([^\s"'/;|&]+\.sh)\b`, text); name != "" {
					return map[string]any{"place": "profile_d", "name": name}
				}
				if strings.Contains(text, "/etc/profile") {
					return map[string]any{"place": "profile_d"}
				}
				return map[string]any{"place": "bashrc"}
			},
		},
		{"shell_history_clear", "linux", `\bhistory\s+-[cw]\b|\.bash_history\b|\bHISTFILE\b|\bHISTSIZE\b|\bHISTFILESIZE\b`, func(_ map[string]string, text string) map[string]any {
			return map[string]any{"builtin": pattern(`\bhistory\s+-[cw]`).MatchString(text)}
		}},
		{"log_service_stop", "linux", `\b(?:systemctl|service)\b[^\n]*\b(?:stop|disable)?\b[^\n]*\b(?:r?syslog|auditd)\b`, oneOf("service",
			[2]string{"both", `syslog[\s\S]*auditd|auditd[\s\S]*syslog`}, [2]string{"auditd", `\bauditd\b`}, [2]string{"rsyslog", `\br?syslog`})},
		{"host_log_clear", "linux", `(?:\brm\b|\bshred\b|\btruncate\b|\bunlink\b|>|\bdd\b|\bsed\b)[^\n]*/var/(?:log|mail|spool/mail)|\bjournalctl\b[^\n]*--vacuum|/var/run/utmp|/var/log/[bw]tmp`, oneOf("logs",
			[2]string{"journal", `\bjournalctl\b|/var/log/journal`}, [2]string{"logins", `[bw]tmp\b|\butmp\b`}, [2]string{"files", `/var/`})},
		{"cdr_archive_split", "linux", `\btar\s+(?:-\S*c|c)|\bzip\b|\bgzip\b`, oneOf("packer",
			[2]string{"tar_bundled", `\btar\s+-?c\w*z|\btar\s+-?\w*z\w*c`}, [2]string{"tar", `\btar\b`}, [2]string{"zip", `\bzip\b`}, [2]string{"gzip", `\bgzip\b`})},
		{"cdr_database_export", "linux", `\b(?:pg_dump|pg_dumpall|psql)\b`, oneOf("way", [2]string{"dump", `\bpg_dump`}, [2]string{"copy", `\bpsql\b`})},
		{"cdr_sweep_newer", "linux", `\bfind\b[^\n]*-(?:newer|mtime|mmin|name|iname)\b`, nil},
		{"cdr_stage_hidden_folder", "linux", `\bmkdir\b[^\n]*/\.?\w|\bcp\b`, nil},
		{"remote_stage_copy", "linux", `\b(?:scp|rsync|sftp)\b`, oneOf("tool", [2]string{"scp", `\bscp\b`}, [2]string{"rsync", `\brsync\b`})},
		{"web_page_drop", "linux", `/var/www/[^\s"']*?(?P<name>[^\s"'/]+\.php)\b`, named},
		{"timestamp_borrow", "linux", `\btouch\b[^\n]*(?:\s-\w*[rdtam]\w*\s|--reference)`, nil},
	}
}
