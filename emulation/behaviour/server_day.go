package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// serverDay is what every Linux host of the carrier does.
var serverDay = []Activity{
	{"configuration_backup", "the host's configuration is packed with tar", configurationBackup},
	{"statistics_clean_up", "a cron job deletes statistics past their days", statisticsCleanUp},
	{"journal_limit", "a cron job holds the journal to a size", journalLimit},
	{"monitoring_report", "the monitoring agent counts connections", monitoringReport},
	{"configuration_management", "a playbook sets the message of the day", configurationManagement},
	{"time_sync", "the clock's drift is written down", timeSync},
	{"package_lists", "the lists of packages are fetched", packageLists},
	{"administrator_login", "an administrator logs in", administratorLogin},
}

func configurationBackup(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	const packed = "/srv/backup/etc.tgz"
	from := []string{"/etc/crontab", "/etc/rsyslog.conf"}
	return effect.Plan{
		Do:    []effect.Process{at.cron("tar -czf "+packed+" /etc", at.run("/usr/bin/tar", words("tar -czf "+packed+" /etc"), effect.Pack{Into: packed, From: from}))},
		Prove: []effect.Check{effect.Packs{Pieces: []string{packed}, From: from}},
	}
}

func statisticsCleanUp(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	const old = "/var/log/sysstat/sa01"
	return effect.Plan{
		Given: []effect.Given{{Path: old, Content: comment("statistics of a day")}},
		Do:    []effect.Process{at.cron("/usr/lib/sysstat/sa2 -A", at.run("/usr/bin/rm", words("rm -f "+old), effect.Remove{Path: old}))},
		Prove: []effect.Check{effect.Gone{Path: old}},
	}
}

func journalLimit(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	const line, old = "journalctl --vacuum-size=500M", "/var/log/journal/system@0001.journal"
	return effect.Plan{
		Given: []effect.Given{{Path: old, Content: comment("an archived journal")}},
		Do:    []effect.Process{at.cron(line, at.run("/usr/bin/journalctl", words(line), effect.Remove{Path: old}))},
		Prove: []effect.Check{effect.Gone{Path: old}},
	}
}

func monitoringReport(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	sent := effect.Append{Path: "/var/log/zabbix/zabbix_agentd.log", Content: comment("net.tcp.listen is 4")}
	return effect.Plan{
		Do: []effect.Process{at.daemon("/usr/sbin/zabbix_agentd", "/usr/sbin/zabbix_agentd: listener #1",
			at.run("/usr/bin/netstat", words("netstat -tan")), sent)},
		Prove: []effect.Check{effect.EndsWith{Path: sent.Path, Content: sent.Content}},
	}
}

// configurationManagement is Ansible: a login without a terminal, and a module
// that was copied to where it keeps its own.
func configurationManagement(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/root"}
	const module = "/root/.ansible/tmp/ansible-tmp-1614585600.1-811-3/AnsiballZ_copy.py"
	motd := effect.Write{Path: "/etc/motd", Content: comment("This host belongs to the carrier.")}
	return effect.Plan{
		Do: []effect.Process{at.daemon("/usr/sbin/sshd", "sshd: root@notty",
			at.sh("/usr/bin/python3 "+module, at.run("/usr/bin/python3.11", words("/usr/bin/python3 "+module), motd)))},
		Prove: []effect.Check{effect.Holds{Path: motd.Path, Content: motd.Content}},
	}
}

func timeSync(asset.Place) effect.Plan {
	const drift = "/var/lib/chrony/chrony.drift"
	content := comment("-11.204 0.021")
	return effect.Plan{
		Do: []effect.Process{session{user: "root", dir: "/"}.daemon("/usr/sbin/chronyd", "/usr/sbin/chronyd -F 1",
			effect.Write{Path: drift + ".tmp", Content: content}, effect.Move{From: drift + ".tmp", To: drift})},
		Prove: []effect.Check{effect.Holds{Path: drift, Content: content}},
	}
}

func packageLists(asset.Place) effect.Plan {
	at := session{user: "root", dir: "/"}
	list := effect.Write{Path: "/var/lib/apt/lists/mirror.carrier.example_debian_dists_bookworm_InRelease", Content: comment("Suite: stable")}
	return effect.Plan{
		Do:    []effect.Process{at.daemon("/usr/lib/systemd/systemd", "/sbin/init", at.run("/usr/bin/apt-get", words("apt-get -qq -y update"), list))},
		Prove: []effect.Check{effect.Holds{Path: list.Path, Content: list.Content}},
	}
}

func administratorLogin(asset.Place) effect.Plan {
	login := effect.Append{Path: "/var/log/wtmp", Content: comment("ops pts/1 192.0.2.10")}
	return effect.Plan{
		Do:    []effect.Process{session{user: "root", dir: "/"}.daemon("/usr/sbin/sshd", "sshd: ops [priv]", login)},
		Prove: []effect.Check{effect.EndsWith{Path: login.Path, Content: login.Content}},
	}
}
