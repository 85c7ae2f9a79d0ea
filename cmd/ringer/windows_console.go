//go:build windows

package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsEscapes has a console carry out escape sequences, which it may show as
// text otherwise, and reports whether it does; what is no console does not.
func understandsEscapes(stream *os.File) bool {
	console := windows.Handle(stream.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
