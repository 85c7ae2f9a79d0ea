package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// serverDay is what every Linux host of the carrier does.
var serverDay = []Activity{
	{"configuration_backup", "the host's configuration is packed with tar", configurationBackup},
	{"statistics_clean_up", "a cron job deletes statistics past their days", statisticsCleanUp},
	{"journal_limit", "a cron job keeps the journal at a size", journalLimit},
	{"monitoring_report", "the monitoring agent counts connections", monitoringReport},
	{"configuration_management", "a playbook sets the message of the day", configurationManagement},
	{"time_sync", "the clock's drift is written down", timeSync},
	{"package_lists", "the lists of packages are fetched", packageLists},
	{"administrator_login", "an administrator logs in", administratorLogin},
}

func configurationBackup(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const packed = "/srv/backup/etc.tgz"
	from := []string{"/etc/crontab", "/etc/rsyslog.conf"}
	return effect.StepPlan{
		Processes: []effect.Process{at.cron("tar -czf "+packed+" /etc", at.run("/usr/bin/tar", words("tar -czf "+packed+" /etc"), effect.Pack{Into: packed, From: from}))},
		Checks:    []effect.Check{effect.Packs{Pieces: []string{packed}, From: from}},
	}
}

func statisticsCleanUp(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const old = "/var/log/sysstat/sa01"
	return effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: old, Content: artifact.MarkedComment("statistics of a day")}},
		Processes:     []effect.Process{at.cron("/usr/lib/sysstat/sa2 -A", at.run("/usr/bin/rm", words("rm -f "+old), effect.Remove{Path: old}))},
		Checks:        []effect.Check{effect.Gone{Path: old}},
	}
}

func journalLimit(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const line, old = "journalctl --vacuum-size=500M", "/var/log/journal/system@0001.journal"
	return effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: old, Content: artifact.MarkedComment("an archived journal")}},
		Processes:     []effect.Process{at.cron(line, at.run("/usr/bin/journalctl", words(line), effect.Remove{Path: old}))},
		Checks:        []effect.Check{effect.Gone{Path: old}},
	}
}

func monitoringReport(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	sent := effect.Append{Path: "/var/log/zabbix/zabbix_agentd.log", Content: artifact.MarkedComment("net.tcp.listen is 4")}
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/sbin/zabbix_agentd", "/usr/sbin/zabbix_agentd: listener #1",
			at.run("/usr/bin/netstat", words("netstat -tan")), sent)},
		Checks: []effect.Check{effect.EndsWith{Path: sent.Path, Content: sent.Content}},
	}
}

// configurationManagement is Ansible: a login without a terminal, and a module
// that was copied to where it keeps its own.
func configurationManagement(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/root"}
	const module = "/root/.ansible/tmp/ansible-tmp-1614585600.1-811-3/AnsiballZ_copy.py"
	motd := effect.Write{Path: "/etc/motd", Content: artifact.MarkedComment("This host belongs to the carrier.")}
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/sbin/sshd", "sshd: root@notty",
			at.sh("/usr/bin/python3 "+module, at.run("/usr/bin/python3.11", words("/usr/bin/python3 "+module), motd)))},
		Checks: []effect.Check{effect.ContentIs{Path: motd.Path, Content: motd.Content}},
	}
}

func timeSync(asset.Host) effect.StepPlan {
	const drift = "/var/lib/chrony/chrony.drift"
	content := artifact.MarkedComment("-11.204 0.021")
	return effect.StepPlan{
		Processes: []effect.Process{session{user: "root", dir: "/"}.daemon("/usr/sbin/chronyd", "/usr/sbin/chronyd -F 1",
			effect.Write{Path: drift + ".tmp", Content: content}, effect.Move{From: drift + ".tmp", To: drift})},
		Checks: []effect.Check{effect.ContentIs{Path: drift, Content: content}},
	}
}

func packageLists(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	list := effect.Write{Path: "/var/lib/apt/lists/mirror.carrier.example_debian_dists_bookworm_InRelease", Content: artifact.MarkedComment("Suite: stable")}
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/lib/systemd/systemd", "/sbin/init", at.run("/usr/bin/apt-get", words("apt-get -qq -y update"), list))},
		Checks:    []effect.Check{effect.ContentIs{Path: list.Path, Content: list.Content}},
	}
}

func administratorLogin(asset.Host) effect.StepPlan {
	login := effect.Append{Path: "/var/log/wtmp", Content: artifact.MarkedComment("ops pts/1 192.0.2.10")}
	return effect.StepPlan{
		Processes: []effect.Process{session{user: "root", dir: "/"}.daemon("/usr/sbin/sshd", "sshd: ops [priv]", login)},
		Checks:    []effect.Check{effect.EndsWith{Path: login.Path, Content: login.Content}},
	}
}
