// Package truth owns how the truth of an exercise is made of what was performed: of a
// run that is over, or step by step while it is performed. It knows the runner's records
// and results, and nothing of teams and scores. Start at [Of].
package truth
