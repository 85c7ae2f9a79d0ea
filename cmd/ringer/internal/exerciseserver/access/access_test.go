package access_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// fold is the state that entries come to.
func fold(entries ...exercise.Entry) *exercise.State {
	for i := range entries {
		entries[i].Number = int64(i + 1)
	}
	return exercise.Fold(exercise.Definition{}, exercise.NewTruth(nil, nil), entries)
}

func TestALinkBecomesOneSession(t *testing.T) {
	t.Parallel()
	link, session, later := access.NewToken(), access.NewToken(), access.NewToken()
	ann := access.Identity{Role: access.Trainee, Team: "blue", Member: "ann"}
	made := access.NewLink(link, ann)
	who, spent := access.OfLink(fold(made), link)
	assert.Equal(t, ann, who)
	assert.False(t, spent)
	assert.Equal(t, access.Identity{}, access.OfSession(fold(made), link), "a link is not a session")

	redeemed := access.Redeem(link, session, ann)
	assert.Equal(t, redeemed.Key, access.Redeem(link, later, ann).Key, "of two that use it at once the log keeps one")
	state := fold(made, redeemed)
	who, spent = access.OfLink(state, link)
	assert.Equal(t, ann, who)
	assert.True(t, spent)
	assert.Equal(t, ann, access.OfSession(state, session))
	assert.Equal(t, access.Identity{}, access.OfSession(state, link), "nor is one that was used")
	who, _ = access.OfLink(state, session)
	assert.Equal(t, access.Identity{}, who, "and a session is not a link")

	state = fold(made, redeemed, access.Leave(session, ann))
	assert.Equal(t, access.Identity{}, access.OfSession(state, session))
	_, spent = access.OfLink(state, link)
	assert.True(t, spent)
	for _, unknown := range []string{"", "x", access.NewToken()} {
		who, _ = access.OfLink(state, unknown)
		assert.Equal(t, access.Identity{}, who)
		assert.Equal(t, access.Identity{}, access.OfSession(state, unknown))
	}
}

func TestSecretsAreNowhereInTheEntries(t *testing.T) {
	t.Parallel()
	link, session := access.NewToken(), access.NewToken()
	who := access.Identity{Role: access.Instructor}
	for _, entry := range []exercise.Entry{access.NewLink(link, who), access.Redeem(link, session, who), access.Leave(session, who)} {
		require.NoError(t, entry.Check())
		said := fmt.Sprintf("%+v %+v", entry, entry.Token)
		assert.NotContains(t, said, link)
		assert.NotContains(t, said, session)
	}
	assert.Len(t, link, 43, "256 bits")
	assert.NotEqual(t, link, session)
}

func TestAFormHasTheTokenOfItsSession(t *testing.T) {
	t.Parallel()
	secret := access.NewToken()
	assert.True(t, access.IsFormToken(secret, access.FormToken(secret)))
	for _, wrong := range []string{"", secret, access.Digest(secret), access.FormToken(access.NewToken())} {
		assert.False(t, access.IsFormToken(secret, wrong))
	}
}

var noon = time.Date(2027, 1, 8, 12, 0, 0, 0, time.UTC)

func TestWrongTriesOfAnAddressAreBounded(t *testing.T) {
	t.Parallel()
	l := access.NewLimiter()
	one, other := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	tries := 0
	for ok, _ := l.Allowed(one, noon); ok; ok, _ = l.Allowed(one, noon) {
		l.Wrong(one, noon)
		tries++
		require.Less(t, tries, 1000)
	}
	assert.Equal(t, 20, tries)
	ok, wait := l.Allowed(one, noon)
	assert.False(t, ok)
	assert.Equal(t, 3*time.Second, wait)
	ok, _ = l.Allowed(other, noon)
	assert.True(t, ok, "another address may still try")
	ok, _ = l.Allowed(one, noon.Add(3*time.Second))
	assert.True(t, ok, "after a while so may the first")
	l.Wrong(one, noon.Add(3*time.Second))
	ok, _ = l.Allowed(one, noon.Add(-time.Hour))
	assert.False(t, ok, "a clock that goes back gives no tries")
}

func TestAHostOfIPv6IsOneAddress(t *testing.T) {
	t.Parallel()
	l := access.NewLimiter()
	for i := range 20 {
		l.Wrong(netip.MustParseAddr(fmt.Sprintf("2001:db8::%x", i+1)), noon)
	}
	ok, _ := l.Allowed(netip.MustParseAddr("2001:db8::ffff"), noon)
	assert.False(t, ok)
	ok, _ = l.Allowed(netip.MustParseAddr("2001:db8:0:1::1"), noon)
	assert.True(t, ok)
	for range 20 {
		l.Wrong(netip.MustParseAddr("::ffff:192.0.2.1"), noon)
	}
	ok, _ = l.Allowed(netip.MustParseAddr("192.0.2.1"), noon)
	assert.False(t, ok, "and one of IPv4 is the same, however it is written")
}

func TestWrongTriesOfAllAddressesAreBoundedAndSoIsWhatIsRemembered(t *testing.T) {
	t.Parallel()
	l := access.NewLimiter()
	allowed := 0
	for i := range 10_000 {
		address := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		if ok, _ := l.Allowed(address, noon); ok {
			allowed++
			l.Wrong(address, noon)
		}
	}
	assert.Equal(t, 500, allowed)
	for i := range 100_000 {
		l.Wrong(netip.AddrFrom4([4]byte{11, byte(i >> 16), byte(i >> 8), byte(i)}), noon)
	}
	assert.Equal(t, 4096, l.Remembered())
	ok, _ := l.Allowed(netip.Addr{}, noon.Add(time.Hour))
	assert.True(t, ok)
}

func TestRefusalsAreCounted(t *testing.T) {
	t.Parallel()
	var counts access.Counts
	for i, why := range access.Refusals() {
		for range i + 1 {
			counts.Add(why)
		}
	}
	sum := int64(0)
	for i, why := range access.Refusals() {
		assert.Equal(t, int64(i+1), counts.Of(why))
		sum += int64(i + 1)
	}
	assert.Equal(t, sum, counts.Total())
}
