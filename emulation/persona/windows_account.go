package persona

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What a change of the directory leaves in Security: accounts made and deleted
// (4720, 4726), members put into global groups and taken out (4728, 4729).
var _ = register(channel{
	name:       "windows_account",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Translated,
	open:       openWindowsAccount,
	must:       mustTellAccounts,
})

func openWindowsAccount(h host) func(moment) []record {
	w := &windowsAccount{host: h}
	for _, file := range h.place.Kind.Files {
		if file.Path == asset.WindowsDirectory {
			w.lines = directoryLines(file.Content)
		}
	}
	return w.answer
}

type windowsAccount struct {
	host    host
	clients windowsClients
	lines   []string // the directory as last seen
}

func directoryLines(content []byte) []string {
	return strings.FieldsFunc(string(content), func(r rune) bool { return r == '\n' })
}

// answer compares the directory with what it was, line by line.
func (w *windowsAccount) answer(m moment) []record {
	w.clients.note(m)
	if m.Kind != event.Content || m.path != asset.WindowsDirectory {
		return nil
	}
	before, now := w.lines, directoryLines(m.Observation.Content)
	w.lines = now
	var all []record
	for _, line := range now {
		if !slices.Contains(before, line) {
			all = append(all, w.records(m, line, 4720, 4728)...)
		}
	}
	for _, line := range before {
		if !slices.Contains(now, line) {
			all = append(all, w.records(m, line, 4726, 4729)...)
		}
	}
	return all
}

// records answers one line of the directory: `user:<name>` or
// `group:<group>:<member>`.
func (w *windowsAccount) records(m moment, line string, forUser, forMember int) []record {
	kind, rest, _ := strings.Cut(line, ":")
	name, member, _ := strings.Cut(rest, ":")
	sid := asset.WindowsSID(asset.WindowsNetBIOS + `\` + name)
	switch kind {
	case "user":
		fields := security(w.host, forUser, w.clients.asked(name, m.by))
		fields["TargetUserName"], fields["TargetDomainName"], fields["TargetSid"] = name, asset.WindowsNetBIOS, sid
		fields["PrivilegeList"] = "-"
		if forUser == 4720 {
			fields["SamAccountName"], fields["UserPrincipalName"] = name, name+"@"+asset.WindowsDomain
			fields["DisplayName"], fields["PrimaryGroupId"] = "%%1793", "513"
			fields["OldUacValue"], fields["NewUacValue"] = "0x0", "0x15"
		}
		return []record{{fields: fields}}
	case "group":
		fields := security(w.host, forMember, w.clients.asked(member, m.by))
		fields["MemberName"] = "CN=" + member + ",CN=Users,DC=" + strings.ReplaceAll(asset.WindowsDomain, ".", ",DC=")
		fields["MemberSid"] = asset.WindowsSID(asset.WindowsNetBIOS + `\` + member)
		fields["TargetUserName"], fields["TargetDomainName"], fields["TargetSid"] = name, asset.WindowsNetBIOS, sid
		fields["PrivilegeList"] = "-"
		return []record{{fields: fields}}
	}
	return nil
}

// mustTellAccounts declares a record of each line that comes into the directory
// or goes from it.
func mustTellAccounts(h host) func(moment) []due {
	held := bytes.Split(furnished(h.place, asset.WindowsDirectory), []byte("\n"))
	return func(m moment) []due {
		if m.Kind != event.Content || m.path != asset.WindowsDirectory {
			return nil
		}
		before := held
		held = bytes.Split(m.Observation.Content, []byte("\n"))
		return append(accountsDue(held, before, 4720, 4728), accountsDue(before, held, 4726, 4729)...)
	}
}

// accountsDue are the records of the lines that the others have not.
func accountsDue(lines, others [][]byte, forUser, forMember int) []due {
	var all []due
	for _, line := range lines {
		switch {
		case slices.ContainsFunc(others, func(other []byte) bool { return bytes.Equal(line, other) }):
		case bytes.HasPrefix(line, []byte("user:")):
			all = append(all, dueID(windowsSecurity, forUser))
		case bytes.HasPrefix(line, []byte("group:")):
			all = append(all, dueID(windowsSecurity, forMember))
		}
	}
	return all
}
