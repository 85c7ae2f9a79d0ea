package access

import (
	"container/list"
	"net/netip"
	"sync"
	"time"
)

// The bounds of wrong tries: an address may make burst at once and one more each
// refill; all together may make many times that, so that a class behind one router is
// not shut out by another's address.
const (
	burst        = 20
	refill       = 3 * time.Second
	globalBurst  = 500
	globalRefill = 20 * time.Millisecond
	maxAddresses = 4096 // that are remembered: memory is bounded whoever asks
)

// Limiter bounds wrong tries, by address and in all. It may be used at the same time by
// many.
type Limiter struct {
	mutex     sync.Mutex
	addresses map[netip.Prefix]*list.Element
	newest    *list.List // of bucket: the one last used first
	all       bucket
}

// bucket counts down tries, which come back with time.
type bucket struct {
	of   netip.Prefix
	left float64
	at   time.Time
}

func (b *bucket) fill(now time.Time, most float64, each time.Duration) {
	if passed := now.Sub(b.at); passed > 0 {
		b.left = min(most, b.left+float64(passed)/float64(each))
	}
	b.at = now
}

// NewLimiter has no try counted.
func NewLimiter() *Limiter {
	return &Limiter{addresses: map[netip.Prefix]*list.Element{}, newest: list.New(), all: bucket{left: globalBurst}}
}

// Allowed tells whether an address may try now; wait is how long it must wait if not.
func (l *Limiter) Allowed(address netip.Addr, now time.Time) (ok bool, wait time.Duration) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.all.fill(now, globalBurst, globalRefill)
	if l.all.left < 1 {
		return false, time.Second
	}
	found := l.addresses[networkOf(address)]
	if found == nil {
		return true, 0
	}
	own := found.Value.(*bucket)
	own.fill(now, burst, refill)
	if own.left < 1 {
		return false, time.Duration((1 - own.left) * float64(refill))
	}
	return true, 0
}

// Wrong counts a wrong try of an address. Where too many addresses are remembered, the
// one that tried longest ago is forgotten.
func (l *Limiter) Wrong(address netip.Addr, now time.Time) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.all.fill(now, globalBurst, globalRefill)
	l.all.left = max(0, l.all.left-1)
	network := networkOf(address)
	found := l.addresses[network]
	if found == nil {
		if l.newest.Len() >= maxAddresses {
			oldest := l.newest.Back()
			delete(l.addresses, l.newest.Remove(oldest).(*bucket).of)
		}
		found = l.newest.PushFront(&bucket{of: network, left: burst, at: now})
		l.addresses[network] = found
	}
	l.newest.MoveToFront(found)
	own := found.Value.(*bucket)
	own.fill(now, burst, refill)
	own.left = max(0, own.left-1)
}

// networkOf is what counts as one address: of IPv6 a host has a network to itself.
func networkOf(address netip.Addr) netip.Prefix {
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	network, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // no address at all: such requests share one
	}
	return network
}

// Remembered is how many addresses are remembered.
func (l *Limiter) Remembered() int {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.newest.Len()
}
