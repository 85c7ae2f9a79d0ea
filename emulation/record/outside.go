package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// outsideLine is one line of the part with what came of outside detectors: a detector, or
// one of its alerts with the time at which it arrived.
type outsideLine struct {
	Watch    *outside.Watch   `json:"watch,omitempty"`
	Detector string           `json:"detector,omitempty"`
	Arrival  *outside.Arrival `json:"arrival,omitempty"`
}

// writeWatches writes what came of outside detectors while a scenario was performed;
// there is no part where none was asked.
func (j *Journal) writeWatches(scenario string, watches []outside.Watch) error {
	if len(watches) == 0 {
		return nil
	}
	var out bytes.Buffer
	for _, watch := range watches {
		alone := watch
		alone.Arrivals = nil
		if err := encodeLine(&out, outsideLine{Watch: &alone}); err != nil {
			return err
		}
		for i := range watch.Arrivals {
			if err := encodeLine(&out, outsideLine{Detector: watch.Detector.Name, Arrival: &watch.Arrivals[i]}); err != nil {
				return err
			}
		}
	}
	return j.writePart(outsideFolder+"/"+partName(scenario), out.Bytes())
}

// Watches is what came of outside detectors while the scenario was performed, the alerts
// as they arrived. It fails if that cannot be read.
func (s *ScenarioRecord) Watches() ([]outside.Watch, error) {
	text, err := s.parts.part(outsideFolder + "/" + partName(s.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []outside.Watch
	if err == nil {
		err = eachLine(text, func(row []byte) error {
			var l outsideLine
			if err := json.Unmarshal(row, &l); err != nil {
				return err
			}
			last := len(out) - 1
			switch {
			case l.Watch != nil:
				out = append(out, *l.Watch)
			case l.Arrival != nil && last >= 0 && out[last].Detector.Name == l.Detector:
				out[last].Arrivals = append(out[last].Arrivals, *l.Arrival)
			default:
				return errors.New("an alert is of no detector")
			}
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read alerts of outside detectors of %s: %w", s.Name, err)
	}
	return out, nil
}

// restoreTimes gives what was performed the times at which it was.
func (s *ScenarioRecord) restoreTimes(run *runner.RunRecord) {
	began, ended := map[stepKey]time.Time{}, map[stepKey]time.Time{}
	for _, step := range s.steps {
		key := stepKey{step.Asset, step.ID}
		began[key], ended[key] = step.Began, step.Ended
	}
	for _, records := range [][]runner.StepRecord{run.Probes, run.Baselines, run.Steps} {
		for i := range records {
			key := stepKey{records[i].Asset, records[i].ID}
			records[i].Began, records[i].Ended = began[key], ended[key]
		}
	}
}
