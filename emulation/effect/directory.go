package effect

import (
	"bytes"
	"encoding/json"
	"strings"
)

// WindowsChanges is where the local security authority of an asset keeps what it
// changed in the directory, or in the host's own accounts and policies.
const WindowsChanges = `C:\Windows\NTDS\changes.log`

// DirectoryChange is one change: a line of JSON. Data are the attributes of what
// is changed, as audit records name them.
type DirectoryChange struct {
	What string            `json:"what"`
	Data map[string]string `json:"data"`
}

// DirectoryChanges are the changes there are, and the audit record of each.
var DirectoryChanges = map[string]int{
	"trust_added": 4706, "trust_removed": 4707, "audit_policy_changed": 4719,
	"user_created": 4720, "user_enabled": 4722, "password_changed": 4723, "password_reset": 4724, "user_disabled": 4725,
	"user_deleted": 4726, "user_changed": 4738, "user_locked": 4740,
	"global_group_created": 4727, "global_member_added": 4728, "global_member_removed": 4729, "global_group_deleted": 4730,
	"global_group_changed": 4737,
	"local_group_created":  4731, "local_member_added": 4732, "local_member_removed": 4733, "local_group_deleted": 4734,
	"local_group_changed":     4735,
	"universal_group_created": 4754, "universal_group_changed": 4755, "universal_member_added": 4756,
	"universal_member_removed": 4757, "universal_group_deleted": 4758,
	"domain_policy_changed": 4739, "computer_created": 4741, "computer_changed": 4742, "computer_deleted": 4743,
	"sid_history_added": 4765, "name_changed": 4781, "restore_password_set": 4794,
	"object_modified": 5136, "object_created": 5137, "object_moved": 5139, "object_deleted": 5141,
}

// Line is the change as the file has it.
func (c DirectoryChange) Line() []byte {
	var line bytes.Buffer
	out := json.NewEncoder(&line)
	out.SetEscapeHTML(false)
	if err := out.Encode(c); err != nil {
		panic("effect: texts by name are no JSON: " + err.Error()) // nothing but a mistake of ours makes them so
	}
	return line.Bytes()
}

// ReadDirectoryChanges reads the changes among a file's lines.
func ReadDirectoryChanges(content string) []DirectoryChange {
	var all []DirectoryChange
	for line := range strings.Lines(content) {
		var change DirectoryChange
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &change) == nil && DirectoryChanges[change.What] != 0 {
			all = append(all, change)
		}
	}
	return all
}
