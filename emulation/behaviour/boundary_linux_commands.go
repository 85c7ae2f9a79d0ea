package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

var _ = register[linuxCommandCases](About{
	Name:      "linux_command_cases",
	Assets:    []string{"billing", "web"},
	Platform:  effect.Linux,
	Phase:     Boundary,
	Summary:   "command lines that a rule on started programs must just see, beside such as it must just not",
	Footprint: "programs started with the given command lines, which do nothing, and a note by whoever started them",
	Undo:      "delete the notes",
	Source:    "ours: other forms of what was reported, and what administrators, packages and jobs type that looks like it",
})

type linuxCommandCases struct {
	Of string `arg:"of" doc:"what the command lines are about" oneof:"journal,accounts,crontab,database,history_off,history_file,hidden_folder,log_daemon,logs,page_times,search,sending,shell_startup,web_worker,packing_tar,packing_zip,packing_7z,packing_7za,packing_rar,packing_bsdtar,packing_not" default:"journal"`
}

// linuxCommands are the cases by the word in `of`.
var linuxCommands = map[string]func(*caseBuilder){
	"journal":        linuxJournalCases,
	"accounts":       linuxAccountCases,
	"crontab":        linuxCrontabCases,
	"database":       linuxDatabaseCases,
	"history_off":    linuxHistoryOffCases,
	"history_file":   linuxHistoryFileCases,
	"hidden_folder":  linuxHiddenFolderCases,
	"log_daemon":     linuxLogDaemonCases,
	"logs":           linuxLogCases,
	"page_times":     linuxPageTimeCases,
	"search":         linuxSearchCases,
	"sending":        linuxSendingCases,
	"shell_startup":  linuxShellStartupCases,
	"web_worker":     linuxWebWorkerCases,
	"packing_tar":    packingTar,
	"packing_zip":    packingZip,
	"packing_7z":     packing7z,
	"packing_7za":    packing7za,
	"packing_rar":    packingRAR,
	"packing_bsdtar": packingBsdtar,
	"packing_not":    packingNot,
}

// Plan has an administrator's shell and others start the programs.
func (l linuxCommandCases) Plan(on asset.Host) effect.StepPlan {
	return planCases(on, func(c *caseBuilder) {
		c.topic = l.Of
		linuxCommands[l.Of](c)
	})
}

// rootAtWork is the administrator whose login shell starts most of the cases.
var rootAtWork = session{user: "root", dir: "/root"}

// packageScript is a script that a package runs while it is installed or removed.
func packageScript(title string) effect.Process { return rootAtWork.daemon("/usr/bin/dash", title) }

func linuxJournalCases(c *caseBuilder) {
	root := rootAtWork
	const journalctl = "/usr/bin/journalctl"
	c.addStarted(root.login(),
		// Seen: seconds, minutes, hours.
		root.program(journalctl, "journalctl --vacuum-time=1s"),
		root.program(journalctl, "journalctl --vacuum-time 10min"),
		root.program(journalctl, "journalctl --rotate --vacuum-time=2h"),
		// Not seen: weeks, a size, an option that there is not.
		root.program(journalctl, "journalctl --vacuum-time=4weeks"),
		root.program(journalctl, "journalctl --vacuum-size=500M"),
		root.program(journalctl, "journalctl --VACUUM-TIME=1s"),
	)
}

func linuxCrontabCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each folder where everyone may write.
		root.program("/usr/bin/crontab", "crontab /tmp/cron.new"),
		root.program("/usr/bin/crontab", "crontab -u mediation /var/tmp/cron.new"),
		root.program("/usr/bin/crontab", "crontab /dev/shm/cron.new"),
		// Not seen: the original that a wrapper was put before, for the wrapper's start is seen.
		root.program("/usr/bin/crontab.distrib", "crontab.distrib /tmp/cron.new"),
	)
}

