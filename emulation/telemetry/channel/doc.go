// Package channel owns what the log sources of every platform are made of: the
// [Channel] that writes records of an [Activity], the [Process] that acted, and the
// declaration of the records that must be there ([ExpectedRecord]). It keeps the
// processes of an asset ([ProcessTable]) and knows no platform and no log source.
//
// A channel is one log source and one file in the package of its platform: it
// registers itself there, is shown every activity on its host in order, and answers
// with the records it would have written. Start at [Channel].
package channel
