// Package access tells who somebody is who asks the server of an exercise: the
// one-time links by which people join, the sessions that follow, the tokens of forms,
// and how many wrong tries there were. Of a secret it keeps the digest alone. It knows
// no page and no route; what it is told comes from the exercise's log, so that a server
// started again knows the same people. Start at [Identity].
package access
