# What a run is held to. Of each bound that it does not keep one sentence says what, where and
# what to do, and `ringer run` exits with 1. `ringer show gate` describes all of them.
gate "main" {
  # Alarms on ordinary days, by the level of their rules; critical counts as high.
  max_false_alarms = { high = 0, medium = 0 }

  # At least half of your rules must have been seen to fire on a step.
  min_coverage = { rules = 0.5 }

  # A gap that was accepted until a day must be closed by then.
  max_expired_gaps = 0

  # How much of your rules the expectations test: `ringer mutate` measures it.
  # min_mutation_score = 0.8
}
