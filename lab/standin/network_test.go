package standin

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Whatever an act lets through, no socket is given another host's address.
func TestNoSocketIsGivenAnAddressOffTheLoopback(t *testing.T) {
	t.Parallel()
	local := netip.MustParseAddrPort("127.1.0.2:9")
	for _, elsewhere := range []string{"192.0.2.1:9", "0.0.0.0:9", "[::1]:9", "[::ffff:127.0.0.1]:9", "[2001:db8::1]:9"} {
		at := netip.MustParseAddrPort(elsewhere)
		for _, datagrams := range []bool{false, true} {
			assert.ErrorIs(t, connect(effect.Connection{Datagrams: datagrams, To: at}), errElsewhere, elsewhere)
			assert.ErrorIs(t, connect(effect.Connection{Datagrams: datagrams, To: local, From: at}), errElsewhere, elsewhere)
		}
		assert.ErrorIs(t, send(at, []byte("x")), errElsewhere, elsewhere)
	}
	assert.ErrorIs(t, connect(effect.Connection{}), errElsewhere, "no address is none of ours")
}
