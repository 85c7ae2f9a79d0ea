# Four carriers, and what the people there may do wrong: `ringer compare` judges
# a run under each. They are made up, each of parts that are common: which parts
# a given carrier has, the report of 2021 does not say, only that tools differed
# from one carrier to the next and partly did not work.

# A carrier that has spent money: Sysmon on all Windows hosts and an agent that
# joins each record with the process behind it, on Linux too. All is sent on at
# once and kept for two years. The web servers' logs stay where they are.
profile "sysmon_edr" {
  title    = "Sysmon and an EDR, all sent on and kept for two years"
  shape    = edr
  lookback = "1d"

  source "windows" "any" {
    retention      = "730d"
    host_retention = "30d"
    delay          = "1m"
  }

  source "linux" "any" {
    retention      = "730d"
    host_retention = "30d"
    delay          = "1m"
  }

  source "any" "database" {
    retention      = "730d"
    host_retention = "30d"
  }

  source "any" "webserver" {
    kept      = host
    retention = "30d"
  }
}

# A carrier as Windows comes: the event logs that are on by default, collected
# each night. No program's start is in them, as auditing of process creation
# (4688) is off, and no written file. Script block logging has been switched on.
# Its Linux hosts send syslog, and have no audit rules.
profile "default_auditing" {
  title    = "Windows as it comes, collected nightly, and Linux by syslog"
  lookback = "7d"

  source "windows" "security" {
    retention      = "365d"
    host_retention = "14d"
    delay          = "12h"
  }

  source "windows" "system" {
    retention      = "365d"
    host_retention = "180d"
    delay          = "12h"
  }

  source "windows" "powershell" {
    retention      = "365d"
    host_retention = "14d"
    delay          = "12h"
  }

  source "windows" "taskscheduler" {
    kept      = host
    retention = "30d"
    delay     = "1d"
  }

  source "linux" "auth" {
    retention      = "365d"
    host_retention = "28d"
  }

  source "linux" "cron" {
    retention      = "365d"
    host_retention = "28d"
  }

  source "linux" "syslog" {
    retention      = "365d"
    host_retention = "7d"
  }
}

# A carrier that looks after its billing: auditd with rules on all Linux hosts,
# sent on over a line that loses one record in fifty. On Windows it has program
# starts and files, but program starts without command lines, as 4688 is without
# the policy that adds them, and of files every second record, as the agent is
# told to go easy on busy servers.
profile "linux_auditd" {
  title    = "auditd on Linux, and Windows without command lines"
  lookback = "1d"

  source "linux" "any" {
    retention      = "365d"
    host_retention = "60d"
    delay          = "5m"
    drop           = 0.02
  }

  source "any" "database" {
    retention      = "365d"
    host_retention = "60d"
    drop           = 0.02
  }

  source "any" "webserver" {
    retention      = "90d"
    host_retention = "14d"
  }

  source "windows" "process_creation" {
    retention      = "90d"
    host_retention = "14d"
    without        = ["CommandLine", "ParentCommandLine"]
  }

  source "windows" "file_event" {
    retention      = "90d"
    host_retention = "14d"
    sample         = 0.5
  }

  source "windows" "security" {
    retention      = "90d"
    host_retention = "14d"
  }
}

# A carrier that has everything and sends none of it on: each host keeps its own
# logs for thirty days, and a scan on the host reads them once a week. Who clears
# a log within the week was never there.
profile "host_thirty_days" {
  title = "Everything, but on the host, for 30 days, read once a week"

  source "any" "any" {
    kept      = host
    retention = "30d"
    delay     = "7d"
  }
}

# Too wide: meant for a backup agent that writes there all night.
fault "exclusion" "program_data" {
  title    = "What names ProgramData is kept from the rules"
  field    = "CommandLine"
  contains = "\\ProgramData\\"
}

# Too wide: meant for the interactive shells of the operators.
fault "exclusion" "shells" {
  title    = "What a command shell starts is kept from the rules"
  field    = "ParentImage"
  contains = "\\cmd.exe"
}

# It had cried over a migration for a week.
fault "disabled_rule" "cleared_log" {
  title = "The rule for cleared logs was switched off"
  rule  = "windows_log_cleared"
}

# The move to another collector took half a year longer than planned.
fault "forwarder_off" "collector_move" {
  title = "Nothing was sent on between days 20 and 400"
  from  = "20d"
  until = "400d"
}

# The domain controllers kept to a time zone, and the collector to another.
fault "clock_skew" "controllers_behind" {
  title  = "The domain controllers' clocks were 2 days behind"
  behind = "2d"
  on     = ["domain_controller"]
}

# An update changed the format of the agent's records.
fault "parser_field_missing" "command_line" {
  title = "The parser lost CommandLine"
  field = "CommandLine"
}

fault "parser_field_missing" "target_file" {
  title = "The parser lost TargetFilename"
  field = "TargetFilename"
}
