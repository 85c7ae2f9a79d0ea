package artifact

import (
	"encoding/json"
	"maps"
	"strings"
	"sync"
)

// DirectoryChangesFile is where the local security authority of an asset keeps what
// it changed in the directory, or in the host's own accounts and policies.
const DirectoryChangesFile = DirectoryFolder + "changes.log"

// DirectoryChange is one change: a line of JSON. What is one of
// [DirectoryChangeEvents]; Data are the attributes of what is changed, as audit
// records name them.
type DirectoryChange struct {
	What string            `json:"what"`
	Data map[string]string `json:"data"`
}

// directoryChangeEvents are the numbers of the changes' audit records; the table is made on
// first use, as stand-ins are linked with it and few need it.
var directoryChangeEvents = sync.OnceValue(func() map[string]int {
	return map[string]int{
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
})

// DirectoryChangeEvents returns the changes there are, each with the number of its
// audit record.
func DirectoryChangeEvents() map[string]int { return maps.Clone(directoryChangeEvents()) }

// EventID returns the number of the change's audit record; it is 0 for a change that
// is not known.
func (c DirectoryChange) EventID() int { return directoryChangeEvents()[c.What] }

// Encode returns the change's line in the file, with its line end.
func (c DirectoryChange) Encode() []byte { return jsonLine(c) }

// DecodeDirectoryChanges reads the known changes among a file's lines.
func DecodeDirectoryChanges(content []byte) []DirectoryChange {
	var changes []DirectoryChange
	for line := range strings.Lines(string(content)) {
		var change DirectoryChange
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &change) == nil && change.EventID() != 0 {
			changes = append(changes, change)
		}
	}
	return changes
}
