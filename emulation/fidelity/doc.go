// Package fidelity holds our events beside recorded ones: which fields are
// missing, which are too many, which have values of another form. It knows
// performances of recordings and no terminal or page. Start at Compare.
package fidelity
