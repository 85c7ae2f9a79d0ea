# The second exercise of the course: rules that see Naikon on a desk and a domain
# controller, whatever its programs are called, and that stay silent on ordinary days.
# second.md is the host's page; the answers are in it.
exercise "second" {
  title    = "Write what would have seen it"
  scenario = scenario.naikon
  mode     = build
  pace     = "4000x" # two and a half hours are 401 days
  minutes  = 180
  wrong    = -5
  budget   = 100
  intro    = "Somebody lived on the operator's desk OPS02 and moved on to the domain controller DC01. It became known by a third party, four hundred days later. Make sure that the next one is found: write Sigma rules, try them here, and hand them in. Each is judged over what was done, over variants of it that you do not see, and over ordinary days. Silence is worth as much as detection."

  purchase "file_events" {
    title = "Which files are written, on each host"
    cost  = 0

    source "windows" "file_event" {}
  }

  purchase "process_creation" {
    title = "Which programs are started, with their command lines"
    cost  = 50

    source "windows" "process_creation" {}
  }

  purchase "registry" {
    title = "Which registry values are written"
    cost  = 30

    source "windows" "registry_set" {}
  }

  purchase "security_log" {
    title = "The Security log of each host"
    cost  = 20

    source "windows" "security" {}
  }

  purchase "system_log" {
    title = "The System log of each host"
    cost  = 20

    source "windows" "system" {}
  }

  objective "add_in" {
    title    = "An add-in that Office loads"
    question = "Write a rule that sees it, whatever it is called."
    points   = 25
    detect   = step.add_in
    wrong    = -5

    hint "who" {
      cost = 5
      text = "Which programs write to a folder that Office starts from, on an ordinary day? All others should not."
    }
  }

  objective "logon" {
    title    = "Started at each logon"
    question = "Two things were left that a logon starts. Write a rule for the value in the registry."
    points   = 25
    detect   = step.autostart
    wrong    = -5

    hint "folder" {
      cost = 5
      text = "Programs belong to Program Files. Read what the value starts, not how it was written."
    }
  }

  objective "service" {
    title    = "A service with a borrowed name"
    question = "Write a rule that sees the service, whatever name it borrows."
    points   = 30
    detect   = step.borrowed_name
    wrong    = -5

    hint "place" {
      cost = 6
      text = "The name is that of a program of Windows; the folder is not."
    }
  }

  objective "task" {
    title    = "A task of the system's, from a data folder"
    question = "Write a rule that sees the task. Administrators make tasks as well."
    points   = 30
    detect   = step.helper_task
    wrong    = -5

    hint "both" {
      cost = 6
      text = "Neither the account nor the folder alone: both."
    }
  }

  objective "task_gone" {
    title    = "The task goes away"
    question = "Who deletes a task after a year? Write a rule."
    points   = 20
    detect   = step.task_gone
    wrong    = -5
  }

  objective "emptied" {
    title    = "The log is emptied"
    question = "Write a rule that sees it whichever tool is used."
    points   = 20
    detect   = step.emptied
    wrong    = -5
  }

  objective "worth_its_price" {
    title    = "What telemetry is worth its price"
    question = "Buy log sources for no more than the budget, so that as much as possible of what the known rules see is seen."
    points   = 30
    see      = [step.add_in, step.shortcut, step.autostart, step.borrowed_name, step.helper_task, step.own_task, step.task_gone, step.emptied]
  }

  objective "whole" {
    title    = "One finding"
    question = "Hand in one finding that shows when somebody was on the domain controller first."
    points   = 20
    find     = step.borrowed_name
    evidence = 3
    within   = "12h"
  }
}
