// Package markdown owns the view of a run as a comment on a pull request, in GitHub's
// and GitLab's Markdown: what changed since an earlier run first, otherwise what is
// wrong, with the rule and the expectation in the first lines. It is never longer
// than a comment may be. It knows evidence and judges nothing. Start at Write.
package markdown
