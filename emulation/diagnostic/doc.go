// Package diagnostic owns how mistakes in scenario files are reported: where a
// diagnostic points, how errors are counted, in which order all are shown, and the
// name that someone most likely meant. Scenarios are read, and plans are built,
// with it. It knows the places of HCL and nothing of what is written there. Start
// at [Reporter].
package diagnostic
