package importer

// Plan is what becomes one scenario: an Attack Flow, the tests of a technique, an
// adversary, an emulation plan.
type Plan struct {
	// Name and Title are the source's; File is where it was read.
	Name, Title, File string
	// Actor is who it is reported of; empty if the source names nobody.
	Actor      string
	References []string
	Steps      []Step
}

// Step is one step of a plan, in the source's order.
type Step struct {
	Name string
	// ID is the source's, such as the GUID of an atomic test.
	ID string
	// Technique is the ATT&CK id as it is written; empty if there is none.
	Technique string
	// About is what the source says of it.
	About string
	// Commands are those that the source would run, one for each way and platform. A
	// step without any is described by its technique alone.
	Commands []Command
	// After are the indexes of earlier steps of the plan that it follows.
	After []int
}

// Command is what a source would run.
type Command struct {
	// Platform is windows, linux or what else the source says, such as macos; empty if
	// it says nothing.
	Platform string
	// Executor is the source's word for the shell.
	Executor string
	// Text is the command, with the defaults of the source's arguments put in.
	Text string
}
