// Package logevent holds the events that rules are matched against, and reads them
// from JSON. It owns the shapes that collectors write Windows events in, which log
// sources an event belongs to, and the reading of broken streams. It knows nothing
// of rules: records come in, [Event] goes out. Start at [Decoder] and [FromRecord].
package logevent
