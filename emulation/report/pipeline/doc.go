// Package pipeline owns what a pipeline's own page shows of a run: annotations of lines and
// a summary on GitHub, and the code quality report of GitLab. It is a function of a result
// and judges nothing. What it writes is read by a forge: what stands in it is escaped as
// that wants, and no control character is left. Start at [Findings].
package pipeline
