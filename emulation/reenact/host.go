package reenact

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
)

// AssetKind is the asset kind that recordings are re-enacted on.
const AssetKind = "audited_host"

// hostname is the name of the host that recordings are re-enacted on.
const hostname = "REC01"

// Target is what recordings are re-enacted on, and the behaviour that performs one act
// of a recording.
type Target struct {
	Host    asset.Host
	reenact behaviour.Behaviour
}

// TargetIn finds both in a library. It fails if the library has not got them.
func TargetIn(library *behaviour.Library) (Target, error) {
	kind, ok := library.Kind(AssetKind)
	if !ok {
		return Target{}, fmt.Errorf("the library has no host %s", AssetKind)
	}
	reenact, ok := library.Behaviour("reenact")
	if !ok {
		return Target{}, fmt.Errorf("the library has no behaviour reenact")
	}
	return Target{asset.Host{Kind: kind, Hostname: hostname}, reenact}, nil
}
