//go:build linux

package standin

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Whatever an act lets through, no socket is given another host's address.
func TestNoSocketIsGivenAnAddressOffTheLoopback(t *testing.T) {
	t.Parallel()
	local := effect.Endpoint{Address: [4]byte{127, 1, 0, 2}, Port: 9}
	for _, elsewhere := range [][4]byte{{192, 0, 2, 1}, {0, 0, 0, 1}, {126, 255, 255, 255}, {128, 0, 0, 1}} {
		at := effect.Endpoint{Address: elsewhere, Port: 9}
		for _, datagrams := range []bool{false, true} {
			assert.ErrorIs(t, connect(effect.Connection{Datagrams: datagrams, To: at}), errNotLoopback, "%v", elsewhere)
			assert.ErrorIs(t, connect(effect.Connection{Datagrams: datagrams, To: local, From: at}), errNotLoopback, "%v", elsewhere)
		}
		assert.ErrorIs(t, send(at, []byte("x")), errNotLoopback, "%v", elsewhere)
	}
	assert.ErrorIs(t, connect(effect.Connection{}), errNotLoopback, "no address is none of ours")
}
