# The third exercise of the course: three actors on the same hosts, for four years.
# third.md is the host's page; the answers are in it.
exercise "third" {
  title    = "Who was collected on, by whom, since when, and are they one actor or three?"
  scenario = scenario.overlap
  pace     = "7200x" # five hours are 1,500 days
  minutes  = 300
  wrong    = -5
  intro    = "Three reports lie on the table: a web server misused in the first year, an operator's desk cleaned in the third, a mail server patched in the fourth. Each says: closed. A journalist asks whether call records of named people were taken, and for how long. You have all that six hosts logged in four years. Were these three cases, or one? Say what you know, and how well."

  objective "first_day" {
    title    = "Since when"
    question = "Show the first thing that was done at this carrier."
    points   = 20
    find     = step.page
    within   = "12h"

    hint "door" {
      cost = 5
      text = "Whatever a web server's worker writes below its own root is not the site's."
    }
  }

  objective "directory" {
    title    = "Who works here"
    question = "Somebody read the directory, and took away what it said. Show one of both."
    points   = 20
    find     = [step.directory, step.packed]
    evidence = 2
    within   = "12h"
  }

  objective "records_first" {
    title    = "Call records, the first time"
    question = "When were call records looked through or packed for the first time? Show it."
    points   = 25
    find     = [step.swept, step.first_year]
    evidence = 3
    within   = "12h"

    hint "dot" {
      cost = 5
      text = "A folder that begins with a dot, where fonts used to be kept."
    }
  }

  objective "records_again" {
    title    = "And again"
    question = "They came back for call records. Show one time."
    points   = 25
    find     = [step.second_year, step.third_year]
    evidence = 3
    within   = "12h"

    hint "year" {
      cost = 6
      text = "A year later to the week, in another hidden folder."
    }
  }

  objective "rested" {
    title    = "It waited for more than a year"
    question = "Something was made ready on a domain controller and woke up long afterwards. Show it being made, or waking."
    points   = 30
    find     = [step.resting_task, step.task_awake]
    evidence = 2
    within   = "12h"

    hint "task" {
      cost = 8
      text = "Compare which tasks were registered with which ever started."
    }
  }

  objective "keys" {
    title    = "What was typed"
    question = "Somewhere it was kept what people typed. Show it."
    points   = 25
    find     = step.notes
    within   = "12h"
  }

  objective "mail" {
    title    = "Customers' mail"
    question = "The regulator asks whether mail was read. Show what you know."
    points   = 30
    find     = [step.mailbox, step.mail_packed]
    evidence = 2
    within   = "12h"

    hint "cmdlet" {
      cost = 6
      text = "Exchange exports a mailbox when somebody asks it to. Who asked, and where did the file go?"
    }
  }

  objective "old_door" {
    title    = "Older than it says"
    question = "A page says that it has been there for years. It has not. Show how you know."
    points   = 25
    find     = step.aged_backdoor
    within   = "12h"
  }

  objective "traces" {
    title    = "Whoever cleans up"
    question = "Show one place where traces were taken away."
    points   = 15
    find     = [step.controller_emptied, step.billing_emptied, step.desk_emptied, step.second_controller_emptied, step.cleaned, step.mail_emptied, step.unlogged]
    evidence = 2
    within   = "12h"
  }

  objective "soft_cell" {
    title    = "The first actor"
    question = "Name the actor of a finding whose steps were this one's: who came for call records. It costs if it was another."
    points   = 20
    find     = actor.soft_cell
    wrong    = -10
  }

  objective "naikon" {
    title    = "The second actor"
    question = "Name the actor who lived on the desk. It costs if it was another."
    points   = 20
    find     = actor.naikon
    wrong    = -10
  }

  objective "emissary_panda" {
    title    = "The third actor"
    question = "Name the actor who was in the mail server before everybody. It costs if it was another."
    points   = 20
    find     = actor.emissary_panda
    wrong    = -10
  }
}
