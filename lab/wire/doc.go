// Package wire owns the words that runner and agent exchange over the
// container's attached stdin and stdout: frames with a length, a limit and a
// version. It knows neither Docker nor ptrace. Start at [Conn].
package wire
