// Package farm owns how the scenarios of one run are performed by many machines and
// lose nothing: a coordinator offers each that is not in its ledger, workers perform
// them and hand recordings in, and a recording counts once and only if it is whole.
//
// The queue is never the truth, the ledger is: what a queue lost is offered again, what
// it delivers twice has the same key. Workers never write the ledger. The package knows
// keys, queues and recordings as files; it knows no network, no lab, no rule language
// and no terminal. Start at [Coordinator] and [Worker]; the queue is in package
// jetstream.
package farm
