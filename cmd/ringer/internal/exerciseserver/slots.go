package exerciseserver

import "sync"

// slots count what goes on at a time, by the digest of a session: at most own of each,
// and most in all.
type slots struct {
	own, most int

	mutex sync.Mutex
	of    map[string]int
	all   int
}

func newSlots(own, most int) *slots { return &slots{own: own, most: most, of: map[string]int{}} }

// enter makes room for one more, unless there are too many.
func (o *slots) enter(session string) bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.all >= o.most || o.of[session] >= o.own {
		return false
	}
	o.all++
	o.of[session]++
	return true
}

func (o *slots) leave(session string) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.all--
	if o.of[session]--; o.of[session] <= 0 {
		delete(o.of, session)
	}
}

// count is how many there are.
func (o *slots) count() int {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.all
}
