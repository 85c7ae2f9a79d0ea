//go:build linux

package agent

import (
	"path/filepath"
	"runtime"
	"slices"

	"github.com/ringer-lab/ringer/lab/wire"
)

// probe is one thing that must not be possible here. It returns how it was
// refused; an error is that it was not, and says what was found.
type probe struct {
	name string
	run  func() (answer string, err error)
}

// verifyIsolation tries what must not be possible from inside an asset, before anything
// is performed, as who the agent must be; ownPlaces are where the asset has a file system of its own. What does succeed is taken back at once, and reported.
func verifyIsolation(ownPlaces []string, as identity) []wire.Attempt {
	probes := probesOn(ownPlaces, as)
	attempts := make([]wire.Attempt, len(probes))
	// A privilege that was gained after all would be one thread's: it must not
	// go on to do the agent's work.
	tried := make(chan struct{})
	go func() {
		defer close(tried)
		runtime.LockOSThread()
		for i, trial := range probes {
			answer, err := trial.run()
			attempts[i] = wire.Attempt{Attempt: trial.name, Refused: err == nil, Response: answer}
			if err != nil {
				attempts[i].Response = err.Error()
			}
		}
	}()
	<-tried
	return attempts
}

// probesOn are all that are to be tried: those that wire.Probes names.
func probesOn(ownPlaces []string, as identity) []probe {
	return slices.Concat(
		reachProbes(), socketProbes(), identityProbes(as), privilegeProbes(filepath.Join(ownPlaces[len(ownPlaces)-1], ".probe")), callProbes(),
		mountProbes(ownPlaces), writeProbes(ownPlaces), limitProbes(ownPlaces),
	)
}

// expectRefusal turns an attempt's error into its answer, and its success into an
// error.
func expectRefusal(err error) (string, error) {
	if err == nil {
		return "", errNotRefused
	}
	return err.Error(), nil
}
