// Package reporttest owns the runs that the tests of reports are held against: a
// shipped campaign and a small run in which every verdict occurs. It is linked into
// no program. Start at Overlap and Sample.
package reporttest
