package agent

import (
	"path/filepath"
	"runtime"
	"slices"

	"github.com/ringer-lab/ringer/lab/wire"
)

// trial is one thing that must not be possible here. It returns how it was
// refused; an error is that it was not, and says what was found.
type trial struct {
	tried string
	try   func() (answer string, err error)
}

// attest tries what must not be possible from inside an asset, before anything
// is performed. What does succeed is taken back at once, and told.
func attest(root string) []wire.Attempt {
	trials := trialsOn(root)
	attempts := make([]wire.Attempt, len(trials))
	// A privilege that was gained after all would be one thread's: it must not
	// go on to do the agent's work.
	tried := make(chan struct{})
	go func() {
		defer close(tried)
		runtime.LockOSThread()
		for i, one := range trials {
			answer, err := one.try()
			attempts[i] = wire.Attempt{Tried: one.tried, Refused: err == nil, Answer: answer}
			if err != nil {
				attempts[i].Answer = err.Error()
			}
		}
	}()
	<-tried
	return attempts
}

// trialsOn are all that are to be tried: those that wire.Probes names.
func trialsOn(root string) []trial {
	return slices.Concat(reachTrials(), privilegeTrials(filepath.Join(root, ".attest")), writeTrials(root))
}

// refusal turns an attempt's error into its answer, and its success into an
// error.
func refusal(err error) (string, error) {
	if err == nil {
		return "", errSucceeded
	}
	return err.Error(), nil
}
