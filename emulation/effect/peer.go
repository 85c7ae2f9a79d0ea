package effect

import (
	"encoding/json"
	"fmt"
)

// Peer says whose address a loopback address stands for, as a folder stands for
// a drive: an asset has loopback only, and a process that is given a peer really
// connects to that. Addresses are written as netip.Addr writes them.
type Peer struct {
	Loopback string `json:"here"`
	Address  string `json:"is"`
	// Name is the host's; empty is that it has none.
	Name string `json:"name,omitempty"`
}

// EncodePeers returns the text by which a process is given its peers, in the
// environment variable event.EnvPeers.
func EncodePeers(peers []Peer) string {
	text, err := json.Marshal(peers)
	if err != nil {
		panic(fmt.Sprintf("effect: peers cannot be encoded: %v", err)) // texts always can
	}
	return string(text)
}

// DecodePeers returns the peers that [EncodePeers] wrote; any other text has none.
func DecodePeers(text string) []Peer {
	var peers []Peer
	if text == "" || json.Unmarshal([]byte(text), &peers) != nil {
		return nil
	}
	return peers
}
