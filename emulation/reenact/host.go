package reenact

import "github.com/ringer-lab/ringer/emulation/asset"

// AssetKind is the asset kind that recordings are re-enacted on.
const AssetKind = "audited_host"

// Place returns the host that recordings are re-enacted on.
func Place() asset.Host {
	kind, ok := asset.Find(AssetKind)
	if !ok {
		panic("reenact: there is no asset kind " + AssetKind)
	}
	return asset.Host{Kind: kind, Hostname: kind.Hostname}
}
