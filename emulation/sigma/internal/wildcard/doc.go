// Package wildcard holds texts of rules with their wildcards: how they are
// parsed, matched and encoded. It owns escapes, "*" and "?", the dashes that
// windash varies, and the encodings that text modifiers ask for. It knows nothing
// of fields or modifiers' names. Start at [Parse] and [Glob].
package wildcard
