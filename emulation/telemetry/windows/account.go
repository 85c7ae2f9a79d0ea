package windows

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What a change of the directory leaves in Security: accounts made and deleted
// (4720, 4726), members put into global groups and taken out (4728, 4729).
var _ = channels.Register(channel.Channel{
	Name:       "windows_account",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Translated,
	Open:       openAccount,
	Expect:     expectAccounts,
})

func openAccount(h channel.Host) func(channel.Activity) []channel.Record {
	w := &account{host: h}
	for _, file := range h.Asset.Kind.Files {
		if file.Path == asset.WindowsDirectory {
			w.lines = directoryLines(file.Content)
		}
	}
	return w.answer
}

type account struct {
	host    channel.Host
	clients clientTracker
	lines   []string // the directory as last seen
}

func directoryLines(content []byte) []string {
	return strings.FieldsFunc(string(content), func(r rune) bool { return r == '\n' })
}

// answer compares the directory with what it was, line by line.
func (w *account) answer(a channel.Activity) []channel.Record {
	w.clients.observe(a)
	if a.Kind != event.Content || a.PlatformPath != asset.WindowsDirectory {
		return nil
	}
	before, now := w.lines, directoryLines(a.Observation.Content)
	w.lines = now
	var all []channel.Record
	for _, line := range now {
		if !slices.Contains(before, line) {
			all = append(all, w.records(a, line, 4720, 4728)...)
		}
	}
	for _, line := range before {
		if !slices.Contains(now, line) {
			all = append(all, w.records(a, line, 4726, 4729)...)
		}
	}
	return all
}

// records answers one line of the directory: `user:<name>` or
// `group:<group>:<member>`.
func (w *account) records(a channel.Activity, line string, forUser, forMember int) []channel.Record {
	kind, rest, _ := strings.Cut(line, ":")
	name, member, _ := strings.Cut(rest, ":")
	sid := asset.WindowsSID(asset.WindowsNetBIOS + `\` + name)
	switch kind {
	case "user":
		fields := securityFields(w.host, forUser, w.clients.requester(name, a.Actor))
		fields["TargetUserName"], fields["TargetDomainName"], fields["TargetSid"] = name, asset.WindowsNetBIOS, sid
		fields["PrivilegeList"] = "-"
		if forUser == 4720 {
			fields["SamAccountName"], fields["UserPrincipalName"] = name, name+"@"+asset.WindowsDomain
			fields["DisplayName"], fields["PrimaryGroupId"] = "%%1793", "513"
			fields["OldUacValue"], fields["NewUacValue"] = "0x0", "0x15"
		}
		return []channel.Record{{Fields: fields}}
	case "group":
		fields := securityFields(w.host, forMember, w.clients.requester(member, a.Actor))
		fields["MemberName"] = "CN=" + member + ",CN=Users,DC=" + strings.ReplaceAll(asset.WindowsDomain, ".", ",DC=")
		fields["MemberSid"] = asset.WindowsSID(asset.WindowsNetBIOS + `\` + member)
		fields["TargetUserName"], fields["TargetDomainName"], fields["TargetSid"] = name, asset.WindowsNetBIOS, sid
		fields["PrivilegeList"] = "-"
		return []channel.Record{{Fields: fields}}
	}
	return nil
}

// expectAccounts declares a record of each line that comes into the directory
// or goes from it.
func expectAccounts(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	held := bytes.Split(h.Asset.Content(asset.WindowsDirectory), []byte("\n"))
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsDirectory {
			return nil
		}
		before := held
		held = bytes.Split(a.Observation.Content, []byte("\n"))
		return append(accountsExpected(held, before, 4720, 4728), accountsExpected(before, held, 4726, 4729)...)
	}
}

// accountsExpected are the records of the lines that the others have not.
func accountsExpected(lines, others [][]byte, forUser, forMember int) []channel.ExpectedRecord {
	var all []channel.ExpectedRecord
	for _, line := range lines {
		switch {
		case slices.ContainsFunc(others, func(other []byte) bool { return bytes.Equal(line, other) }):
		case bytes.HasPrefix(line, []byte("user:")):
			all = append(all, channel.ExpectEventID(securitySource, forUser))
		case bytes.HasPrefix(line, []byte("group:")):
			all = append(all, channel.ExpectEventID(securitySource, forMember))
		}
	}
	return all
}
