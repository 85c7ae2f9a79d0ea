package jetstream

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nats-io/nkeys"
)

// Invitation is what a worker needs to join a farm: it is a secret.
type Invitation struct {
	// Server is the address that workers dial, HOST:PORT.
	Server string `json:"server"`
	// Certificate is the SHA-256 of the server's certificate, in hex: no other is
	// accepted.
	Certificate string `json:"certificate_sha256"`
	// Seed is the worker's private nkey.
	Seed string `json:"seed"`
}

// ParseInvitation reads an invitation. It fails with what is wrong in it.
func ParseInvitation(text []byte) (Invitation, error) {
	var i Invitation
	if err := json.Unmarshal(text, &i); err != nil {
		return Invitation{}, errors.New("it is not the file that `ringer farm serve` writes for workers")
	}
	if sum, err := hex.DecodeString(i.Certificate); err != nil || len(sum) != 32 {
		return Invitation{}, errors.New("certificate_sha256 must be 64 hex digits")
	}
	if _, err := nkeys.FromSeed([]byte(i.Seed)); err != nil {
		return Invitation{}, fmt.Errorf("seed must be a private nkey: %w", err)
	}
	if i.Server == "" {
		return Invitation{}, errors.New("server must be HOST:PORT")
	}
	return i, nil
}
