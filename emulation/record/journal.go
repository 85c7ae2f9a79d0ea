package record

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/gofrs/flock"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// The parts of a recording.
const (
	headPart       = "run.json"
	tailPart       = "result.json"
	rulePart       = "rules.jsonl"
	sourceFolder   = "sources"
	scenarioFolder = "scenarios" // what was seen of each
	eventFolder    = "events"    // the events of each
	alertFolder    = "alerts"    // the alerts on them
	outsideFolder  = "outside"   // what came of outside detectors
	verdictFolder  = "verdicts"  // how each was judged
)

// Journal is the recording of a run under way: a folder to which lines are only
// added. Its methods are safe for concurrent use.
//
// What cannot be written breaks no run: the first error is kept for Err, and
// nothing more is written. While a journal is open no other process can reopen it.
type Journal struct {
	folder string
	head   Head
	lock   *flock.Flock
	// temporary is whether nobody reads it after this process.
	temporary bool

	mutex sync.Mutex
	err   error
}

// Create makes a journal in a new folder and writes what the run is performed
// with. It fails if the folder is there, or if it cannot be written to.
func Create(folder string, head Head) (*Journal, error) { return create(folder, head, false) }

// CreateTemporary makes a journal that this process seals and removes: nothing of it
// needs to outlive the machine, so that nothing waits for the disk. It fails as Create
// does.
func CreateTemporary(folder string, head Head) (*Journal, error) { return create(folder, head, true) }

func create(folder string, head Head, temporary bool) (*Journal, error) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return nil, fmt.Errorf("create journal: %w", err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, fmt.Errorf("create journal: %w", err)
	}
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, fmt.Errorf("create journal: %w", err)
	}
	j := &Journal{folder: folder, head: head, lock: lock, temporary: temporary}
	if err := j.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("create journal: %w", err), j.Close())
	}
	return j, nil
}

// begin writes what the run is performed with, the head last: a folder without it
// is no journal.
func (j *Journal) begin() error {
	j.head.Format = Format
	if err := j.writeSources(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(j.folder, scenarioFolder), 0o755); err != nil {
		return err
	}
	return j.writeJSON(headPart, j.head)
}

// ErrUnderWay says that another process is writing to a journal.
var ErrUnderWay = errors.New("the run is under way")

// Reopen goes on with a journal whose run was broken off. It fails with ErrUnderWay
// if it was not, and if the journal cannot be read.
func Reopen(folder string) (*Journal, error) {
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, fmt.Errorf("reopen journal: %w", err)
	}
	r, err := openJournal(folder)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Journal{folder: folder, head: r.Head, lock: lock}, nil
}

// lockPart is the file that is locked while a journal is open. The lock goes with the
// process that has it.
const lockPart = "lock"

func lockFolder(folder string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(folder, lockPart))
	locked, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, err
	case !locked:
		return nil, ErrUnderWay
	}
	return lock, nil
}

// Close lets others reopen the journal. It fails if the lock cannot be given back.
func (j *Journal) Close() error { return j.lock.Close() }

// Settle closes a journal that was sealed, and leaves of its folder the sealed
// recording alone: the journal is in it. Where the recording is elsewhere the folder is
// removed. It fails if something cannot be removed.
func (j *Journal) Settle() error {
	var failed []error
	for _, part := range rank {
		failed = append(failed, os.RemoveAll(filepath.Join(j.folder, part)))
	}
	// The lock comes last: nobody can reopen a journal without its head. Windows
	// removes no file that is open.
	failed = append(failed, j.Close())
	if isFile(filepath.Join(j.folder, sealedRun)) {
		return errors.Join(append(failed, os.RemoveAll(filepath.Join(j.folder, lockPart)))...)
	}
	return errors.Join(append(failed, os.RemoveAll(j.folder))...)
}

// writeSources writes scenario files and rules, and enters their digests. A part's
// name ends as the file's does, so that whoever unpacks a recording can open it.
func (j *Journal) writeSources() error {
	head := &j.head
	for i := range head.Sources {
		source := &head.Sources[i]
		source.Digest = Digest(source.Content)
		source.Part = fmt.Sprintf("%s/%04d%s", sourceFolder, i+1, plainExtension(source.Name))
		if err := j.writePart(source.Part, source.Content); err != nil {
			return err
		}
	}
	var rules []byte
	for i := range head.Rules {
		rule := &head.Rules[i]
		rule.Digest = Digest(rule.Content)
		row, err := json.Marshal(ruleLine{rule.Name, string(rule.Content)})
		if err != nil {
			return err
		}
		rules = append(append(rules, row...), '\n')
	}
	return j.writePart(rulePart, rules)
}

// Digest returns the SHA-256 of a content, in hex.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func plainExtension(name string) string {
	ending := strings.ToLower(filepath.Ext(name))
	switch ending {
	case ".hcl", ".json":
		return ending
	default:
		return ".txt"
	}
}

func (j *Journal) writeJSON(part string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return j.writePart(part, append(text, '\n'))
}

