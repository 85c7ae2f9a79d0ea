package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/userfile"
	"github.com/ringer-lab/ringer/scenarios"
)

// recordFlags say where a run is recorded.
type recordFlags struct {
	file outputName
	flag string // that names the file, where it is not --record
	none bool
	key  string
}

// addTo declares the flags.
func (f *recordFlags) addTo(cmd *cobra.Command) {
	cmd.Flags().Var(&f.file, "record", "seal the recording of the run into this `FILE` (default run.ringer below .ringer/runs, or below RINGER_RUNS)")
	cmd.Flags().BoolVar(&f.none, "no-record", false, "do not record the run")
	cmd.Flags().StringVar(&f.key, "sign", "", "sign the recording with the private SSH key in this `FILE`")
}

func (f *recordFlags) check() error {
	if f.none && (f.file != "" || f.key != "") {
		return usageError{errors.New("--no-record cannot be combined with --record or --sign")}
	}
	return nil
}

// keeping is which recorded runs are kept; older ones are removed when a new one is
// begun.
var keeping = record.Keeping{Runs: 50, Age: 30 * 24 * time.Hour}

// recorder records one run. A nil recorder records nothing.
type recorder struct {
	c       *command
	journal *record.Journal
	runs    record.Runs
	file    *output       // nil: into the folder of runs
	sign    record.Signer // nil: not signed
	// required tells that the user asked for the recording.
	required bool

	mutex sync.Mutex
	parts map[string]*record.Scenario
	of    runner.Lab
	// made are the images of assets, also of those in other recordings that were reused.
	made []record.Image
}

// performance is the key by which a plan was performed in a lab; empty where it cannot be
// told.
func (r *recorder) performance(lab runner.Lab, p *plan.Plan) string {
	if r == nil {
		return ""
	}
	in := performance.Where{Program: r.journal.Head().Ringer.Digest, Lab: lab.Name()}
	if made, ok := lab.(runner.Imaged); ok {
		in.Images = made.Images()
	}
	key, err := performance.KeyOf(p, in)
	if err != nil {
		return "" // it is performed anew another time
	}
	return string(key)
}

// newRecorder begins to record a run in a lab. What hinders a recording that nobody
// asked for is a warning.
func (c *command) newRecorder(e exercise, from runSource, flags recordFlags) (*recorder, error) {
	if !c.records(flags) {
		return nil, nil
	}
	r, err := c.recorderFor(flags)
	if err != nil {
		return nil, err
	}
	head, err := c.head(e, from)
	if err == nil {
		r.journal, err = record.Create(r.runs.JournalOf(from.id), head)
	}
	if err != nil {
		if r.required {
			return nil, err
		}
		fmt.Fprintf(c.Stderr, "Warning: the run is not recorded: %v\n", err)
		return nil, nil
	}
	c.prune(r.runs)
	return r, nil
}

// records tells whether a run is recorded.
func (c *command) records(flags recordFlags) bool {
	return !flags.none && (c.Runs != "" || flags.file != "")
}

// recorderFor is a recorder that has no journal yet.
func (c *command) recorderFor(flags recordFlags) (*recorder, error) {
	r := &recorder{c: c, runs: c.recordedRuns(), required: flags.file != "" || flags.key != "", parts: map[string]*record.Scenario{}}
	var err error
	if flags.file != "" {
		if r.file, err = c.openOutput(cmp.Or(flags.flag, "--record"), string(flags.file), recordingFile); err != nil {
			return nil, err
		}
		if c.Runs == "" {
			r.runs.Folder = filepath.Join(filepath.Dir(string(flags.file)), ".ringer", "runs")
		}
	}
	if flags.key != "" {
		if r.sign, err = c.signer(flags.key); err != nil {
			return nil, usageError{err}
		}
	}
	return r, nil
}

// prune removes old runs, and says so once.
func (c *command) prune(runs record.Runs) {
	removed, err := runs.Prune(keeping, c.Now())
	if err != nil {
		fmt.Fprintf(c.Stderr, "Warning: %v\n", err)
	}
	if len(removed) > 0 {
		fmt.Fprintf(c.Stderr, "removed %s from %s: the newest %d of the last %d days are kept\n",
			report.Plural(len(removed), "recorded run"), runs.Folder, keeping.Runs, int(keeping.Age.Hours()/24))
	}
}

// maxKeys is the most bytes that a file of keys may have.
const maxKeys = 1 << 20

// signer reads a private key. Where it is encrypted its passphrase is asked for on the
// terminal.
func (c *command) signer(name string) (record.Signer, error) {
	key, err := userfile.Read(name, maxKeys)
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	return record.NewSigner(key, func() ([]byte, error) {
		in, ok := c.Stdin.(*os.File)
		if !ok || !term.IsTerminal(int(in.Fd())) {
			return nil, errors.New("it has a passphrase, which can be asked for on a terminal only")
		}
		fmt.Fprintf(c.Stderr, "Passphrase of %s: ", name)
		defer fmt.Fprintln(c.Stderr)
		return term.ReadPassword(int(in.Fd()))
	})
}

