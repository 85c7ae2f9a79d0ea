package cli

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/record"
)

// farmServeFlags are those of `ringer farm serve`.
type farmServeFlags struct {
	scenario scenarioFlags
	listen   string
	folder   string
	lab      string
	lease    time.Duration
	record   recordFlags
	history  historyFlags
	view     viewFlags
	strict   strictness
	gate     gateFlags
}

func newFarmServe(c *command) *cobra.Command {
	var flags farmServeFlags
	cmd := &cobra.Command{
		Use:   "serve [NAME|PATH]...",
		Short: "Serve the scenarios of a run to workers, and join what they hand in",
		Long: "Has workers perform the scenarios named, or the whole library, and ends when each has a\n" +
			"result: it joins the recordings, judges the whole again and reports it as \"ringer run\"\n" +
			"does. What workers need to join is written into worker.json in the folder of --data: a\n" +
			"secret. What an earlier server entered into the history is not performed again.\n\n" +
			"Workers dial one port, over TLS with a certificate that the invitation names. Nothing is\n" +
			"sent anywhere else. All workers must be the very same build of ringer.\n\n" +
			"Exit codes are the same as for run; 4 if scenarios could not be performed.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := errors.Join(flags.check(), flags.view.check(), flags.gate.check()); err != nil {
				return err
			}
			return c.farmServe(cmd.Context(), args, flags)
		},
	}
	flags.scenario.addTo(cmd)
	cmd.Flags().StringVar(&flags.listen, "addr", "127.0.0.1:4747", "listen at this `HOST:PORT` for workers")
	cmd.Flags().StringVar(&flags.folder, "data", filepath.Join(".ringer", "farm"), "keep queue, recordings and invitation in this `DIR`")
	cmd.Flags().Var(choose(&flags.lab, "docker", "fake"), "lab", "the `LAB` that workers run in: docker, or fake, which performs nothing")
	cmd.Flags().DurationVar(&flags.lease, "lease", time.Minute, "give a scenario to another worker if one is silent for this `TIME`")
	cmd.Flags().Var(&flags.record.file, "out", "seal the recording of the whole run into this `FILE` (default run.ringer in the folder of --data)")
	cmd.Flags().StringVar(&flags.record.key, "sign", "", "sign the recording with the private SSH key in this `FILE`")
	flags.history.addName(cmd)
	flags.gate.addTo(cmd)
	flags.view.addTo(cmd)
	flags.strict.addTo(cmd)
	return cmd
}

// leastLease is the shortest time after which a worker is taken to be gone.
const leastLease = time.Second

func (f *farmServeFlags) check() error {
	if f.lease < leastLease {
		return usageError{fmt.Errorf("--lease must be at least %s, not %s", leastLease, f.lease)}
	}
	return nil
}

func (c *command) farmServe(ctx context.Context, args []string, flags farmServeFlags) error {
	e, err := c.readExercise(args, flags.scenario)
	if err != nil {
		return err
	}
	if err := allowances(nil).check(e.plans); err != nil { // a worker allows nothing
		return err
	}
	if e.recording != nil {
		return usageError{fmt.Errorf("%s is a recording of a run: a farm performs scenarios", args[0])}
	}
	recordings := filepath.Join(flags.folder, "recordings")
	if err := os.MkdirAll(recordings, 0o700); err != nil {
		return usageError{fmt.Errorf("--data: %w", err)}
	}
	if recordings, err = filepath.Abs(recordings); err != nil {
		return err
	}
	if flags.record.file == "" {
		flags.record.file = outputName(filepath.Join(flags.folder, "run"+record.Extension))
	}
	flags.record.flag = "--out"
	if _, err := c.openOutput("--out", string(flags.record.file), recordingFile); err != nil {
		return err
	}
	job, err := c.newFarmJob(e, flags.lab)
	if err != nil {
		return err
	}
	store, err := c.openHistory(ctx, flags.history, true)
	if err != nil {
		return err
	}
	defer store.Close()
	entries, err := c.coordinate(ctx, job, flags, sqlstore.Ledger{Store: store}, recordings)
	if err != nil {
		return err
	}
	var parts []string
	for _, shard := range job.shards {
		parts = append(parts, entries[shard.Key].Recording)
	}
	if _, err := c.merge(ctx, parts, mergeFlags{record: flags.record, history: flags.history}); err != nil {
		return err
	}
	return c.replay(ctx, string(flags.record.file), replayFlags{view: flags.view, strict: flags.strict, gate: flags.gate})
}

// farmJob is what a farm performs.
type farmJob struct {
	// text is the job's sources, as a sealed recording in which nothing was performed.
	text   []byte
	name   string
	head   record.Head
	shards []farm.Shard
}

