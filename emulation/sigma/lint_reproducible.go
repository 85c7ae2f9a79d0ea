package sigma

import (
	"net/netip"
	"strings"
)

// unreproducible warns of rules that only the very file or address of a report
// sets off, which no harmless emulation can bring along.
func (l *linter) unreproducible(e *expr) {
	at := l.key("detection")
	switch {
	case e == nil:
	case requires(e, true, (*predicate).requiresHash):
		l.warnf(at, "Rules: Detection", "Specific file hash required", "every match requires a specific file hash, so this rule cannot be exercised by an emulation")
	case requires(e, true, (*predicate).requiresAddress):
		l.warnf(at, "Rules: Detection", "Specific address required", "every match requires a specific public address, so this rule cannot be exercised by an emulation")
	}
}

// requires says that e comes out as wanted only with a leaf of the kind holding.
func requires(e *expr, want bool, kind func(*predicate) bool) bool {
	switch e.op {
	case exprLeaf:
		return want && kind(e.predicate)
	case exprNot:
		return requires(e.children[0], !want, kind)
	}
	every := (e.op == exprAnd) != want // any child will do, so all of them have to be so
	for _, k := range e.children {
		if requires(k, want, kind) != every {
			return !every
		}
	}
	return every && len(e.children) > 0
}

// shortestHash is the hexadecimal length of MD5 and of import hashes.
const shortestHash = 32

func (q *predicate) requiresHash() bool {
	if q.op != opText {
		return false
	}
	run := 0
	for _, t := range q.pattern {
		run = 0
		for i := range len(t.Text) {
			if !strings.ContainsRune("0123456789abcdefABCDEF", rune(t.Text[i])) {
				run = 0
			} else if run++; run >= shortestHash {
				return strings.Contains(strings.ToLower(q.field), "hash") || hashField(q.field)
			}
		}
	}
	return false
}

func hashField(field string) bool {
	switch strings.ToLower(field) {
	case "md5", "sha1", "sha256", "sha512":
		return true
	}
	return false
}

func (q *predicate) requiresAddress() bool {
	switch {
	case q.op == opNetwork:
		return isPublic(q.net.Addr()) && q.net.Bits() >= q.net.Addr().BitLen()/2
	case q.op == opText && q.shape == shapeExact:
		addr, err := netip.ParseAddr(q.literal)
		return err == nil && isPublic(addr)
	}
	return false
}

func isPublic(a netip.Addr) bool { return a.IsGlobalUnicast() && !a.IsPrivate() }
