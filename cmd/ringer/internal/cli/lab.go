package cli

import (
	"context"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/inside"
)

// labFlags say where something is performed.
type labFlags struct {
	name     string
	parallel int
}

// add declares the flags; what says of what there may be several at a time.
func (f *labFlags) add(cmd *cobra.Command, what string) {
	cmd.Flags().StringVar(&f.name, "lab", "docker", "the `LAB` to run in: docker, or fake, which performs nothing")
	cmd.Flags().IntVar(&f.parallel, "parallel", runtime.NumCPU(), "how many "+what+" to run at a time")
}

// check refuses what cannot be opened, before anything is started.
func (f *labFlags) check() error {
	if f.name != "docker" && f.name != "fake" {
		return usageError{fmt.Errorf("unknown lab %q: expected docker or fake", f.name)}
	}
	if f.parallel < 1 {
		return usageError{fmt.Errorf("--parallel must be at least 1, not %d", f.parallel)}
	}
	return nil
}

// openedLab is a lab and how it is closed.
type openedLab struct {
	runner.Lab
	close func() error
}

// openLab opens the lab of that name.
func (c *command) openLab(ctx context.Context, name string) (openedLab, error) {
	if name == "fake" {
		return openedLab{Lab: fake.Lab{Now: c.Now}, close: func() error { return nil }}, nil
	}
	lab, err := docker.New(ctx, c.dockerOptions())
	if err != nil {
		return openedLab{}, err
	}
	return openedLab{Lab: lab, close: lab.Close}, nil
}

func (c *command) dockerOptions() docker.Options {
	return docker.Options{
		Binary: c.Executable, Inside: inside.Program, Version: c.Build.Version, Log: c.log(), Env: c.Env,
	}
}
