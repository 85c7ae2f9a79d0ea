package effect

import (
	"encoding/json"
	"fmt"
)

// Peer says whose address a loopback address stands for, as a folder stands for
// a drive: an asset has loopback only, and the process that is told of it really
// connects to that. Addresses are written as netip.Addr writes them.
type Peer struct {
	Loopback string `json:"here"`
	Address  string `json:"is"`
	// Name is the host's; empty is that it has none.
	Name string `json:"name,omitempty"`
}

// EncodePeers is how a process is told of them.
func EncodePeers(peers []Peer) string {
	text, err := json.Marshal(peers)
	if err != nil {
		panic(fmt.Sprintf("effect: peers are no JSON: %v", err)) // nothing but a mistake of ours makes them so
	}
	return string(text)
}

// DecodePeers reads what EncodePeers wrote; anything else names none.
func DecodePeers(text string) []Peer {
	var peers []Peer
	if text == "" || json.Unmarshal([]byte(text), &peers) != nil {
		return nil
	}
	return peers
}
