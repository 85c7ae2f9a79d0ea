package profile_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/profile"
)

const day = 24 * time.Hour

var start = time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)

// page is a record of day 10 that its host logs.
func page() profile.Record {
	return profile.Record{Kind: "exchange", Logged: true, Event: event.Event{
		ID: "mail-7", Time: start.Add(10 * day), Sources: []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}},
		Fields: map[string]any{"TargetFilename": `C:\inetpub\x.aspx`, "EventID": 11}, Joined: map[string]any{"CommandLine": "w3wp.exe"},
	}}
}

func having(source profile.Source) profile.Profile {
	if source.Product == "" {
		source.Product, source.Name = "windows", "sysmon"
	}
	if source.Storage == "" {
		source.Storage = profile.Forwarded
	}
	source.Sample = 1
	return profile.Profile{Name: "carrier", Sources: []profile.Source{source}}
}

func TestACarrierHasARecordAsItsSourceSays(t *testing.T) {
	t.Parallel()
	erased := page()
	erased.Erased = start.Add(11 * day)
	unlogged := page()
	unlogged.Logged = false
	late := having(profile.Source{})
	late.Lookback = day
	for _, test := range []struct {
		name   string
		from   profile.Profile
		record profile.Record
		wrong  profile.Fault
		// seen at once; on the host, and forwarded, on day 20
		seen, host, forwarded bool
	}{
		{"all of it, where nothing is amiss", profile.Full(), page(), nil, true, true, true},
		{"from the host, where it is kept there", having(profile.Source{Storage: profile.Host}), page(), nil, true, true, false},
		{"until the host's retention is over", having(profile.Source{Storage: profile.Host, Retention: 5 * day}), page(), nil, true, false, false},
		{"forwarded longer than on the host", having(profile.Source{Retention: 30 * day, HostRetention: day}), page(), nil, true, false, true},
		{"until the store's retention is over", having(profile.Source{Retention: 9 * day}), page(), nil, true, true, false},
		{"forwarded before it was erased", having(profile.Source{}), erased, nil, true, false, true},
		{"not if it was erased before it was read", having(profile.Source{Delay: 2 * day}), erased, nil, false, false, false},
		{"not on a host that keeps no such log", having(profile.Source{}), unlogged, nil, true, false, true},
		{"not on its way, where all is dropped", having(profile.Source{Drop: 1}), page(), nil, false, true, false},
		{"not for the rules, where it is excluded", profile.Full(), page(), profile.Exclusion{Field: "TargetFilename", Contains: `\INETPUB\`}, false, true, true},
		{"also by a joined field", profile.Full(), page(), profile.Exclusion{Field: "CommandLine", Contains: "w3wp"}, false, true, true},
		{"but for an exclusion of something else", profile.Full(), page(), profile.Exclusion{Field: "TargetFilename", Contains: `\Temp\`}, true, true, true},
		{"not while the forwarder was off", profile.Full(), page(), profile.ForwarderOff{From: 10 * day, Until: 11 * day}, false, true, false},
		{"once it was on again", profile.Full(), page(), profile.ForwarderOff{From: 9 * day, Until: 10 * day}, true, true, true},
		{"where the forwarder was off elsewhere", profile.Full(), page(), profile.ForwarderOff{About: profile.About{On: []string{"billing"}}, Until: 11 * day}, true, true, true},
		{"on the host, which a forwarder does not touch", having(profile.Source{Storage: profile.Host}), page(), profile.ForwarderOff{Until: 11 * day}, true, true, false},
		{"unseen, if the clock is further behind than one looks back", late, page(), profile.ClockSkew{Ahead: -2 * day}, false, true, true},
		{"seen, if it is behind by less", late, page(), profile.ClockSkew{Ahead: -time.Hour}, true, true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			copies := test.from.Deliver([]profile.Record{test.record}, start, test.wrong)
			if assert.Len(t, copies, 1) {
				then := start.Add(20 * day)
				got := []bool{copies[0].Seen, copies[0].OnHost(then), copies[0].Forwarded(then)}
				assert.Equal(t, []bool{test.seen, test.host, test.forwarded}, got, "seen, on the host, forwarded")
			}
		})
	}
}

func TestOfSeveralSourcesTheFirstThatFitsCounts(t *testing.T) {
	t.Parallel()
	p := profile.Profile{Name: "carrier", Sources: []profile.Source{
		{Product: "windows", Name: "file_event", Storage: profile.Host, Sample: 1},
		{Product: profile.Any, Name: profile.Any, Storage: profile.Forwarded, Sample: 1},
	}}
	copies := p.Deliver([]profile.Record{page()}, start, nil)
	assert.False(t, copies[0].Forwarded(start.Add(11*day)))
	p.Sources = []profile.Source{{Product: "linux", Name: profile.Any, Sample: 1}}
	assert.Empty(t, p.Deliver([]profile.Record{page()}, start, nil), "a source not had leaves nothing")
}

func TestAFieldLostIsLostInBothPartsAndInTheCopyAlone(t *testing.T) {
	t.Parallel()
	original := page()
	source := having(profile.Source{MissingFields: []string{"CommandLine"}})
	got := source.Deliver([]profile.Record{original}, start, profile.ParserFieldMissing{Field: "EventID"})[0]
	assert.Equal(t, map[string]any{"TargetFilename": `C:\inetpub\x.aspx`}, got.Event.Fields)
	assert.Empty(t, got.Event.Joined)
	assert.Equal(t, page(), original)
}

func TestADisabledRuleAloneIsSilenced(t *testing.T) {
	t.Parallel()
	fault := profile.DisabledRule{Rule: "bd1212e5-78da-431e-95fa-c58e3237a8e6"}
	assert.True(t, fault.SuppressesRule("BD1212E5-78da-431e-95fa-c58e3237a8e6"))
	assert.False(t, fault.SuppressesRule("39f1f9f2-9636-45de-98f6-a4046aa8e4b9"))
	assert.False(t, profile.ClockSkew{}.SuppressesRule("39f1f9f2-9636-45de-98f6-a4046aa8e4b9"))
	assert.True(t, profile.Full().Deliver([]profile.Record{page()}, start, fault)[0].Seen)
}

func TestChanceIsTheSameEachTimeAndOfTheShareAsked(t *testing.T) {
	t.Parallel()
	var records []profile.Record
	for i := range 10_000 {
		record := page()
		record.Event.ID = fmt.Sprintf("mail-%d", i)
		records = append(records, record)
	}
	p := having(profile.Source{Drop: 0.1})
	p.Sources[0].Sample = 0.5
	first := p.Deliver(records, start, nil)
	assert.Equal(t, first, p.Deliver(records, start, nil))
	assert.InDelta(t, 5000, len(first), 200, "one in two is written")
	lost := 0
	for _, copy := range first {
		if !copy.Seen {
			lost++
		}
	}
	assert.InDelta(t, 500, lost, 80, "one in ten of those is lost on the way")
}

func TestEvidenceIsGoneWithTheLastPlaceThatHadIt(t *testing.T) {
	t.Parallel()
	until, ends := having(profile.Source{Retention: 30 * day, HostRetention: day}).Deliver([]profile.Record{page()}, start, nil)[0].RetainedUntil()
	assert.True(t, ends)
	assert.Equal(t, start.Add(40*day), until)
	_, ends = profile.Full().Deliver([]profile.Record{page()}, start, nil)[0].RetainedUntil()
	assert.False(t, ends)
}