// head is what a run is performed with.
func (c *command) head(e exercise, from runSource) (record.Head, error) {
	head := record.Head{
		Run: from.id, Kind: e.kind(), Lab: from.lab, Started: from.started, Paths: e.paths, Chosen: e.performed, Shard: e.shard, Detectors: e.rules.outside, Variables: e.variables, Libraries: e.libraries,
		Ringer: record.Program{Version: c.Build.Version, Commit: c.Build.Commit, Digest: c.digest()},
	}
	for _, name := range slices.Sorted(maps.Keys(e.Files)) {
		head.Sources = append(head.Sources, record.Source{Name: name, Content: e.Files[name].Bytes, Shipped: e.shipped(name)})
	}
	if e.replays != nil {
		source, err := replayedSources(e.replays)
		if err != nil {
			return record.Head{}, err
		}
		head.Sources = append(head.Sources, source)
	}
	var own []sigma.Text
	if !e.rules.from.noDefault {
		var err error
		if own, err = sigma.TextsFS(scenarios.FS, "rules"); err != nil {
			return record.Head{}, err
		}
	}
	given, err := sigma.Texts(e.rules.from.paths...)
	if err != nil {
		return record.Head{}, err
	}
	for i, text := range slices.Concat(own, given) {
		head.Rules = append(head.Rules, record.Source{Name: text.Name, Content: text.Content, Shipped: i < len(own)})
	}
	for _, p := range e.plans {
		head.Scenarios = append(head.Scenarios, p.Name)
	}
	return head, nil
}

// digest is the SHA-256 of this program, in hex; "" where its file cannot be read.
func (c *command) digest() string {
	sum, err := fileDigest(c.Executable)
	if err != nil {
		return ""
	}
	return sum
}

// fileDigest is the SHA-256 of a file, in hex.
func fileDigest(name string) (string, error) {
	file, err := userfile.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// lab is a lab that writes down what it answers for a plan. It is for one run of the
// plan.
func (r *recorder) lab(of runner.Lab, p *plan.Plan) runner.Lab {
	if r == nil {
		return of
	}
	part := r.scenario(p)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.of = of
	return part.Lab(of)
}

// operator writes down what is noted of a plan's steps.
func (r *recorder) operator(of runner.Operator, p *plan.Plan) runner.Operator {
	if r == nil {
		return of
	}
	return r.part(p).Operator(of)
}

// scenario begins the part of a plan.
func (r *recorder) scenario(p *plan.Plan) *record.Scenario {
	part := r.journal.Scenario(p)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.parts[p.Name] = part
	return part
}

// addImages notes what assets were made of.
func (r *recorder) addImages(images []record.Image) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for _, image := range images {
		if !slices.Contains(r.made, image) {
			r.made = append(r.made, image)
		}
	}
}

// finish writes down what became of a plan.
func (r *recorder) finish(run *runner.RunRecord, judged result.Scenario) {
	if r == nil {
		return
	}
	if part := r.part(run.Plan); part != nil { // nil: it was recorded before
		part.Finish(run, judged)
	}
}

// abandon ends the part of a plan that was not performed to its end.
func (r *recorder) abandon(p *plan.Plan) {
	if r != nil {
		r.part(p).Close()
	}
}

func (r *recorder) part(p *plan.Plan) *record.Scenario {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.parts[p.Name]
}

// seal ends the recording of a run that was performed to its end. A run that broke is
// left as a journal, which `run --resume` goes on with.
func (r *recorder) seal(run result.Run, broke error) error {
	if r == nil {
		return nil
	}
	defer r.journal.Close() // the lock only: nothing is written any more
	if broke != nil {
		if r.journal.Err() == nil {
			how := "; `ringer run --resume` performs the rest"
			if r.journal.Head().Kind == record.Reenactment {
				how = ""
			}
			fmt.Fprintf(r.c.Stderr, "recorded so far: %s%s\n", r.journal.Folder(), how)
		}
		return nil
	}
	document, err := json.Marshal(run)
	if err == nil {
		r.journal.Finish(record.Tail{Took: time.Duration(run.Seconds * float64(time.Second)), Images: r.images(), Result: document})
		err = r.write(run.ID)
	}
	if err == nil {
		err = r.journal.Settle()
	}
	if err != nil && !r.required {
		fmt.Fprintf(r.c.Stderr, "Warning: the run is not recorded: %v\n", err)
		return nil
	}
	return err
}

// images are what assets were made of, here or in the run that was reused; none where the
// lab made no containers.
func (r *recorder) images() []record.Image {
	if lab, ok := r.of.(runner.Imaged); ok {
		ids := lab.Images()
		for _, service := range slices.Sorted(maps.Keys(ids)) {
			r.addImages([]record.Image{{Service: service, ID: ids[service]}})
		}
	}
	return r.made
}

// place is where a run is recorded; "" where it is not.
func (r *recorder) place(run string) string {
	switch {
	case r == nil || r.journal.Err() != nil:
		return ""
	case r.file != nil:
		return r.file.path
	}
	return r.runs.SealedOf(run)
}

func (r *recorder) write(run string) error {
	if r.file != nil {
		return r.file.write(func(w io.Writer) error { return r.journal.Seal(w, r.sign) })
	}
	return r.journal.SealFile(r.runs.SealedOf(run), r.sign)
}
