package outside

import "time"

// Source is where the alerts of a detector come from, as whoever runs it says. It is
// data: nothing is opened, started or asked by it.
type Source struct {
	// Of these five exactly one is set.

	// File is a file that the detector adds lines to.
	File string
	// Listen is the address, and the path, at which it posts alerts here, such as
	// 127.0.0.1:9210/alerts.
	Listen string
	// Command is a program that prints alerts, with its arguments.
	Command []string
	// Poll is an API that is asked again and again.
	Poll *Poll
	// Scanner is a program that looks at files.
	Scanner *Scanner

	// Fields are paths by field, Items is where the alerts are in a text that has many.
	Fields map[string]string
	Items  string
	// SecretEnv is the environment variable, or SecretFile the file, with the value of the
	// header Authorization, that is sent or must be sent; empty is none.
	SecretEnv, SecretFile string
	// WarmUp is how long the detector takes until it sees anything.
	WarmUp time.Duration
}

// Poll is a query to an API over HTTP.
type Poll struct {
	URL string
	// Body is sent with POST; empty is GET. In both {since} and {since_unix} stand for the
	// time at which the run began.
	Body  string
	Every time.Duration
}

// Scanner is a program that is given the files that steps dropped.
type Scanner struct {
	// Rules is the file of YARA rules; empty where Command is any program, which is given
	// the file as its last argument and says with an exit code that it found something.
	Rules   string
	Command []string
	Found   int
	// Limit is how long one scan may take.
	Limit time.Duration
}
