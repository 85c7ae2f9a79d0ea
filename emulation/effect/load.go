package effect

// Load maps a marker library as a program maps its code. The file is data in the
// mapping process as everywhere: nothing jumps there.
type Load struct {
	Path string `json:"path"`
}

func (Load) Kind() string             { return "load" }
func (Load) Touches() []string        { return nil }
func (l Load) String() string         { return "map " + l.Path + " as code" }
func (l Load) Perform(in Stand) error { return on(in.Tree, "map", l.Path, in.Load) }
