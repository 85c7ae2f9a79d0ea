// Package performance owns what one performance of a plan depends on: a key that is the
// same for two plans if performing either would be performing the other. It looks at what
// an agent is asked to do, at the program that asks and at where it is done; rules,
// expectations, telemetry profiles and titles are judged by and change nothing of it.
// It knows no recording and no lab. Start at [KeyOf].
package performance
