//go:build !linux

package main

import "os"

// ownFile is the file of this program for those that are to be started of it.
func ownFile() string {
	if file, err := os.Executable(); err == nil {
		return file
	}
	return os.Args[0]
}