// newFarmJob puts an exercise into a form that workers can read.
func (c *command) newFarmJob(e exercise, lab string) (farmJob, error) {
	head, err := c.head(e, runSource{lab: lab, id: uuid.Must(uuid.NewV7()).String(), started: c.Now()})
	if err != nil {
		return farmJob{}, err
	}
	if head.Ringer.Digest == "" {
		return farmJob{}, errors.New("this program's own file cannot be read, so that no worker can be told to be the same")
	}
	folder, err := os.MkdirTemp("", "ringer-farm-")
	if err != nil {
		return farmJob{}, err
	}
	defer os.RemoveAll(folder)
	journal, err := record.CreateTemporary(filepath.Join(folder, head.Run), head)
	if err != nil {
		return farmJob{}, err
	}
	defer journal.Close() //nolint:errcheck // the lock only
	var text bytes.Buffer
	if err := journal.Seal(&text, nil); err != nil {
		return farmJob{}, err
	}
	job := farmJob{text: text.Bytes(), name: head.Run, head: journal.Head()}
	for _, name := range head.Scenarios {
		key, err := shardKey(job.head, name)
		if err != nil {
			return farmJob{}, err
		}
		job.shards = append(job.shards, farm.Shard{Key: key, Scenario: name, Job: job.name})
	}
	return job, nil
}

// shardKey is the digest of all that decides what a worker records of a scenario: the
// files, rules, variables, and the program with the shipped library in it. When it is
// performed decides nothing.
func shardKey(head record.Head, scenario string) (string, error) {
	head.Run, head.Started, head.Shard = "", time.Time{}, nil
	text, err := json.Marshal(struct {
		Head     record.Head
		Scenario string
	}{head, scenario})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// maxUpload is the most bytes that a recording of one scenario may have.
const maxUpload = 1 << 30

// coordinate serves a job until each shard has a result, and returns the results by key.
func (c *command) coordinate(ctx context.Context, job farmJob, flags farmServeFlags, ledger farm.Ledger, recordings string) (map[string]farm.Entry, error) {
	server, err := jetstream.Serve(ctx, jetstream.Options{Listen: flags.listen, Folder: flags.folder, Lease: flags.lease, Now: c.Now})
	if err != nil {
		return nil, usageError{err}
	}
	defer server.Close()
	if err := server.PutJob(ctx, job.name, job.text); err != nil {
		return nil, err
	}
	if err := c.writeInvitation(server.Invitation, flags.folder); err != nil {
		return nil, err
	}
	coordinator := &farm.Coordinator{
		Queue: server, Ledger: ledger, Folder: recordings, MaxBytes: maxUpload, Now: c.Now,
		Check:   checkShard,
		Observe: func(note farm.Note) { c.tellFarm(note, flags.view) },
	}
	var finished atomic.Bool
	if err := server.Answer(flags.lease, c.Now, func() (farm.Counts, bool) { return coordinator.Counts(), finished.Load() }); err != nil {
		return nil, err
	}
	entries, err := coordinator.Run(ctx, job.shards)
	if ctx.Err() != nil {
		return nil, err
	}
	finished.Store(true)
	server.Dismiss(ctx, flags.lease)
	counts := coordinator.Counts()
	fmt.Fprintln(c.Stderr, farmCounts(jetstream.Status{Counts: counts}))
	if counts.Entered > 0 {
		fmt.Fprintf(c.Stderr, "a scenario was performed in %s and entered in %s\n", perShard(counts.Performing, counts.Entered), perShard(counts.Entering, counts.Entered))
	}
	return entries, err
}

// writeInvitation writes what workers need, and says how they join.
func (c *command) writeInvitation(invitation jetstream.Invitation, folder string) error {
	text, err := json.MarshalIndent(invitation, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, "worker.json")
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(c.Stderr, "serving at %s; workers join by `ringer farm work --join %s`, which is a secret\n", invitation.Server, shellWord(path))
	return nil
}

// tellFarm writes a line for what is wrong, and with --verbose for all that happens.
func (c *command) tellFarm(note farm.Note, view viewFlags) {
	name := cmp.Or(note.Shard.Scenario, note.Finished.Scenario)
	switch note.What {
	case farm.Offered:
	case farm.Entered, farm.Duplicate:
		if view.verbose {
			fmt.Fprintf(c.Stderr, "%s: %s, by %s in %.2f s\n", name, note.What, note.Finished.Worker, note.Finished.Took.Seconds())
		}
	case farm.Refused, farm.Broke, farm.Delayed, farm.Lost:
		by := ""
		if note.Finished.Worker != "" {
			by = " (" + note.Finished.Worker + ")"
		}
		fmt.Fprintf(c.Stderr, "%s: %s%s: %v\n", name, note.What, by, note.Error)
	}
}

// checkShard counts the verdicts of a recording that a worker handed in. It fails if that
// is not one of the shard, whole and as it was sealed.
func checkShard(path string, shard farm.Shard) (map[string]int, error) {
	recording, err := record.Open(path)
	if err != nil {
		return nil, err
	}
	defer recording.Close()
	if err := recording.CheckContents(); err != nil {
		return nil, err
	}
	head := recording.Head
	if !recording.Sealed || head.Shard == nil || !slices.Equal(head.Scenarios, []string{shard.Scenario}) {
		return nil, fmt.Errorf("it is not a recording of scenario %s alone", shard.Scenario)
	}
	head.Scenarios = head.Shard.Whole // as the job has them
	key, err := shardKey(head, shard.Scenario)
	if err != nil {
		return nil, err
	}
	if key != shard.Key {
		return nil, errors.New("it was performed with other files, rules or variables, or by another ringer")
	}
	ended, err := isFinished(recording, shard.Scenario)
	if err == nil && !ended {
		err = errors.New("its scenario was not performed to its end")
	}
	if err != nil {
		return nil, err
	}
	run, err := mergedRun(head, []record.Named{{Name: path, Recording: recording}})
	return run.Summary.Verdicts, err
}
