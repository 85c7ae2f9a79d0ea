package performance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// format is part of every key: it changes when a key is made of something else.
const format = "ringer.performance/1"

// Key names what is performed: 64 hex digits, or empty where it cannot be told.
type Key string

// Where is what performs, besides the plan.
type Where struct {
	// Program is the SHA-256 of ringer's file, in hex: it has the agent, the sensor, the
	// stand-ins and the shipped library.
	Program string
	// Lab is the lab's name.
	Lab string
	// Images are the ids of the images with a real service, by the service. The image of
	// all other assets is made of the program.
	Images map[string]string
}

// ErrUnknown says that something that a performance depends on is not known, so that
// no other can be told to be the same.
var ErrUnknown = errors.New("what the performance depends on is not known")

// performed is all that a key is the digest of. Acts, accounts, files and offsets are
// those of the plan, in which variables, libraries and behaviours have been resolved:
// nothing in them is made by chance, so that there is no seed to add.
type performed struct {
	Format    string
	Program   string
	Lab       string
	Assets    []host
	Baselines []step
	Steps     []step
}

type host struct {
	Name      string
	Place     asset.Host
	Protected []string
	// Image is that of the asset's real service, or the user's own that it is made of.
	Image string `json:",omitempty"`
}

type step struct {
	ID, Asset string
	At        time.Duration
	Effect    effect.StepPlan
}

// KeyOf returns the key of performing a plan there. It fails with an error that wraps
// ErrUnknown if the program's digest is not known, or the image of a service that an
// asset has.
func KeyOf(p *plan.Plan, in Where) (Key, error) {
	if in.Program == "" {
		return "", fmt.Errorf("%w: the program's own digest", ErrUnknown)
	}
	all := performed{Format: format, Program: in.Program, Lab: in.Lab}
	for _, a := range p.Assets {
		h := host{Name: a.Name, Place: a.Place, Protected: a.Protected}
		h.Place.Kind.Summary = "" // a description of the kind
		if service := a.Place.Service; service != "" {
			if h.Image = in.Images[service]; h.Image == "" {
				return "", fmt.Errorf("%w: the image of %s", ErrUnknown, service)
			}
		}
		if a.Place.Image != nil {
			if a.Wrapped == nil {
				return "", fmt.Errorf("%w: the image of asset %s", ErrUnknown, a.Name)
			}
			h.Image = a.Wrapped.ID
		}
		all.Assets = append(all.Assets, h)
	}
	for _, b := range p.Baselines {
		all.Baselines = append(all.Baselines, step{ID: b.ID, Asset: b.Asset, Effect: b.Effect})
	}
	for _, s := range p.Steps {
		all.Steps = append(all.Steps, step{ID: s.ID, Asset: s.Asset, At: s.At, Effect: s.Effect})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("key of a performance: %w", err)
	}
	sum := sha256.Sum256(text)
	return Key(hex.EncodeToString(sum[:])), nil
}

// Services are the real services that a plan's assets have, each once, in order.
func Services(p *plan.Plan) []string {
	var all []string
	seen := map[string]bool{"": true}
	for _, a := range p.Assets {
		if !seen[a.Place.Service] {
			seen[a.Place.Service] = true
			all = append(all, a.Place.Service)
		}
	}
	return all
}
