package cli

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/fake"
)

// openedLab is a lab with the function that closes it.
type openedLab struct {
	runner.Lab
	close func() error
}

// openLab opens the lab of that name. It fails as docker.New does.
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
