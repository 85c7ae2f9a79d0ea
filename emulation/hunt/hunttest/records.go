package hunttest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/record"
)

// Records are the events of all scenarios of a recording, of its ordinary days and of its
// steps, without its plan: the parents
// of processes are those that the events name. It fails if
// the recording cannot be read.
func Records(name string) (ordinary, performed []hunt.Record, err error) {
	recording, err := record.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer recording.Close()
	for _, scenario := range recording.Head.Scenarios {
		days, steps, err := recordsOf(recording, scenario)
		if err != nil {
			return nil, nil, fmt.Errorf("scenario %s of %s: %w", scenario, name, err)
		}
		ordinary, performed = append(ordinary, days...), append(performed, steps...)
	}
	return ordinary, performed, nil
}

func recordsOf(recording *record.Recording, name string) (ordinary, performed []hunt.Record, err error) {
	scenario, err := recording.Scenario(name)
	if err != nil {
		return nil, nil, err
	}
	judged, err := scenario.Judged()
	if err != nil {
		return nil, nil, err
	}
	days := map[string]bool{}
	for _, baseline := range judged.Baselines {
		days[baseline.ID] = true
	}
	var all []hunt.Record
	hosts, parents := map[string]string{}, map[string]uint64{}
	for _, asset := range judged.Assets {
		hosts[asset.Name] = asset.Hostname
	}
	err = scenario.Events(func(e event.Event) error {
		asset := e.Lineage.Asset
		if key := keyOf(e.Fields["ParentProcessGuid"]); key != 0 {
			parents[processOf(e)] = key
		}
		all = append(all, hunt.Record{Event: e, Origin: hunt.Origin{Scenario: name, Asset: asset, Step: e.Lineage.Step, Event: e.ID, Ordinary: days[e.Lineage.Step]}})
		return nil
	})
	for _, r := range all {
		r.Host, r.Parent = hosts[r.Origin.Asset], parents[processOf(r.Event)]
		if r.Origin.Ordinary {
			ordinary = append(ordinary, r)
		} else {
			performed = append(performed, r)
		}
	}
	return ordinary, performed, err
}

func processOf(e event.Event) string { return fmt.Sprint(e.Lineage.Asset, "/", e.Lineage.Process) }

// keyOf is the process that a GUID names, 0 if there is none.
func keyOf(guid any) uint64 {
	text, _ := guid.(string)
	parts := strings.Split(strings.Trim(text, "{}"), "-")
	if len(parts) != 5 {
		return 0
	}
	key, err := strconv.ParseUint(parts[3]+parts[4], 16, 64)
	if err != nil {
		return 0
	}
	return key
}
