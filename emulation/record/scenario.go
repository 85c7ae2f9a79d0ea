package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	jsonv1 "github.com/go-json-experiment/json/v1"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// ScenarioRecord is what was kept of one scenario.
type ScenarioRecord struct {
	// Name is the scenario's; Run the id of the run.
	Name, Run string
	// Finished tells whether the scenario was performed to its end. Of one that was
	// not there is what was seen until then.
	Finished bool

	plan      planLine
	opened    map[string]openedLine
	performed map[stepKey]performedLine
	undone    map[string]undoneLine
	// newest is the step performed last on an asset; operated what was done about steps
	// besides performing them.
	newest   map[string]string
	operated map[string]*operated
	closed   map[string]closedLine
	assets   map[string]assetLine
	steps    []stepLine
	done     doneLine
	parts    *Recording
}

// stepKey names a step or baseline on its asset.
type stepKey struct{ asset, step string }

// Scenario reads what was kept of a scenario. It returns an error that wraps
// fs.ErrNotExist if it was not begun, and fails if it cannot be read. The end of
// a journal that was written when its runner was killed may be torn: what comes
// before it is read.
//
// What was read of a sealed recording is kept, as it cannot change.
func (r *Recording) Scenario(name string) (*ScenarioRecord, error) {
	if !r.Sealed {
		return r.readScenario(name)
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if s, ok := r.read[name]; ok {
		return s, nil
	}
	s, err := r.readScenario(name)
	if err == nil {
		if r.read == nil {
			r.read = map[string]*ScenarioRecord{}
		}
		r.read[name] = s
	}
	return s, err
}

func (r *Recording) readScenario(name string) (*ScenarioRecord, error) {
	part := scenarioFolder + "/" + partName(name)
	text, err := r.part(part)
	if err != nil {
		return nil, fmt.Errorf("read scenario %s: %w", name, err)
	}
	s := &ScenarioRecord{
		Name: name, Run: r.Head.Run, parts: r, opened: map[string]openedLine{}, performed: map[stepKey]performedLine{},
		undone: map[string]undoneLine{}, newest: map[string]string{}, operated: map[string]*operated{}, closed: map[string]closedLine{}, assets: map[string]assetLine{},
	}
	if !r.Sealed {
		text = text[:bytes.LastIndexByte(text, '\n')+1]
	}
	seen := map[string][]event.Observation{}
	number := 0
	err = eachLine(text, func(row []byte) error {
		number++
		if err := s.read(row, seen); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", part, err)
	}
	return s, nil
}

// read takes one line. seen gathers an asset's observations until the line of the
// step that they belong to.
func (s *ScenarioRecord) read(row []byte, seen map[string][]event.Observation) error {
	l, err := readLine(row)
	if err != nil {
		return err
	}
	switch l.Kind {
	case linePlan:
		return readPlan(l.With, &s.plan)
	case lineOpened:
		return keep(l.With, s.opened, func(v openedLine) string { return v.Asset })
	case lineObservation:
		var v observationLine
		if err := jsonv1.Unmarshal(l.With, &v); err != nil {
			return err
		}
		seen[v.Asset] = append(seen[v.Asset], v.Observation)
		return nil
	case linePerformed:
		var v performedLine
		if err := jsonv1.Unmarshal(l.With, &v); err != nil {
			return err
		}
		v.Outcome.Observations = seen[v.Asset]
		delete(seen, v.Asset)
		s.performed[stepKey{v.Asset, v.Step}] = v
		s.newest[v.Asset] = v.Step
		s.operatedOf(v.Step).perform()
		return nil
	case lineTakenBack:
		var v undoneLine
		err := jsonv1.Unmarshal(l.With, &v)
		s.operatedOf(s.newest[v.Asset]).takenBack = &v
		return err
	case lineNote:
		var v noteLine
		err := jsonv1.Unmarshal(l.With, &v)
		o := s.operatedOf(v.Step)
		o.notes = append(o.notes, v.Note)
		return err
	case lineUndone:
		return keep(l.With, s.undone, func(v undoneLine) string { return v.Asset })
	case lineClosed:
		return keep(l.With, s.closed, func(v closedLine) string { return v.Asset })
	case lineAsset:
		return keep(l.With, s.assets, func(v assetLine) string { return v.Asset })
	case lineStep:
		var v stepLine
		err := jsonv1.Unmarshal(l.With, &v)
		s.steps = append(s.steps, v)
		return err
	case lineDone:
		s.Finished = true
		return jsonv1.Unmarshal(l.With, &s.done)
	default:
		return fmt.Errorf("a line of kind %q is not known", l.Kind)
	}
}

// readLine parts a line into its kind and its value. One that is written as we write
// it is not decoded for that: most of a recording are such lines.
func readLine(row []byte) (line, error) {
	const before, between = `{"kind":"`, `","with":`
	rest, ok := bytes.CutPrefix(row, []byte(before))
	if kind, with, found := bytes.Cut(rest, []byte(between)); ok && found && bytes.HasSuffix(with, []byte("}")) && !bytes.ContainsAny(kind, `"\\`) {
		return line{Kind: string(kind), With: with[:len(with)-1]}, nil
	}
	var l line
	err := jsonv1.Unmarshal(row, &l)
	return l, err
}

func keep[T any](text []byte, into map[string]T, key func(T) string) error {
	var value T
	if err := jsonv1.Unmarshal(text, &value); err != nil {
		return err
	}
	into[key(value)] = value
	return nil
}

// Effects are the step plans that were performed, by id of the step or baseline.
func (s *ScenarioRecord) Effects() map[string]effect.StepPlan {
	out := map[string]effect.StepPlan{}
	for _, steps := range [][]plannedStep{s.plan.Baselines, s.plan.Steps} {
		for _, step := range steps {
			out[step.ID] = step.Effect
		}
	}
	return out
}

// Events calls do with each event that was recorded, in order; what do returns ends
// it. It fails if the events cannot be read, and with do's error.
func (s *ScenarioRecord) Events(do func(event.Event) error) error {
	text, err := s.parts.part(eventFolder + "/" + partName(s.Name))
	if errors.Is(err, fs.ErrNotExist) && !s.Finished {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read events of %s: %w", s.Name, err)
	}
	return eachLine(text, func(row []byte) error {
		e, err := readEvent(row)
		if err != nil {
			return fmt.Errorf("read events of %s: %w", s.Name, err)
		}
		return do(e)
	})
}

// readEvent reads an event with its numbers as they were: a whole one is no float.
func readEvent(row []byte) (event.Event, error) {
	decoder := json.NewDecoder(bytes.NewReader(row))
	decoder.UseNumber()
	var e event.Event
	if err := decoder.Decode(&e); err != nil {
		return event.Event{}, err
	}
	for _, fields := range []map[string]any{e.Fields, e.Joined} {
		for name, value := range fields {
			fields[name] = numbers(value)
		}
	}
	return e, nil
}

func numbers(value any) any {
	switch value := value.(type) {
	case json.Number:
		if whole, err := value.Int64(); err == nil {
			return whole
		}
		if large, err := strconv.ParseUint(value.String(), 10, 64); err == nil {
			return large
		}
		real, _ := value.Float64() // JSON has no number that is none
		return real
	case []any:
		for i := range value {
			value[i] = numbers(value[i])
		}
	case map[string]any:
		for name := range value {
			value[name] = numbers(value[name])
		}
	}
	return value
}

// Alerts are those on the scenario's events when it was performed, by the step or
// baseline. It fails if they cannot be read.
func (s *ScenarioRecord) Alerts() (map[string][]detect.Alert, error) {
	alerts := map[string][]detect.Alert{}
	text, err := s.parts.part(alertFolder + "/" + partName(s.Name))
	if err == nil {
		err = eachLine(text, func(row []byte) error {
			var l alertLine
			err := jsonv1.Unmarshal(row, &l)
			alerts[l.Step] = append(alerts[l.Step], l.Alert)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read alerts of %s: %w", s.Name, err)
	}
	return alerts, nil
}

// Start is the virtual time of the scenario's offset 0.
func (s *ScenarioRecord) Start() time.Time { return s.done.Start }

// Took is how long performing the scenario took.
func (s *ScenarioRecord) Took() time.Duration { return s.done.Took }

// Performance is the key by which the scenario was performed; empty where that was not
// known.
func (s *ScenarioRecord) Performance() string { return s.done.Performance }

// Reused is the id of the run that performed the scenario, where this one took it from
// there; empty where it performed it itself.
func (s *ScenarioRecord) Reused() string { return s.done.Reused }

// Judged is how the scenario was judged when it was performed. It fails if that
// cannot be read.
func (s *ScenarioRecord) Judged() (result.Scenario, error) {
	var judged result.Scenario
	text, err := s.parts.part(verdictFolder + "/" + partName(s.Name))
	if err == nil {
		err = jsonv1.Unmarshal(text, &judged)
	}
	if err != nil {
		return result.Scenario{}, fmt.Errorf("read verdicts of %s: %w", s.Name, err)
	}
	return judged, nil
}
