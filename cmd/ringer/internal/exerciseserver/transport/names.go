package transport

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Names are the names and addresses under which a listener may be asked: of a loopback
// address all of them, of every address those of the machine's interfaces. It fails
// where the interfaces cannot be listed.
func Names(at netip.Addr) ([]string, error) {
	loopback := []string{"localhost", "127.0.0.1", "::1"}
	switch at = at.Unmap(); {
	case at.IsLoopback():
		if text := at.String(); !slices.Contains(loopback, text) {
			loopback = append(loopback, text)
		}
		return loopback, nil
	case !at.IsUnspecified():
		return []string{at.WithZone("").String()}, nil
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return nil, fmt.Errorf("list the machine's addresses: %w", err)
	}
	names := loopback
	for _, address := range addresses {
		if prefix, err := netip.ParsePrefix(address.String()); err == nil {
			names = append(names, prefix.Addr().Unmap().WithZone("").String())
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// hosts are what a Host header may say: each name with the port, and without it where
// that is the usual one.
func hosts(names []string, port int) map[string]bool {
	out := map[string]bool{}
	for _, name := range names {
		out[strings.ToLower(net.JoinHostPort(name, strconv.Itoa(port)))] = true
		if port == 443 {
			if strings.Contains(name, ":") {
				name = "[" + name + "]"
			}
			out[strings.ToLower(name)] = true
		}
	}
	return out
}
