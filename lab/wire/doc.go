// Package wire owns the words that runner and agent exchange over the
// container's attached stdin and stdout: frames with a length, a limit, a version and
// a code of who sent them. It knows neither Docker nor ptrace. Start at [Conn].
package wire