func linuxAccountCases(c *caseBuilder) {
	root := rootAtWork
	const useradd, usermod = "/usr/sbin/useradd", "/usr/sbin/usermod"
	c.addStarted(root.login(),
		// Seen as an account with a shell, each of the four; the first also as one in a group with power.
		root.program(useradd, "useradd -s /bin/bash -G docker cdrsync"),
		root.program(useradd, "useradd -s /bin/sh cdrsync2"),
		root.program(useradd, "useradd -s /usr/bin/zsh cdrsync3"),
		root.program(useradd, "useradd -s /bin/dash cdrsync4"),
		// Seen as such too: by a program of another name, which lies in a folder that begins as "su" does.
		root.program("/opt/support/bin/newaccount", "newaccount -m -s /bin/bash cdrsync5"),
		// Seen as joining a group: groups set, and groups added by way of sudo.
		root.program(usermod, "usermod -G users,wheel mia"),
		root.program("/usr/bin/sudo", "sudo usermod -aG docker mia"),

		// Not seen by either: a diverted original; sudo, whose child is seen.
		root.program("/usr/sbin/useradd.distrib", "useradd.distrib -s /bin/bash -G docker cdrsync6"),
		root.program("/usr/bin/sudo", "sudo useradd -m -s /bin/bash -G docker cdrsync6"),
		// Not seen: others that start it, an account without a home by a program of another
		// name, accounts of services, one that gets the default shell.
		root.program("/usr/bin/su", "su - -c useradd -m -s /bin/bash cdrsync6"),
		root.program("/usr/sbin/runuser", "runuser -u root -- useradd -m -s /bin/bash cdrsync6"),
		root.program("/usr/sbin/sss_useradd", "sss_useradd -M -s /bin/bash cdrsync7"),
		root.program(useradd, "useradd --system -s /bin/bash backup2"),
		root.program(useradd, "useradd -r -s /bin/sh backup3"),
		root.program(useradd, "useradd -g docker cdrsync8"), // its own group is no further one
		// Not seen: a group that there is not by that name.
		root.program(usermod, "usermod -aG Docker mia"),
	)
	// Not seen: a service's account by the scripts of Debian's and of Red Hat's packages.
	c.addStarted(packageScript("/bin/sh /var/lib/dpkg/tmp.ci/preinst install"),
		root.program(useradd, "useradd -r -G shadow statd"))
	c.addStarted(packageScript("/bin/sh /var/tmp/rpm-tmp.Qw3xZ1 1"),
		root.program(useradd, "useradd -r -G docker exporter"))
}

func linuxShellStartupCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each tool, and each file of an account or of all.
		root.program("/usr/bin/sed", "sed -i -e s/022/077/ /home/billing/.bash_profile"),
		root.program("/usr/bin/tee", "tee -a /home/billing/.bash_login"),
		root.program("/usr/bin/perl", "perl -pi -e s/022/077/ /home/billing/.profile"),
		root.program("/usr/bin/dd", "dd of=/home/billing/.zshrc oflag=append conv=notrunc"),
		// Seen: a sed by another name, known by its arguments.
		root.program("/usr/bin/busybox", "busybox sed -i s/022/077/ /etc/bash.bashrc"),
		root.program("/usr/bin/busybox", "busybox sed -i /umask/d /home/billing/.bashrc"),
		root.program("/usr/bin/busybox", "busybox sed -i $a alias ll='ls -l' /home/billing/.bashrc"),
		// Not seen: what reads one.
		root.program("/usr/bin/ddrescue", "ddrescue /home/billing/.bashrc /mnt/rescue/bashrc"),
		root.program("/usr/bin/grep", "grep -I s/bin /home/billing/.profile"),
		root.program("/usr/bin/grep", "grep -i alias /home/billing/.bashrc"),
		// Not seen: what asks before it overwrites one.
		root.program("/usr/bin/cp", "cp -i /etc/skel/.bashrc /home/billing/.bashrc"),
	)
}
