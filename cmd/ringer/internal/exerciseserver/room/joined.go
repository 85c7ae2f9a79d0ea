package room

import (
	"sync"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// joined are the sessions of members: TEAM/MEMBER by the session's digest.
type joined struct {
	mutex    sync.Mutex
	sessions map[string]string
}

func (j *joined) note(e exercise.Entry) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	switch {
	case e.Kind == exercise.Redeemed && e.Member != "":
		if j.sessions == nil {
			j.sessions = map[string]string{}
		}
		j.sessions[e.Token.Hash] = e.Team + "/" + e.Member
	case e.Kind == exercise.Revoked:
		delete(j.sessions, e.Token.Hash)
	}
}

// Joined are the members who have a session, as TEAM/MEMBER.
func (r *Room) Joined() map[string]bool {
	r.joined.mutex.Lock()
	defer r.joined.mutex.Unlock()
	out := map[string]bool{}
	for _, who := range r.joined.sessions {
		out[who] = true
	}
	return out
}
