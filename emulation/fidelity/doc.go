// Package fidelity compares generated events with recorded ones: which fields are
// missing, which are too many, which have values of another form. It knows
// re-enacted recordings and no terminal or page. Start at [Compare].
package fidelity
