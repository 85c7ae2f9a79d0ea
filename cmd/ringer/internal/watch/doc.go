// Package watch owns noticing which files below some paths were saved. The system tells
// that something happened; what changed is found by looking at the files, so that saving
// by a rename, in several writes, or faster than the system tells of it makes no
// difference. It knows nothing of what the files say. Start at [Open].
package watch