// writePart writes a part as a whole, so that it is there complete or not at all.
func (j *Journal) writePart(part string, content []byte) error {
	name := filepath.Join(j.folder, filepath.FromSlash(part))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if j.temporary {
		return os.WriteFile(name, content, 0o600)
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // it is gone if all went well
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

// Folder is where the journal is.
func (j *Journal) Folder() string { return j.folder }

// Head is what the journal was made with.
func (j *Journal) Head() Head { return j.head }

// Err is the first error that kept something from being written; nil if there is
// none.
func (j *Journal) Err() error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.err
}

func (j *Journal) fail(err error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.err == nil && err != nil {
		j.err = fmt.Errorf("record: %w", err)
	}
}

// Finish writes what the run came to, before Seal.
func (j *Journal) Finish(tail Tail) {
	if j.Err() == nil {
		j.fail(j.writeJSON(tailPart, tail))
	}
}

// Scenario opens the part of one scenario. What an earlier run left of it
// unfinished is replaced.
func (j *Journal) Scenario(p *plan.Plan) *Scenario {
	s := &Scenario{journal: j}
	file, err := os.Create(filepath.Join(j.folder, scenarioFolder, partName(p.Name)))
	if err != nil {
		j.fail(err)
		return s
	}
	s.file, s.buffer = file, bufio.NewWriter(file)
	s.add(linePlan, planOf(p))
	s.flush()
	return s
}

// partName is the part of a scenario. A name with characters that mean something in
// a path is escaped.
func partName(scenario string) string { return url.PathEscape(scenario) + ".jsonl" }

// Scenario is the part of one scenario under way.
type Scenario struct {
	journal *Journal

	mutex  sync.Mutex
	file   *os.File
	buffer *bufio.Writer
}

// Lab makes a lab whose sessions write down what those of another answer.
func (s *Scenario) Lab(of runner.Lab) runner.Lab { return recordingLab{of, s} }

// Add writes a scenario that was performed elsewhere than in the lab of its part, on one
// asset, and how it was judged.
func (j *Journal) Add(run *runner.RunRecord, judged result.Scenario) {
	s := j.Scenario(run.Plan)
	asset := run.Assets[0]
	s.add(lineOpened, openedLine{Asset: asset.Name, IsolationChecks: asset.IsolationChecks})
	for _, step := range run.Steps {
		broke := step.Err != nil && errors.Is(asset.Err, step.Err)
		for _, observation := range step.Outcome.Observations {
			s.add(lineObservation, observationLine{asset.Name, observation})
		}
		line := performedLine{Asset: asset.Name, Step: step.ID, Outcome: step.Outcome}
		line.Outcome.Skipped = step.Skipped
		if broke {
			line.Error = text(step.Err)
		}
		s.add(linePerformed, line)
		if broke {
			break
		}
	}
	s.add(lineUndone, undoneLine{Asset: asset.Name, Undo: asset.Undone})
	s.add(lineClosed, closedLine{asset.Name, text(asset.Err)})
	s.Finish(run, judged)
}

// Finish writes what the runner made of the scenario and how it was judged, and
// ends the part. A scenario is finished if its last line says so.
func (s *Scenario) Finish(run *runner.RunRecord, judged result.Scenario) {
	for _, record := range run.Assets {
		s.add(lineAsset, assetLine{Asset: record.Name, OpenTook: record.OpenTook, Container: record.Container, Error: text(record.Err)})
	}
	var events bytes.Buffer
	opening := min(1, len(run.Probes))
	for _, records := range [][]runner.StepRecord{run.Probes[:opening], run.Baselines, run.Steps, run.Probes[opening:]} {
		for _, record := range records {
			s.add(lineStep, stepLine{ID: record.ID, Asset: record.Asset, Events: len(record.Events), Began: record.Began, Ended: record.Ended, Error: text(record.Err)})
			for _, e := range record.Events {
				s.journal.fail(encodeLine(&events, e))
			}
		}
	}
	var alerts bytes.Buffer
	for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
		for _, alert := range step.Alerts {
			s.journal.fail(encodeLine(&alerts, alertLine{step.ID, alert}))
		}
	}
	if s.journal.Err() == nil {
		s.journal.fail(s.journal.writePart(eventFolder+"/"+partName(run.Plan.Name), events.Bytes()))
		s.journal.fail(s.journal.writePart(alertFolder+"/"+partName(run.Plan.Name), alerts.Bytes()))
		s.journal.fail(s.journal.writeWatches(run.Plan.Name, run.Watches))
		s.journal.fail(s.journal.writeJSON(verdictFolder+"/"+partName(run.Plan.Name), judged))
	}
	s.add(lineDone, doneLine{Start: run.Start, Took: run.Took, Performance: run.Performance, Reused: run.Reused})
	s.Close()
}

// Close ends the part, finished or not.
func (s *Scenario) Close() {
	s.flush()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.file != nil {
		s.journal.fail(errors.Join(s.file.Sync(), s.file.Close()))
		s.file = nil
	}
}

func (s *Scenario) add(kind string, value any) {
	var row bytes.Buffer
	err := encodeLine(&row, struct {
		Kind string `json:"kind"`
		With any    `json:"with"`
	}{kind, value})
	if err != nil {
		s.journal.fail(err)
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.file != nil && s.journal.Err() == nil {
		_, err = s.buffer.Write(row.Bytes())
		s.journal.fail(err)
	}
}

// encodeLine writes a value as one line of JSON, with < and > as they are.
func encodeLine(to io.Writer, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// flush hands to the system what was added: a killed runner loses nothing of it.
func (s *Scenario) flush() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.file != nil && s.journal.Err() == nil {
		s.journal.fail(s.buffer.Flush())
	}
}
