package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// ErrNoLab says that there is no lab at all: nothing was started. It wraps or
// is wrapped by what was tried, and says what to do.
var ErrNoLab = errors.New("no lab")

// Asset is one asset to open.
type Asset struct {
	// Name is the scenario's name for it, Run the id of the run.
	Name, Run string
	Place     asset.Host
	// Protected lists folders (paths of the platform) that are made unwritable after
	// provisioning: a preventive control of the host, to be tested as such.
	Protected []string
}

// Lab is all the runner asks of a place to run in.
type Lab interface {
	// Name is how the lab is called in reports: "docker" or "fake".
	Name() string
	// Open returns once the asset answers, is provisioned, and its isolation is
	// verified. If that fails, what was begun is removed again, and the error says
	// why: ErrNoLab if there is no lab. Safe for concurrent use.
	Open(ctx context.Context, a Asset) (AssetSession, error)
}

// Imaged is a lab whose assets are made of images.
type Imaged interface {
	// Images returns the ids of the images that assets were made of so far, by the
	// real service in them; that of none is plain.
	Images() map[string]string
	// Image returns the id of the image with a real service, of which an asset with it
	// would be made now; empty where that was not made. It fails if the lab cannot be
	// asked.
	Image(ctx context.Context, service string) (string, error)
}

// ErrRefusedImage says that no asset can be made of an image; it is wrapped with the reason.
var ErrRefusedImage = errors.New("no asset can be made of the image")

// Wrapping is a lab that can make assets of images of the user's own. It makes none of one
// that it was not told to.
type Wrapping interface {
	// Allow has assets be made of an image from now on, with what it needs. It returns the
	// id by which the engine knows the image, and the platform that it is for. The error is
	// [ErrRefusedImage] where it cannot be: nothing of it was started.
	Allow(ctx context.Context, image asset.Image) (id, platform string, err error)
}

// AssetSession is one open asset. Its methods are called one after the other.
type AssetSession interface {
	// IsolationChecks lists what the agent attempted before the first step, each
	// refused.
	IsolationChecks() []IsolationCheck
	// Perform registers the plan's undo, looks at its checks, performs it, looks
	// again, and returns when every process it caused has ended. An effect that
	// did not come about is no error: the proofs say so. An error means that
	// the session broke or that ctx was cancelled; it cannot be used further.
	Perform(ctx context.Context, step string, plan effect.StepPlan) (Outcome, error)
	// Undo takes back all that was performed, newest first, and compares the
	// asset with its initial state. An error means that it could not.
	Undo(ctx context.Context) (UndoResult, error)
	// UndoNewest takes back what the step performed last did, once, and returns what
	// is not as it was before it. An error means that it could not.
	UndoNewest(ctx context.Context) (UndoResult, error)
	// Close ends the asset and leaves nothing behind, also after cancellation.
	// It fails if something is left. Twice is fine.
	Close() error
}

// Contained is a session whose asset is in a container, as outside tools know it.
type Contained interface {
	// Container is the container's id.
	Container() string
}

// Wrapper is a session that passes on to another.
type Wrapper interface {
	// Inner is the other.
	Inner() AssetSession
}

// containerOf is the id of a session's container; empty where there is none.
func containerOf(session AssetSession) string {
	for {
		switch s := session.(type) {
		case Contained:
			return s.Container()
		case Wrapper:
			session = s.Inner()
		default:
			return ""
		}
	}
}

// IsolationCheck is one attempt to get out of an asset, and how it was refused.
type IsolationCheck struct {
	Attempt  string `json:"tried"`
	Refused  bool   `json:"refused"`
	Response string `json:"answer"`
}

// Outcome is what performing one plan showed.
type Outcome struct {
	Proofs []effect.Proof `json:"proofs"`
	// StandInErrors is what the stand-ins reported, such as a refused write.
	StandInErrors []string `json:"trouble,omitempty"`
	// Observations are the sensor's, in order, numbered without a gap.
	Observations []event.Observation `json:"-"`
	// Canary reports whether the sensor saw the whole of a known set of acts
	// just before and just after the plan's own.
	Canary bool `json:"canary"`
	// Seen and Dropped count observations; a drop breaks the run.
	Seen    uint64        `json:"seen"`
	Dropped uint64        `json:"dropped"`
	Took    time.Duration `json:"took"`
	// Skipped says why nothing was performed: the plan asks a real service that the
	// lab does not have. All other fields are then empty.
	Skipped string `json:"skipped,omitempty"`
	// Declared is true of a lab in which nothing really happens: its observations are
	// statements, and no verdict may be met by them.
	Declared bool `json:"declared,omitempty"`
	// mismatch says in what the outcome differs from the plan.
	mismatch error
}

// CheckComplete returns an error if an outcome cannot be relied on: its telemetry
// has a gap, or, of a lab that is [Verified], it is not that of the plan. nil is
// that it can.
func (o Outcome) CheckComplete() error {
	switch {
	case o.Dropped > 0:
		return fmt.Errorf("the sensor lost %d of %d observations", o.Dropped, o.Seen+o.Dropped)
	case !o.Canary:
		return errors.New("the sensor did not see its canary")
	case o.Seen != uint64(len(o.Observations)):
		return fmt.Errorf("the sensor saw %d observations, but %d arrived", o.Seen, len(o.Observations))
	}
	for i, observation := range o.Observations {
		if i > 0 && observation.Seq != o.Observations[i-1].Seq+1 {
			return fmt.Errorf("observations between number %d and %d are missing", o.Observations[i-1].Seq, observation.Seq)
		}
	}
	return o.mismatch
}

// UndoResult is what undoing showed.
type UndoResult struct {
	// Leftover lists paths that are not in their initial state, or, of one step, as they
	// were before it; empty is as it should be.
	Leftover []string `json:"left,omitempty"`
}
