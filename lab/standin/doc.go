// Package standin is the inert program that stands in a real tool's place on an
// asset. The kernel runs it under that tool's path, as a file of its own on Linux and as
// a script's interpreter otherwise, with that tool's arguments,
// which it ignores: they are footprint. What it does is the typed acts that its
// parent hands it as data, and nothing else.
//
// It refuses to run anywhere but inside an asset. An act may ask the asset's
// real service, on the loopback, by what Main is handed. The package knows no
// service, sensor or wire. A run starts stand-ins by the thousand, so it imports little
// (see cmd/inside). Start at [Main].
package standin
