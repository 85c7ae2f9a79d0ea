// Package fold folds the case of texts, so that they can be compared as bytes,
// and looks at ASCII eight bytes at a time. It owns which characters are equal
// without regard to case, and the word operations that the literal scanner is
// built of. It knows nothing of rules or events. Start at [String] and [Load8].
package fold
