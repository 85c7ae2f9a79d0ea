package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
)

// farmWorkFlags are those of `ringer farm work`.
type farmWorkFlags struct {
	join     joinFlags
	name     string
	parallel int
	patience time.Duration
	extend   time.Duration
}

func newFarmWork(c *command) *cobra.Command {
	var flags farmWorkFlags
	cmd := &cobra.Command{
		Use:   "work --join FILE",
		Short: "Perform what a farm's server has, until there is nothing more",
		Long: "Dials the server of an invitation, takes one scenario at a time, performs it in\n" +
			"containers of this machine and hands its recording in. A server that is away is waited\n" +
			"for; a worker that is interrupted or killed leaves its scenario to another.\n\n" +
			"Exit codes: 0 there is nothing more to perform, 2 invalid input, 3 no lab, 4 the server\n" +
			"does not answer, or is of another build, 130 interrupted.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if flags.parallel < 1 {
				return usageError{fmt.Errorf("--parallel must be at least 1, not %d", flags.parallel)}
			}
			return c.farmWork(cmd.Context(), flags)
		},
	}
	flags.join.addTo(cmd)
	host, err := os.Hostname()
	if err != nil {
		host = "worker"
	}
	cmd.Flags().StringVar(&flags.name, "name", host, "call the worker `NAME`")
	cmd.Flags().IntVar(&flags.parallel, "parallel", 1, "perform `N` scenarios at a time")
	cmd.Flags().DurationVar(&flags.patience, "wait", 10*time.Minute, "give up if the server is away for this `TIME`")
	cmd.Flags().DurationVar(&flags.extend, "heartbeat", 5*time.Second, "tell the server every `TIME` that a scenario is being performed")
	return cmd
}

func (c *command) farmWork(ctx context.Context, flags farmWorkFlags) error {
	invitation, err := flags.join.invitation()
	if err != nil {
		return err
	}
	p := &performer{c: c}
	defer p.close()
	began, total := c.Now(), make([]int, flags.parallel)
	group, groupCtx := errgroup.WithContext(ctx)
	for i := range flags.parallel {
		group.Go(func() (err error) {
			name := fmt.Sprintf("%s/%d", flags.name, os.Getpid())
			if i > 0 {
				name += fmt.Sprintf("/%d", i+1)
			}
			client, err := jetstream.Dial(groupCtx, invitation, name, flags.patience, c.Now)
			if err != nil {
				return err
			}
			defer client.Close()
			worker := farm.Worker{
				Name: name, Work: client, Perform: p.perform, Extend: flags.extend, Now: c.Now,
				Observe: p.tell,
			}
			total[i], err = worker.Run(groupCtx)
			return err
		})
	}
	err = group.Wait()
	sum := 0
	for _, n := range total {
		sum += n
	}
	took := c.Now().Sub(began)
	fmt.Fprintf(c.Stdout, "performed %s in %.1f s, %s each; the queue took %s each beside it\n",
		report.Plural(sum, "scenario"), took.Seconds(), perShard(p.performing(), sum), perShard(took*time.Duration(flags.parallel)-p.performing(), sum))
	return err
}

// performer performs shards of a job in one lab.
type performer struct {
	c *command

	mutex sync.Mutex
	job   *openJob
	took  time.Duration
}

// openJob is a job that was read, with the lab that it is performed in.
type openJob struct {
	name      string
	recording *record.Recording
	exercise  exercise
	lab       openedLab
	sources   record.Head // with the contents of its files
}

// perform performs a shard and returns the file with its recording.
func (p *performer) perform(ctx context.Context, text []byte, shard farm.Shard) (string, error) {
	job, err := p.open(ctx, text, shard.Job)
	if err != nil {
		return "", err
	}
	began := p.c.Now()
	path, err := p.c.performShard(ctx, job, shard)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.took += p.c.Now().Sub(began)
	return path, err
}

func (p *performer) performing() time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.took
}

// tell writes a line for what was performed.
func (p *performer) tell(ended farm.Finished) {
	if ended.Error != "" {
		fmt.Fprintf(p.c.Stderr, "%s could not be performed: %s\n", ended.Scenario, ended.Error)
		return
	}
	fmt.Fprintf(p.c.Stderr, "%s handed in\n", ended.Scenario)
}

// open reads a job and opens its lab, once. A job of another build, or one without a lab
// here, is for another worker.
func (p *performer) open(ctx context.Context, text []byte, name string) (*openJob, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.job != nil && p.job.name == name {
		return p.job, nil
	}
	recording, err := record.Read(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, fmt.Errorf("read job: %w", err)
	}
	if own := p.c.digest(); own == "" || own != recording.Head.Ringer.Digest {
		return nil, fmt.Errorf("%w: the server's ringer is %s of another build: take the same program on all machines", farm.ErrUnfit, recording.Head.Ringer.Version)
	}
	job := &openJob{name: name, recording: recording, sources: recording.Head}
	if job.exercise, err = p.c.readRecordedPlans(recording, ruleFlags{}); err != nil {
		return nil, fmt.Errorf("read job: %w", err)
	}
	if job.sources.Sources, err = recording.Sources(); err == nil {
		job.sources.Rules, err = recording.Rules()
	}
	if err != nil {
		return nil, fmt.Errorf("read job: %w", err)
	}
	if job.lab, err = p.c.openLab(ctx, recording.Head.Lab); err != nil {
		return nil, fmt.Errorf("%w: %w", farm.ErrUnfit, err)
	}
	if p.job != nil {
		_ = p.job.lab.close() // nothing of it runs any more
	}
	p.job = job
	return job, nil
}

func (p *performer) close() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.job != nil {
		_ = p.job.lab.close()
	}
}

// performShard performs one scenario of a job and seals its recording into a file of its
// own, as part I of N.
func (c *command) performShard(ctx context.Context, job *openJob, shard farm.Shard) (path string, err error) {
	plans := plansNamed(job.exercise.plans, []string{shard.Scenario})
	if len(plans) == 0 {
		return "", fmt.Errorf("the job has no scenario %q", shard.Scenario)
	}
	folder, err := os.MkdirTemp("", "ringer-work-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	whole := job.sources.Scenarios
	head := job.sources
	head.Run, head.Scenarios = uuid.Must(uuid.NewV7()).String(), []string{shard.Scenario}
	head.Shard = &record.Shard{Index: slices.Index(whole, shard.Scenario) + 1, Of: len(whole), Whole: whole}
	journal, err := record.CreateTemporary(filepath.Join(folder, head.Run), head)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "ringer-work-*"+record.Extension)
	if err != nil {
		return "", errors.Join(err, journal.Close())
	}
	path = file.Name()
	r := &recorder{c: c, journal: journal, file: &output{path: path, kind: recordingFile}, required: true, parts: map[string]*record.Scenario{}}
	from := runSource{lab: job.lab.Name(), id: head.Run, started: head.Started}.performing(job.lab.Lab, r)
	err = file.Close()
	if err == nil {
		run, broke := c.performPlans(ctx, from, plans, job.exercise.rules, 1, nil)
		if err = broke; err == nil {
			err = r.seal(run, nil)
		}
	}
	if err != nil {
		return "", errors.Join(err, journal.Close(), os.Remove(path))
	}
	return path, nil
}
