package telemetry_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// everything calls do for each behaviour and each ordinary day on each kind of
// asset that it is for, and for the acts that only re-enacted recordings have.
func everything(t *testing.T, do func(of, kind string, plan effect.StepPlan)) {
	t.Helper()
	for _, kind := range scenarios.Library().Kinds() {
		for _, reported := range scenarios.Library().Behaviours() {
			if slices.Contains(reported.Assets, kind.Name) {
				do(reported.Name+" on "+kind.Name, kind.Name, labtest.Planned(t, reported, placeOf(t, kind.Name), nil))
			}
		}
		for _, ordinary := range scenarios.Library().Baselines() {
			if slices.Contains(ordinary.Assets, kind.Name) {
				do(ordinary.Name+" on "+kind.Name, kind.Name, labtest.PlannedDay(t, ordinary, placeOf(t, kind.Name)))
			}
		}
		for name, plan := range further(kind.Platform) {
			do(name+" on "+kind.Name, kind.Name, plan)
		}
	}
}

// words are the alterations of what a behaviour's author wrote: nothing of what
// was done changes with them.
var words = map[string]func(effect.Platform, *event.Observation){
	"another account": func(on effect.Platform, o *event.Observation) {
		account(o, map[effect.Platform]string{effect.Windows: `ELSEWHERE\someone`, effect.Linux: "someone"}[on])
	},
	"the administrator's account": func(on effect.Platform, o *event.Observation) {
		account(o, map[effect.Platform]string{effect.Windows: asset.WindowsSystem, effect.Linux: "root"}[on])
	},
	"another integrity level": func(_ effect.Platform, o *event.Observation) {
		if o.Env[event.EnvIntegrity] != "" {
			o.Env[event.EnvIntegrity] = "Low"
		}
	},
	"other hosts behind the addresses": func(_ effect.Platform, o *event.Observation) {
		if peers := effect.DecodePeers(o.Env[event.EnvPeers]); len(peers) > 0 {
			for i := range peers {
				peers[i].Address, peers[i].Name = netip.MustParseAddr(peers[i].Address).Next().String(), "another."+peers[i].Name
			}
			o.Env[event.EnvPeers] = effect.EncodePeers(peers)
		}
	},
	"another version resource": func(_ effect.Platform, o *event.Observation) {
		if said, ok := artifact.DecodeResource(o.Content); ok && (o.Kind == event.Exec || o.Kind == event.Map) {
			for _, text := range []string{said.OriginalFileName, said.Description, said.Product, said.Company, said.FileVersion} {
				if text != "" {
					o.Content = bytes.ReplaceAll(o.Content, []byte(": "+text+"\n"), []byte(": altered "+text+"\n"))
				}
			}
			o.Digest = fmt.Sprintf("%x", sha256.Sum256(o.Content))
		}
	},
	"another signature": func(_ effect.Platform, o *event.Observation) {
		if o.Kind == event.Map {
			o.Content = bytes.ReplaceAll(o.Content, []byte("# Signature: "), []byte("# Signature: altered "))
			o.Digest = fmt.Sprintf("%x", sha256.Sum256(o.Content))
		}
	},
}

func account(o *event.Observation, name string) {
	if o.Kind == event.Exec {
		o.Env[event.EnvUser] = name
	}
}

// What an author wrote of a process, a program or another host changes no field
// that is not called stated.
func TestWhatAnAuthorWroteChangesOnlyWhatIsStated(t *testing.T) {
	t.Parallel()
	altered := map[string]int{}
	everything(t, func(of, kind string, plan effect.StepPlan) {
		seen := seen(t, kind, plan)
		on := placeOf(t, kind).Kind.Platform
		for _, what := range slices.Sorted(maps.Keys(words)) {
			changed := slices.Clone(seen)
			for i := range changed {
				changed[i].Env = maps.Clone(changed[i].Env)
				words[what](on, &changed[i])
			}
			altered[what] += onlyStatedDiffers(t, of+", "+what, kind, seen, changed)
		}
	})
	for what := range words {
		assert.Positive(t, altered[what], "no behaviour has %s to alter", what)
	}
}

// What a stand-in wrote to a log changes no field that is not called stated.
func TestWhatALogSaysChangesOnlyWhatIsStated(t *testing.T) {
	t.Parallel()
	altered := map[string]int{}
	everything(t, func(of, kind string, plan effect.StepPlan) {
		seen := seen(t, kind, plan)
		changed := slices.Clone(seen)
		files := map[string]bool{}
		for i := range changed {
			if file := changed[i].Path; changed[i].Kind == event.Content && isLog(file) {
				changed[i].Content = otherWords(changed[i].Content, provisionedLength(placeOf(t, kind), file))
				files[file] = true
			}
		}
		n := onlyStatedDiffers(t, of, kind, seen, changed)
		for file := range files {
			altered[file] += n
		}
	})
	var logs []string
	for file, n := range altered {
		if n > 0 {
			logs = append(logs, path.Base(file))
		}
	}
	assert.Subset(t, logs, []string{
		"access.log", "audit.log", "auth.log", "cron.log", "syslog", "postgresql-15-main.json", "Application.evtx", "MSExchange Management.evtx", "changes.log",
	}, "there is something to alter in each log")
}

