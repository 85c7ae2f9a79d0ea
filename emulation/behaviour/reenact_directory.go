package behaviour

import (
	"maps"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// directoryChange is what the local security authority is asked to change.
type directoryChange struct {
	What string            `arg:"what" doc:"what is changed" oneof:"trust_added,trust_removed,audit_policy_changed,user_created,user_enabled,password_changed,password_reset,user_disabled,user_deleted,user_changed,user_locked,global_group_created,global_member_added,global_member_removed,global_group_deleted,global_group_changed,local_group_created,local_member_added,local_member_removed,local_group_deleted,local_group_changed,universal_group_created,universal_group_changed,universal_member_added,universal_member_removed,universal_group_deleted,domain_policy_changed,computer_created,computer_changed,computer_deleted,sid_history_added,name_changed,restore_password_set,object_modified,object_created,object_moved,object_deleted" default:"user_created"`
	Data map[string]string `arg:"data" doc:"the attributes of it, as audit records name them" form:"text" max:"16384" default:""`
}

// changeDirectory has the authority enter the change on the process's behalf, in
// the name of its account. No such account is on the asset, or comes to it.
func changeDirectory(r reenact) action {
	change := effect.Append{
		Path:    artifact.DirectoryChangesFile,
		Content: artifact.DirectoryChange{What: r.Directory.What, Data: maps.Clone(r.Directory.Data)}.Encode(),
	}
	authority := asResident(windowsProgram(system32+"lsass.exe", `C:\Windows\system32\lsass.exe`, change), r.Process.User)
	return action{
		preconditions: []effect.Precondition{{Path: change.Path, Content: append(artifact.Marked("the directory's changes"), '\n'), Append: true}},
		checks:        []effect.Check{effect.EndsWith{Path: change.Path, Content: change.Content}},
		service:       &authority,
	}
}
