# The first exercise of the course: one Linux host, 118 days, ninety minutes. first.md is
# the host's page; the answers are in it.
exercise "first" {
  title    = "Who has been at the billing host?"
  scenario = scenario.host-billing
  pace     = "2880x" # an hour is 120 days
  minutes  = 80
  wrong    = -5
  intro    = "A partner abroad was offered records of calls that only our billing host holds. Nobody of ours noticed anything. You have what the host BILL01 reports, as it comes in. Find out what was done there, and who it may have been. The mediation system does its work on the same host."

  objective "way_back" {
    title    = "A way back in"
    question = "Something was left on the host so that somebody can come back, or is started by itself. Show one such thing."
    points   = 20
    find     = [step.authorized_keys_append, step.cron_entry_install, step.shell_startup_write, step.systemd_unit_install]
    evidence = 2
    within   = "6h"

    hint "where" {
      cost = 4
      text = "Which files does the host read by itself, each night, at each login, at each start? Who wrote to them?"
    }

    hint "account" {
      cost = 6
      text = "The account postgres never logs in. Look at what was written below its home."
    }
  }

  objective "account" {
    title    = "A new account"
    question = "Which account was made, and what was it given?"
    points   = 15
    find     = step.local_account_add
    evidence = 2
    within   = "6h"

    hint "month" {
      cost = 3
      text = "In the fourth week."
    }
  }

  objective "every_program" {
    title    = "Loaded by every program"
    question = "One file was written that every program on the host reads when it is started."
    points   = 20
    find     = step.ld_so_preload_footprint
    within   = "6h"

    hint "loader" {
      cost = 8
      text = "man ld.so, at the end: FILES."
    }
  }

  objective "records" {
    title    = "Call records leave the database"
    question = "How were call records taken out of the database?"
    points   = 25
    find     = step.cdr_database_export
    evidence = 2
    within   = "6h"

    hint "folder" {
      cost = 5
      text = "Look for a folder that begins with a dot where no program keeps one."
    }
  }

  objective "packed" {
    title    = "Packed to be carried off"
    question = "Where were records packed, encrypted and cut into pieces?"
    points   = 20
    find     = step.cdr_archive_split
    evidence = 3
    within   = "6h"

    hint "tools" {
      cost = 5
      text = "Three programs one after the other, all of them the system's own."
    }
  }

  objective "traces" {
    title    = "The traces are gone"
    question = "How were traces taken away, or kept from being made?"
    points   = 20
    find     = [step.host_log_clear, step.log_service_stop, step.shell_history_clear]
    evidence = 2
    within   = "6h"

    hint "silence" {
      cost = 5
      text = "After the fourteenth week a log is quiet that never was."
    }
  }

  objective "first_actor" {
    title    = "Who came for the call records"
    question = "Name the actor of a finding whose steps were this one's. It costs if it was another."
    points   = 15
    find     = actor.soft_cell
    wrong    = -5
  }

  objective "second_actor" {
    title    = "Who else"
    question = "Somebody else was there too. Name the actor of a finding whose steps were that one's. It costs if it was another."
    points   = 15
    find     = actor.emissary_panda
    wrong    = -5
  }
}
