package importer

import "strings"

// windowsRecipes are tried in this order.
func windowsRecipes() []recipe {
	return []recipe{
		{
			"run_key_set", "windows", `\breg(?:\.exe)?\s+add\s+"?(?P<hive>HKCU|HKLM|HKEY_CURRENT_USER|HKEY_LOCAL_MACHINE)\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"?(?:\s|$)`,
			func(found map[string]string, text string) map[string]any {
				arguments := map[string]any{"hive": "machine"}
				if strings.HasSuffix(strings.ToUpper(found["hive"]), "USER") || strings.EqualFold(found["hive"], "HKCU") {
					arguments["hive"] = "user"
				}
				put(arguments, "value", group(`/v\s+`+word, text))
				put(arguments, "program", programIn(group(`/d\s+`+word, text)))
				return arguments
			},
		},
		{"startup_folder_drop", "windows", `Start Menu\\Programs\\Startup\\(?P<name>[^\\"'\n]+\.lnk)`, named},
		{
			"scheduled_task_create", "windows", `\bschtasks(?:\.exe)?\s[^\n]*/create\b`,
			func(_ map[string]string, text string) map[string]any {
				arguments := map[string]any{}
				put(arguments, "name", group(`/tn\s+`+word, text))
				put(arguments, "program", programIn(group(`/tr\s+`+word, text)))
				put(arguments, "schedule", strings.ToLower(group(`/sc\s+`+word, text)))
				if strings.EqualFold(group(`/ru\s+`+word, text), "system") {
					arguments["account"] = "system"
				} else {
					arguments["account"] = "own"
				}
				return arguments
			},
		},
		{
			"scheduled_task_create", "windows", `\bRegister-ScheduledTask\b`,
			func(_ map[string]string, text string) map[string]any {
				arguments := map[string]any{}
				put(arguments, "name", group(`Register-ScheduledTask[^\n]*-TaskName\s+`+word, text))
				put(arguments, "program", programIn(group(`New-ScheduledTaskAction[^\n]*-Execute\s+`+word, text)))
				return arguments
			},
		},
		{"scheduled_task_start", "windows", `\bschtasks(?:\.exe)?\s[^\n]*/run\b`, nil},
		{
			"scheduled_task_remove", "windows", `\bschtasks(?:\.exe)?\s[^\n]*/delete\b`,
			func(_ map[string]string, text string) map[string]any {
				return put(map[string]any{}, "name", group(`/tn\s+`+word, text))
			},
		},
		{
			"windows_service_create", "windows", `\bsc(?:\.exe)?\s+(?:\\\\\S+\s+)?create\s+(?P<service>"[^"\n]+"|\S+)`,
			func(found map[string]string, text string) map[string]any {
				arguments := map[string]any{"service": found["service"]}
				put(arguments, "display", group(`displayname=\s*`+word, text))
				return put(arguments, "program", programIn(group(`binpath=\s*`+word, text)))
			},
		},
		{
			"windows_service_create", "windows", `\bNew-Service\b`,
			func(_ map[string]string, text string) map[string]any {
				arguments := put(map[string]any{}, "service", group(`New-Service[^\n]*-Name\s+`+word, text))
				put(arguments, "display", group(`-DisplayName\s+`+word, text))
				return put(arguments, "program", programIn(group(`-BinaryPathName\s+`+word, text)))
			},
		},
		{
			"at_job_create", "windows", `(?m)^\s*at(?:\.exe)?\s+(?:\\\\\S+\s+)?\d{1,2}:\d\d\b`,
			func(_ map[string]string, text string) map[string]any {
				return put(map[string]any{}, "program", group(`([^\s\\"]+\.exe)\s*$`, text))
			},
		},
		{"event_log_clear", "windows", `\b(?:wevtutil(?:\.exe)?\s+cl|Clear-EventLog)\b`, listOf("logs",
			[2]string{"Security", `\bSecurity\b`}, [2]string{"System", `\bSystem\b`}, [2]string{"Application", `\bApplication\b`}, [2]string{"PowerShell", `PowerShell\b`})},
		{"file_timestomp", "windows", `\.(?:CreationTime|LastWriteTime|LastAccessTime)\s*=|\btimestomp\b`, nil},
		{"archive_rar_split", "windows", `\brar(?:\.exe)?"?\s+a\s[^\n]*-v\d`, nil},
		{"archive_tool_variants", "windows", `\b(?:win)?rar(?:\.exe)?"?\s+a\b|\b7z(?:\.exe)?"?\s+a\b|\bwinzip(?:64|32)?(?:\.exe)?\b`, oneOf("tool",
			[2]string{"7zip", `\b7z(?:\.exe)?"?\s+a\b`}, [2]string{"rar", `rar(?:\.exe)?"?\s+a\b`})},
		{"archive_cabinet", "windows", `\bmakecab(?:\.exe)?\b`, func(_ map[string]string, text string) map[string]any {
			return put(map[string]any{}, "name", group(`([^\s\\/"]+\.cab)\b`, text))
		}},
		{"archive_library_powershell", "windows", `\bCompress-Archive\b|\bZipFile\]::CreateFromDirectory\b`, listOf("ways",
			[2]string{"cmdlet", `\bCompress-Archive\b`}, [2]string{"class", `ZipFile\]`})},
		{"domain_account_create", "windows", `\bnet1?(?:\.exe)?\s+user\s+(?P<account>"[^"\n]+"|[^\s/]+)[^\n]*/add\b[^\n]*/domain|\bnet1?(?:\.exe)?\s+user\s[^\n]*/domain\b[^\n]*/add\b|\bNew-ADUser\b`, named},
		{"share_disconnect", "windows", `\bnet(?:\.exe)?\s+use\s[^\n]*/d(?:elete)?\b`, oneOf("form", [2]string{"long", `/delete\b`}, [2]string{"short", `/d\b`})},
		{"mailbox_export_request", "windows", `\bNew-MailboxExportRequest\b`, func(_ map[string]string, text string) map[string]any {
			return put(map[string]any{}, "mailbox", group(`-Mailbox\s+`+word, text))
		}},
		{"iis_logging_disable", "windows", `/section:httplogging\b[^\n]*dontlog|\bSet-WebConfigurationProperty\b[^\n]*dontLog|Disable-WebHttpLogging|dontLog:true`, nil},
		{"word_add_in_drop", "windows", `(?P<name>[^\s\\/"']+\.wll)\b`, named},
		{"static_site_web_shell_drop", "windows", `inetpub\\wwwroot`, func(_ map[string]string, text string) map[string]any {
			return put(map[string]any{}, "name", group(`([^\s\\/"]+\.aspx)\b`, text))
		}},
		{"directory_export", "windows", `\b(?:csvde|dsquery|adfind)(?:\.exe)?\b`, listOf("tools",
			[2]string{"csvde", `\bcsvde\b`}, [2]string{"dsquery", `\bdsquery\b`}, [2]string{"finder", `\badfind\b`})},
		{"remote_system_scan", "windows", `\bnet1?(?:\.exe)?\s+view\b|\bnltest(?:\.exe)?\s[^\n]*/dclist|\bping(?:\.exe)?\s+-|\bnbtscan\b`, listOf("ways",
			[2]string{"scanner", `\bnbtscan\b`}, [2]string{"ping", `\bping\b`}, [2]string{"net_view", `\bnet1?(?:\.exe)?\s+view\b`}, [2]string{"dc_list", `/dclist`})},
		{"network_discovery", "windows", `\bipconfig\b|\bnetsh\s+interface\b|\bnbtstat\b|\bnetstat\b|\bnet1?(?:\.exe)?\s+(?:use|share|session)s?\b`, listOf("asks",
			[2]string{"addresses", `\bipconfig\b`}, [2]string{"interfaces", `\bnetsh\s+interface\b`}, [2]string{"names", `\bnbtstat\b`},
			[2]string{"connections", `\bnetstat\b`}, [2]string{"shares", `\bnet1?(?:\.exe)?\s+(?:use|share)\b`})},
		{"account_discovery", "windows", `\bwhoami\b|\bquery\s+user\b|\bquser\b|\bnet1?(?:\.exe)?\s+user\b|\bnet1?(?:\.exe)?\s+(?:local)?group\b`, listOf("asks",
			[2]string{"whoami", `\bwhoami\b`}, [2]string{"query_user", `\bquery\s+user\b|\bquser\b`}, [2]string{"net_user", `\bnet1?(?:\.exe)?\s+user\b`},
			[2]string{"net_localgroup", `\bnet1?(?:\.exe)?\s+localgroup\b`})},
		{"security_software_discovery", "windows", `\bnetsh(?:\.exe)?\s+(?:adv)?firewall\s+(?:show|firewall\s+show)|\bAntiVirusProduct\b|SecurityCenter2?\b`, listOf("asks",
			[2]string{"firewall_rules", `\bfirewall\s+(?:firewall\s+)?show\s+rule`}, [2]string{"firewall_state", `\bfirewall\s+show\s+(?:allprofiles|state|currentprofile)`},
			[2]string{"antivirus", `\bAntiVirusProduct\b|SecurityCenter`})},
		{"registry_query", "windows", `\breg(?:\.exe)?\s+query\b`, listOf("keys",
			[2]string{"autostart", `CurrentVersion\\Run`}, [2]string{"servers", `Terminal Server Client`}, [2]string{"language", `\\Nls\\|Control Panel\\International`})},
		{"documents_auto_collect", "windows", `\b(?:robocopy|xcopy)(?:\.exe)?\b[^\n]*\.(?:doc|xls|pdf|ppt|\*)`, oneOf("copier",
			[2]string{"robocopy", `\brobocopy\b`}, [2]string{"xcopy", `\bxcopy\b`})},
		{"tool_files_delete", "windows", `\b(?:del|erase|Remove-Item|rm)\b[^\n]*(?:Prefetch|ConsoleHost_history|(?:rar|7z)[^\\\n]*\.exe|inetpub\\logs)`, listOf("what",
			[2]string{"prefetch", `Prefetch`}, [2]string{"history", `ConsoleHost_history`}, [2]string{"packer", `(?:rar|7z)[^\\\n]*\.exe`}, [2]string{"web_logs", `inetpub\\logs`})},
	}
}

// put sets an argument that was read.
func put(arguments map[string]any, name, text string) map[string]any {
	if text != "" {
		arguments[name] = text
	}
	return arguments
}
