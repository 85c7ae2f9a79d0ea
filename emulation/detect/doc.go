// Package detect owns detectors: what turns events into alerts, and says why
// it did not. The built-in Sigma engine is the first; adapters to outside tools
// stand beside it. It knows events and rules, no plan's steps, no verdicts.
// Start at [Detector].
package detect
