package scenario

import "github.com/ringer-lab/ringer/emulation/scenario/schema"

var exerciseBlock = &schema.Block{
	Name:   "exercise",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which `ringer exercise` refers to it"}},
	Doc: "Declares an exercise: trainees look for what a scenario performs, and are scored by what happened. " +
		"A file of nothing but exercises can stand apart from the scenario, see [files]; whatever it names must be there before anything starts. " +
		"Every score is a sum of fixed values, and trainees see how it comes about.",
	Example: `
exercise "first" {
  title    = "Who has been at the mail server?"
  scenario = scenario.my-mail
  mode     = build
  pace     = "240x"
  minutes  = 90
  wrong    = -5
  intro    = "The help desk had three calls about slow mail."
  budget   = 100

  purchase "sysmon" {
    cost = 60

    source "windows" "sysmon" {}
  }

  objective "sight" {
    points = 10
    see    = [step.backdoor]
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What it is about, in one line."},
		{Name: "scenario", Type: schema.Reference, To: "scenario", Default: "the scenario of the file", Doc: "The scenario that is performed: `scenario.NAME`. It can be in another file."},
		{Name: "mode", Type: schema.Keyword, Default: "`hunt`", Doc: "What the trainees do.", Choices: []schema.Choice{
			{Name: "hunt", Doc: "They find what happened, and hand in findings."},
			{Name: "build", Doc: "They also write rules and choose telemetry, which are judged over variants of the steps that they have not seen, and over ordinary days."},
		}},
		{Name: "pace", Type: schema.String, Default: "`\"60x\"`", Doc: "How much faster than the wall clock virtual time passes: from `\"0.01x\"` to `\"1000000x\"`."},
		{Name: "minutes", Type: schema.Whole, Default: "90", Doc: "How long it takes on the wall clock, pauses aside."},
		{Name: "wrong", Type: schema.Whole, Default: "-5", Doc: "What a false accusation costs, 0 or less: a finding most of whose events are of ordinary days."},
		{Name: "intro", Type: schema.String, Doc: "What the trainees read before they begin."},
		{Name: "budget", Type: schema.Whole, Default: "0", Doc: "What a team may spend on [purchase]s."},
	},
	Blocks: []*schema.Block{objectiveBlock, purchaseBlock},
}

var objectiveBlock = &schema.Block{
	Name:   "objective",
	Labels: []schema.Label{{Name: "name", Doc: "its name in scores and exports; trainees see the title"}},
	Doc: "Asks for one thing, and says what it is worth. An answer is held against what happened, never against a text: " +
		"a finding shows the step that most of its events come from. Exactly one of `find`, `detect` and `see` says what is asked for. " +
		"Of several answers of a team the best counts.",
	Least: 1, Such: `objective "foothold" { points = 30, find = step.NAME }`,
	Example: `
exercise "second" {
  scenario = scenario.my-mail
  mode     = build
  budget   = 50

  purchase "files" {
    cost = 50

    source "windows" "file_event" {}
  }

  objective "foothold" {
    title    = "The way in"
    question = "How do they come back?"
    points   = 30
    find     = step.backdoor
    evidence = 1
    within   = "2h"
    tries    = 5
    partial  = { technique = 0.3, host = 0.2, time = 0.2, evidence = 0.3 }

    hint "night" {
      cost = 5
      text = "What was written at 02:30?"
    }
  }

  objective "attribution" {
    points = 20
    find   = actor.emissary_panda
    wrong  = -10
  }

  objective "rule" {
    points  = 40
    detect  = [step.backdoor]
    partial = { detection = 0.7, silence = 0.3 }
    wrong   = -5
  }

  objective "sight" {
    points = 10
    see    = [step.backdoor]
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What it is about, in one line; it must not tell the answer."},
		{Name: "question", Type: schema.String, Doc: "What the trainees are asked."},
		{Name: "points", Type: schema.Whole, Required: true, Such: "30", Doc: "What a whole answer is worth: 1 or more."},
		{Name: "find", Type: schema.Targets, To: "step or actor", Doc: "What is to be found: a step, one of several (`[step.A, step.B]`), or an actor, to whom a finding must attribute a step of that actor. " +
			"Points for actors are counted apart."},
		{Name: "detect", Type: schema.Targets, To: "step", Doc: "The steps that a rule of the team's own must detect, in every variant that was performed."},
		{Name: "see", Type: schema.Targets, To: "step", Doc: "The steps that the scenario's rules must detect on the telemetry that the team has bought."},
		{Name: "evidence", Type: schema.Whole, Default: "1", Doc: "How many events of the step a whole answer names."},
		{Name: "within", Type: schema.Duration, Default: "`\"1h\"`", Doc: "How far the time of a finding may be from the step's."},
		{Name: "tries", Type: schema.Whole, Default: "3; 10 with `detect`", Doc: "How many answers of a team are taken, 1 to 100."},
		{Name: "partial", Type: schema.Shares, Default: "equal shares", Doc: "Which share of the points each part of an answer is worth; together 1.", Choices: []schema.Choice{
			{Name: "technique", Doc: "With `find`: the technique. Half of it if the parent or a sibling of the technique is named."},
			{Name: "host", Doc: "With `find`: the host, by its name in the logs or in the scenario."},
			{Name: "time", Doc: "With `find`: the time."},
			{Name: "evidence", Doc: "With `find`: the events, each its part of `evidence`."},
			{Name: "detection", Doc: "With `detect`: the variants that are detected, each its part."},
			{Name: "silence", Doc: "With `detect`: no alarm on ordinary days, of a rule that detects a variant."},
		}},
		{Name: "wrong", Type: schema.Whole, Default: "that of the [exercise]", Doc: "What each wrong answer costs, 0 or less: with `find = actor.NAME` another actor, with `detect` a rule that alarms on ordinary days, once a rule."},
	},
	Blocks: []*schema.Block{hintBlock},
}

var hintBlock = &schema.Block{
	Name:   "hint",
	Labels: []schema.Label{{Name: "name", Doc: "its name in scores and exports"}},
	Doc:    "Helps with an objective, for points. They are taken off once, when the team takes the hint.",
	Example: `
exercise "third" {
  scenario = scenario.my-mail

  objective "foothold" {
    points = 30
    find   = step.backdoor

    hint "night" {
      cost = 5
      text = "What was written at 02:30?"
    }
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "cost", Type: schema.Whole, Required: true, Such: "5", Doc: "What it costs: 0 or more, and not more than the objective is worth."},
		{Name: "text", Type: schema.String, Required: true, Such: `"What runs at 02:30?"`, Doc: "What the team reads then."},
	},
}

var purchaseBlock = &schema.Block{
	Name:   "purchase",
	Labels: []schema.Label{{Name: "name", Doc: "its name in scores and exports"}},
	Doc:    "Offers telemetry that a team can buy within the budget of an [exercise]. What it shows is judged as `ringer compare` judges a [profile]. What costs nothing every team has.",
	Example: `
exercise "fourth" {
  scenario = scenario.my-mail
  mode     = build
  budget   = 100

  purchase "given" {
    cost = 0

    source "windows" "security" {}
  }

  purchase "files" {
    title = "File events of all servers"
    cost  = 60

    source "windows" "file_event" {
      retention = "30d"
    }
  }

  objective "sight" {
    points = 10
    see    = step.backdoor
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What is bought, in one line."},
		{Name: "cost", Type: schema.Whole, Required: true, Such: "60", Doc: "What it costs: 0 or more, and not more than the budget."},
	},
	Blocks: []*schema.Block{sourceBlock},
}
