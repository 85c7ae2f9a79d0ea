// Package snapshot writes Go values as they lie in memory and reads them back
// within milliseconds. It owns the encoding and knows nothing of what the values
// mean. It guards against accidental damage, not against a forger: values are read
// past the checks of their own packages. Start at [Codec].
package snapshot
