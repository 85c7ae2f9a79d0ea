// Package audit owns what `ringer audit` shows the person who has to allow files of
// behaviours that others wrote: what each could do, as it is written, with what stays
// impossible, and digests by which an approval can be recorded. Nothing is performed. It
// knows libraries of behaviours; no lab and no detector. Start at [Of].
package audit
