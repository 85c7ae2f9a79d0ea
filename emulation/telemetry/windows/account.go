package windows

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
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
	w := &account{host: h, entries: artifact.DecodeDirectory(h.Asset.Content(artifact.DirectoryFile))}
	return w.translate
}

type account struct {
	host    channel.Host
	clients clientTracker
	entries []artifact.DirectoryEntry // the directory as last seen
}

// translate compares the directory with what it was, entry by entry.
func (w *account) translate(a channel.Activity) []channel.Record {
	w.clients.observe(a)
	if a.Kind != event.Content || a.PlatformPath != artifact.DirectoryFile {
		return nil
	}
	before, now := w.entries, artifact.DecodeDirectory(a.Observation.Content)
	w.entries = now
	var all []channel.Record
	for _, entry := range now {
		if !slices.Contains(before, entry) {
			all = append(all, w.entryRecord(a, entry, 4720, 4728))
		}
	}
	for _, entry := range before {
		if !slices.Contains(now, entry) {
			all = append(all, w.entryRecord(a, entry, 4726, 4729))
		}
	}
	return all
}

// entryRecord is that of an entry which came into the directory or went from it.
func (w *account) entryRecord(a channel.Activity, entry artifact.DirectoryEntry, forUser, forMember int) channel.Record {
	target := cmp.Or(entry.Group, entry.User)
	id := forMember
	if entry.Group == "" {
		id = forUser
	}
	fields := securityFields(w.host, id, w.clients.requester(entry.User, a.Actor))
	fields["TargetUserName"], fields["TargetDomainName"] = target, asset.WindowsNetBIOS
	fields["TargetSid"] = asset.WindowsSID(asset.WindowsNetBIOS + `\` + target)
	fields["PrivilegeList"] = "-"
	switch {
	case entry.Group != "":
		fields["MemberName"] = "CN=" + entry.User + ",CN=Users,DC=" + strings.ReplaceAll(asset.WindowsDomain, ".", ",DC=")
		fields["MemberSid"] = asset.WindowsSID(asset.WindowsNetBIOS + `\` + entry.User)
	case id == 4720:
		fields["SamAccountName"], fields["UserPrincipalName"] = entry.User, entry.User+"@"+asset.WindowsDomain
		fields["DisplayName"], fields["PrimaryGroupId"] = "%%1793", "513"
		fields["OldUacValue"], fields["NewUacValue"] = "0x0", "0x15"
	}
	return channel.Record{Fields: fields}
}

// expectAccounts declares a record of each entry that comes into the directory or
// goes from it.
func expectAccounts(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	known := artifact.DecodeDirectory(h.Asset.Content(artifact.DirectoryFile))
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind != event.Content || a.PlatformPath != artifact.DirectoryFile {
			return nil
		}
		before := known
		known = artifact.DecodeDirectory(a.Observation.Content)
		return append(accountsExpected(known, before, 4720, 4728), accountsExpected(before, known, 4726, 4729)...)
	}
}

// accountsExpected are the records of the entries that the others have not.
func accountsExpected(entries, others []artifact.DirectoryEntry, forUser, forMember int) []channel.ExpectedRecord {
	var all []channel.ExpectedRecord
	for _, entry := range entries {
		switch {
		case slices.Contains(others, entry):
		case entry.Group == "":
			all = append(all, channel.ExpectEventID(securitySource, forUser))
		default:
			all = append(all, channel.ExpectEventID(securitySource, forMember))
		}
	}
	return all
}
