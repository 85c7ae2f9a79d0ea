package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

func taskCases(c *logCases) {
	var kept []effect.Act
	for _, task := range []registeredTask{
		// Seen: the public profile and PerfLogs.
		{name: "Public", command: `C:\Users\Public\run.exe`},
		{name: "Counters", command: `C:\PerfLogs\run.exe`},
		// Not seen: what lives in a data folder by design.
		{name: "Scan", command: `C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2102.4-0\MpCmdRun.exe`},
		{name: "Monitor", command: `C:\ProgramData\Monitor\agent.exe`},
	} {
		task.author, task.trigger, task.account = asset.WindowsSystem, "daily", asset.WindowsSystem
		kept = append(kept, task.file())
	}
	c.addActs(taskScheduler(), kept...)
	// Deleted, seen: by an account with a name like the system's. Not seen: by the
	// system, in either spelling.
	c.addRecords(taskScheduler(),
		deletedTask("Index", `CARRIER\SystemDesk`),
		deletedTask("Update", "System"),
		deletedTask("Restart", asset.WindowsSystem),
	)
}

func schedulerRecord(id int, name, key, value string) effect.Log {
	return effect.Log{Channel: "Microsoft-Windows-TaskScheduler/Operational", Record: artifact.LogRecord{
		Provider: "Microsoft-Windows-TaskScheduler", ID: id, Data: map[string]string{"TaskName": `\` + name, key: value},
	}}
}

// The records of the scheduler on tasks of an administrator.
func taskRegistered(name string) effect.Log {
	return schedulerRecord(106, name, "UserContext", `CARRIER\adm.tan`)
}
func taskStarted(name string) effect.Log {
	return schedulerRecord(129, name, "Path", `C:\Program Files\Jobs\job.exe`)
}
func deletedTask(name, user string) effect.Log { return schedulerRecord(141, name, "UserName", user) }
func taskDeleted(name string) effect.Log       { return deletedTask(name, `CARRIER\adm.tan`) }

// The life of some tasks extends over several steps, on two hosts. Their names
// say what becomes of each.

func taskLifeBegins(c *logCases) {
	c.addRecords(taskScheduler(),
		taskRegistered("Removed in Time"), taskRegistered("Removed Late"),
		taskDeleted("Made Anew"),
		taskStarted("There Before"), taskStarted("Started First"),
	)
}

// taskLifeGoesOn is six days and a half after it began: one task is removed
// within a week.
func taskLifeGoesOn(c *logCases) {
	c.addRecords(taskScheduler(),
		taskDeleted("Removed in Time"),
		// Not seen: a task that was deleted before it was registered, and one of which
		// no registration is known.
		taskRegistered("Made Anew"),
		taskDeleted("There Long"),
		taskRegistered("Rested"), taskRegistered("Rested Here"), taskRegistered("Started Twice"), taskRegistered("Rested Too Long"),
	)
}

// taskLifeElsewhere is on another host, half a day later: names of the first
// host's are no tasks of it.
func taskLifeElsewhere(c *logCases) {
	c.addRecords(taskScheduler(), taskRegistered("Of Another Host"), taskRegistered("Rests on Another Host"), taskStarted("Rested Here"))
}

// taskLifeAfterAWeek is seven days and a half after it began. Not seen: one task
// that is removed late, and one that was registered elsewhere.
func taskLifeAfterAWeek(c *logCases) {
	c.addRecords(taskScheduler(),
		taskDeleted("Removed Late"), taskDeleted("Of Another Host"),
		taskRegistered("Used"), taskRegistered("Used Too"), taskRegistered("Rested for Years"),
	)
}

// taskLifeInUseElsewhere is right before the next, on the other host. Not seen: one
// that was started within a quarter, and one of which no registration is known.
func taskLifeInUseElsewhere(c *logCases) {
	c.addRecords(taskScheduler(), taskStarted("Rested Here"), taskStarted("Rested"))
}

// taskLifeAfterAQuarter is ninety days and a half after the first tasks that rest
// were registered, and eighty-nine and a half after the last.
func taskLifeAfterAQuarter(c *logCases) {
	c.addRecords(taskScheduler(),
		// Seen: three that rested longer, whatever other hosts start by these names.
		taskStarted("Rested"), taskStarted("Rested Here"), taskStarted("Started Twice"),
		// Not seen: two that did not, one of which no registration is known, one that
		// is registered after its start, and one that was registered elsewhere.
		taskStarted("Used"), taskStarted("Used Too"), taskStarted("There Before"),
		taskRegistered("Started First"), taskStarted("Rests on Another Host"),
	)
}

// taskLifeAgain is a minute and a half later: a task is started once more.
func taskLifeAgain(c *logCases) { c.addRecords(taskScheduler(), taskStarted("Started Twice")) }

// taskLifeAfterYears is three years after the tasks were registered, which some
// rules take for eleven hundred days. Not seen: the one that was registered a day
// earlier.
func taskLifeAfterYears(c *logCases) {
	c.addRecords(taskScheduler(), taskStarted("Rested for Years"), taskStarted("Rested Too Long"))
}
