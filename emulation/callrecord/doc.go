// Package callrecord makes the call records that actors are after, and that nobody made:
// the numbers are those that Ofcom keeps for drama, the subscribers those of the test
// network 001-01. It knows no host and no behaviour. Start at [Month], what a real
// database has, and [File], what lies on a disk.
package callrecord
