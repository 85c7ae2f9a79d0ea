// Package fieldreader reads the values of an event's fields as texts, which is
// what rules compare. It owns how nested fields, lists and numbers are read, and
// reads event after event into the same memory. It knows nothing of rules. Start
// at [Reader].
package fieldreader
