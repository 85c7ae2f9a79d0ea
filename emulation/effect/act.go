package effect

// Act is one inert thing a stand-in does. The set is closed: an act that is not
// registered in this package cannot be decoded inside the container.
type Act interface {
	// Kind is the act's name on the wire and in a dry run.
	Kind() string
	// Touches lists the places (platform paths or registry values) the act may
	// change, so that undo can be registered before the effect.
	Touches() []string
	// Traces lists what the sensor must see of it, in order. An act without a
	// trace could be left out unnoticed, so each leaves one.
	Traces() []Trace
	// String says what will happen, in a few words, for a dry run.
	String() string
	// Perform does it. It returns an error where the asset does not allow it;
	// the act then left no effect.
	Perform(in Executor) error
}

// Executor is what an act may use of the process that performs it.
type Executor struct {
	Tree Tree
	// Start starts a child and waits for it and its descendants.
	Start func(Process) error
	// Access starts a child, sends it a signal that changes nothing, and waits for
	// it and its descendants.
	Access func(Process) error
	// Load maps a real file as code and lets go of it again; nothing of it runs.
	Load func(real string) error
	// Connect opens a connection between loopback addresses, where it is taken and
	// closed again.
	Connect func(Connection) error
	// Send sends one datagram to a loopback address, where nobody answers.
	Send func(to Endpoint, payload []byte) error
	// Export has the asset's database server hand out rows of text, Request
	// asks its web server for a page. They are nil where there is none.
	Export  func(Export) ([]byte, error)
	Request func(Request) error
}