// isLog reports whether a real path is that of a file in which a program tells of
// what was done.
func isLog(file string) bool {
	return strings.HasPrefix(file, artifact.LinuxLogs) || strings.HasPrefix(file, effect.Root+"/c/Windows/System32/winevt/Logs/") ||
		file == effect.Root+"/c/Windows/NTDS/changes.log"
}

// provisionedLength is that of a file which a host has before; 0 is that it has
// none.
func provisionedLength(place asset.Host, real string) int {
	name, _ := effect.AssetTree(place.Kind.Platform, nil).PlatformPath(real)
	for _, file := range place.Kind.Files {
		if strings.EqualFold(file.Path, name) {
			return len(file.Content)
		}
	}
	return 0
}

// otherWords alters what was added to a log behind its first bytes. Its form
// stays: a record of JSON keeps its keys, a line its blanks, signs and brackets.
func otherWords(content []byte, from int) []byte {
	if from > len(content) {
		from = 0
	}
	out := slices.Clone(content[:from])
	for line := range bytes.Lines(content[from:]) {
		var record map[string]any
		if json.Unmarshal(line, &record) == nil {
			otherValues(record)
			text, err := json.Marshal(record)
			if err != nil {
				panic(err) // it was JSON before
			}
			out = append(append(out, text...), '\n')
			continue
		}
		out = append(out, bytes.Map(func(r rune) rune {
			switch {
			case '0' <= r && r < '9':
				return r + 1
			case 'a' <= r && r < 'z':
				return r + 1
			}
			return r
		}, line)...)
	}
	return out
}

// otherValues leaves the kind of a directory's change, by which it is one.
func otherValues(record map[string]any) {
	for name, value := range record {
		switch value := value.(type) {
		case string:
			if name != "what" {
				record[name] = "altered " + value
			}
		case map[string]any:
			otherValues(value)
		}
	}
}

// onlyStatedDiffers compares the events of two lists of observations, each with
// its fellow of the same observation and place, and gives how many fields differ.
func onlyStatedDiffers(t *testing.T, of, kind string, before, after []event.Observation) int {
	t.Helper()
	was, is := byObservation(telemetry.New("host", placeOf(t, kind)).Translate(before, day)), byObservation(telemetry.New("host", placeOf(t, kind)).Translate(after, day))
	count := 0
	for _, seq := range slices.Sorted(maps.Keys(mergedKeys(was, is))) {
		before, other := was[seq], is[seq]
		if len(before) != len(other) {
			// What is there in one only would not be there but for what was altered.
			before, other = rested(before), rested(other)
			count++
		}
		if !assert.Len(t, other, len(before), "%s: events of observation %d", of, seq) {
			continue
		}
		for i := range before {
			count += fieldsDiffer(t, of, before[i], other[i])
		}
	}
	return count
}

// rested leaves out the events that are stated as a whole.
func rested(events []event.Event) []event.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e event.Event) bool { return e.Provenance == event.Stated })
}

func mergedKeys(before, other map[uint64][]event.Event) map[uint64]bool {
	all := map[uint64]bool{}
	for seq := range before {
		all[seq] = true
	}
	for seq := range other {
		all[seq] = true
	}
	return all
}

func byObservation(events []event.Event) map[uint64][]event.Event {
	all := map[uint64][]event.Event{}
	for _, e := range events {
		seq := e.Lineage.Seen[len(e.Lineage.Seen)-1]
		all[seq] = append(all[seq], e)
	}
	return all
}

// fieldsDiffer compares the fields of two events in shape edr, which has the
// native ones.
func fieldsDiffer(t *testing.T, of string, before, other event.Event) int {
	t.Helper()
	was, is := before.Shaped(event.EDR), other.Shaped(event.EDR)
	names := maps.Clone(was)
	maps.Copy(names, is)
	count := 0
	for _, name := range slices.Sorted(maps.Keys(names)) {
		// A file's digest is of all its text, its version resource included: it is
		// the real one of the real file.
		if reflect.DeepEqual(was[name], is[name]) || name == "Hashes" {
			continue
		}
		count++
		for _, e := range []event.Event{before, other} {
			how, own := e.FieldProvenance[name]
			if !own {
				how = e.Provenance
			}
			assert.GreaterOrEqual(t, how, event.Stated, "%s: %s of %v is %v and %v", of, name, before.Sources, was[name], is[name])
		}
	}
	return count
}
