// Package clock reads the times that logs write, whatever their layout. It owns which
// numbers and layouts are understood. It knows no record, tool or log. Start at
// [Read].
package clock
