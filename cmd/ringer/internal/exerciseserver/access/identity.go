package access

import (
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Role is what somebody may do.
type Role int

// The roles. Nobody is who has not joined.
const (
	Nobody Role = iota
	Trainee
	Instructor
)

// roleWords are the roles as entries name them.
var roleWords = map[Role]string{Trainee: "trainee", Instructor: "instructor"}

// String is the role as an entry names it.
func (r Role) String() string { return roleWords[r] }

// Identity is who a link is for and whose a session is; the zero value is nobody.
type Identity struct {
	Role Role
	// Team and Member are ids; empty for an instructor.
	Team, Member string
}

// Tokens knows the last entry about a token, by its digest: the fold of an exercise's
// log, so that a server started again knows the same people.
type Tokens interface {
	TokenEntry(digest string) (exercise.Entry, bool)
}

// NewLink is the entry that makes a one-time link for somebody, of a token.
func NewLink(token string, who Identity) exercise.Entry {
	digest := Digest(token)
	return exercise.Entry{
		Kind: exercise.Token, Key: "link/" + digest, Team: who.Team, Member: who.Member,
		Token: &exercise.TokenHash{Hash: digest, Role: who.Role.String()},
	}
}

// Redeem is the entry by which a link becomes a session, both given by their tokens. Its
// key is that of the link: of two that use it at once, one is the first.
func Redeem(link, session string, who Identity) exercise.Entry {
	from := Digest(link)
	return exercise.Entry{
		Kind: exercise.Redeemed, Key: "redeemed/" + from, Team: who.Team, Member: who.Member,
		Token: &exercise.TokenHash{Hash: Digest(session), Role: who.Role.String(), From: from},
	}
}

// Leave is the entry that ends a session.
func Leave(session string, who Identity) exercise.Entry {
	digest := Digest(session)
	return exercise.Entry{
		Kind: exercise.Revoked, Key: "revoked/" + digest, Team: who.Team, Member: who.Member,
		Token: &exercise.TokenHash{Hash: digest, Role: who.Role.String()},
	}
}

// OfLink is who a link is for, by its token, and whether it was used before; nobody
// where the token is not one of a link.
func OfLink(tokens Tokens, token string) (who Identity, spent bool) {
	digest := Digest(token)
	entry, ok := tokens.TokenEntry(digest)
	switch {
	case !ok:
		return Identity{}, false
	case entry.Kind == exercise.Token:
		return identityOf(entry), false
	case entry.Kind == exercise.Redeemed && entry.Token.From == digest:
		return identityOf(entry), true
	}
	return Identity{}, false
}

// OfSession is whose session has that token; nobody where there is none, also where it
// is the token of a link.
func OfSession(tokens Tokens, token string) Identity {
	digest := Digest(token)
	entry, ok := tokens.TokenEntry(digest)
	if !ok || entry.Kind != exercise.Redeemed || entry.Token.Hash != digest {
		return Identity{}
	}
	return identityOf(entry)
}

func identityOf(entry exercise.Entry) Identity {
	for role, word := range roleWords {
		if word == entry.Token.Role {
			return Identity{Role: role, Team: entry.Team, Member: entry.Member}
		}
	}
	return Identity{}
}
