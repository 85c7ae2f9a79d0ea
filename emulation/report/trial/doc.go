// Package trial owns what `ringer try` shows of one behaviour that was performed once: what
// was done, what proved it and whether it was taken back, the events, and the rules that
// saw them or came near. It judges nothing, as a trial expects nothing. It knows the
// runner's records and a detector; no lab. Start at [Of].
package trial
