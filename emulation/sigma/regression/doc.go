// Package regression runs SigmaHQ's regression data against rules: folders with
// recordings and an info.yml that says how often which rules fire on them. It owns
// the layout of that data and what counts as met. It knows rules and events only as
// packages sigma and logevent offer them. Start at [Load] and [Run].
package regression
