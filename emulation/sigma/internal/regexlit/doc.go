// Package regexlit finds out what every match of a regular expression contains:
// literals, and runs of bytes of a class. Most texts lack them, and looking for
// them is far quicker than running the expression. It owns the analysis, and the
// writing out of counts that Go's regular expressions do not take, and of dollar signs
// as PCRE has them. It knows nothing of rules. Start at [NewPrefilter] and
// [RequiredLiterals].
package regexlit
