//go:build linux

package agent

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/lab/wire"
)

// hide makes the agent a process whose memory and streams no other process of its user
// may open: the kernel gives its files in /proc to root, which nobody here is. Without it
// whatever runs in the asset could write to the runner in the agent's place.
// https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html
func hide() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("hide the agent: %w", err)
	}
	return nil
}

// greet says what the agent is, and the key by which the runner knows it from now on.
func (a *agent) greet() error {
	key := make([]byte, wire.KeySize)
	if _, err := unix.Getrandom(key, 0); err != nil { // so few bytes come at once, or not at all
		return fmt.Errorf("make a key: %w", err)
	}
	return a.conn.Send(wire.Message{Hello: &wire.Hello{Version: wire.Version, Program: a.digest, Key: key}})
}

// ownDigest is the SHA-256 of this program, in hex.
func ownDigest() (string, error) {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
