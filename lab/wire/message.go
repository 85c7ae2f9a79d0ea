package wire

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Version is spoken by both sides; they are the same binary, so a difference
// means a stale image, and is refused.
const Version = 4

// Message is one frame. Exactly one field is set.
type Message struct {
	// From the agent.
	Hello        *Hello              `json:"hello,omitempty"`
	Ready        *Ready              `json:"ready,omitempty"`
	Observations []event.Observation `json:"seen,omitempty"`
	Done         *Done               `json:"done,omitempty"`
	Undone       *Undone             `json:"undone,omitempty"`
	Failure      *Failure            `json:"trouble,omitempty"`

	// From the runner.
	Provision *Provision `json:"provision,omitempty"`
	Perform   *Perform   `json:"perform,omitempty"`
	Undo      *Undo      `json:"undo,omitempty"`
	// Ping keeps the agent alive: without one for Silence it ends itself.
	Ping *Ping `json:"ping,omitempty"`
}

// Hello is the agent's first word, said before there is any other process.
type Hello struct {
	Version int `json:"version"`
	// Program is the SHA-256 of the agent's program, in hex.
	Program string `json:"program"`
	// Key is a secret of runner and agent: see [Conn].
	Key []byte `json:"key,omitempty"`
}

// Provision is the runner's first word: what the asset is to be.
type Provision struct {
	Platform  effect.Platform `json:"persona"`
	Hostname  string          `json:"hostname"`
	Files     []asset.File    `json:"files"`
	Protected []string        `json:"protected,omitempty"`
	// Service is the real daemon to start; empty is none.
	Service string `json:"service,omitempty"`
	// Image is what is started where the asset is made of an image of the user's own.
	Image *Image `json:"image,omitempty"`
}

// Image is how the daemon of such an image is started, and what it may do.
type Image struct {
	Command []string `json:"command"`
	Env     []string `json:"env,omitempty"`
	Dir     string   `json:"dir"`
	// User and Group are the numbers that it and the agent run as, Account the user's name.
	User    int    `json:"user"`
	Group   int    `json:"group"`
	Account string `json:"account"`
	// Port is where it answers. Folders can be written to; of those that Copied numbers the
	// image has a copy (see package confinement).
	Port    int            `json:"port"`
	Folders []string       `json:"folders"`
	Copied  map[string]int `json:"copied,omitempty"`
	// Logs are the files whose lines are telemetry.
	Logs []string `json:"logs,omitempty"`
}

// Ready answers Provision: the asset stands, and this is what was tried in vain
// to leave it.
type Ready struct {
	Attempts []Attempt `json:"attempts"`
}

// Attempt is one check of the asset's isolation.
type Attempt struct {
	Attempt  string `json:"tried"`
	Refused  bool   `json:"refused"`
	Response string `json:"answer"`
}

// Perform asks for one plan. Between it and its Done, Seen frames come.
type Perform struct {
	Step string          `json:"step"`
	Plan effect.StepPlan `json:"plan"`
}

// Done ends a Perform.
type Done struct {
	Proofs           []effect.Proof `json:"proofs"`
	Errors           []string       `json:"trouble,omitempty"`
	Canary           bool           `json:"canary"`
	ObservationCount uint64         `json:"seen"`
	Dropped          uint64         `json:"dropped"`
}

// Undo asks to take everything back, or only the newest step.
type Undo struct {
	Newest bool `json:"newest,omitempty"`
}

// Undone answers it.
type Undone struct {
	Left []string `json:"left,omitempty"`
}

// Ping is empty.
type Ping struct{}

// Failure says why the agent cannot go on; it ends after it.
type Failure struct {
	Error string `json:"error"`
}
