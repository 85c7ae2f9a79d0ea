package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// statedFields are those, by name, that repeat what a behaviour's author wrote of
// a process or program: nobody logged on to the account, and nobody compiled the
// version resource. The same names mean the same in every record of a platform, the
// joined fields included.
var statedFields = map[effect.Platform][]string{
	effect.Windows: {
		// The account, and what follows from it.
		"User", "ParentUser", "SourceUser", "TargetUser", "UserName", "UserContext", "IntegrityLevel", "MandatoryLabel",
		"LogonId", "LogonGuid", "TerminalSessionId", "SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId",
		// The version resource.
		"OriginalFileName", "Description", "Product", "Company", "FileVersion",
	},
	effect.Linux: {
		// The account, the numbers that the host's passwd file has for it, and who
		// owns the files that it made.
		"User", "ParentUser", "auid", "uid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid", "ouid", "ogid",
	},
}

// fieldProvenance gives the provenance of those fields that have another than the event's.
func fieldProvenance(of effect.Platform, made event.Event, r Record) map[string]event.Provenance {
	all := r.FieldProvenance
	mark := func(name string, how event.Provenance) {
		if all == nil {
			all = map[string]event.Provenance{}
		}
		all[name] = how
	}
	if r.Authored {
		for name := range made.Joined {
			if _, own := made.Fields[name]; !own {
				mark(name, event.Translated)
			}
		}
	}
	for _, name := range statedFields[of] {
		_, own := made.Fields[name]
		_, joined := made.Joined[name]
		how, ok := all[name]
		if !ok {
			how = made.Provenance
		}
		// The dash for a parent that nobody knows is no author's word.
		unknown := name == "ParentUser" && r.Actor.Parent == nil
		if (own || joined) && how < event.Stated && !unknown {
			mark(name, event.Stated)
		}
	}
	return all
}
