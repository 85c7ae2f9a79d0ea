// Package logformat reads the records of a log whose form a user describes: a
// [asset.LogSource]. It knows lines of text and formats; no host and no rule. Start at
// [Decoder].
package logformat
