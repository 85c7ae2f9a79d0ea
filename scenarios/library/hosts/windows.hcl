# What every Windows host of the carrier has.

template "host" "windows" {
  folder {
    for_each = [
      "C:\\Windows\\System32\\Tasks\\Microsoft",
      "C:\\Windows\\Temp",
    ]
    path = each.value
  }
  # The table of logon sessions, in which the system's own stands.
  file {
    path    = local.sessions_file
    content = "# ${local.marker}\n${logon_session({ type = "5", account = "SYSTEM" })}"
    days    = 1
  }
  folder {
    for_each = [
      "C:\\Windows\\Prefetch",
      "C:\\PerfLogs",
      "C:\\ProgramData",
      "C:\\Program Files\\Common Files",
      "C:\\Users\\Public",
      "C:\\$Recycle.Bin\\S-1-5-18",
      "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run",
      "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree",
      "HKLM\\SYSTEM\\CurrentControlSet\\Services",
    ]
    path = each.value
  }
  # Event logs of text lines, as nothing here reads the real format.
  file {
    for_each = ["Security", "System", "Application", "Microsoft-Windows-PowerShell/Operational"]
    path     = event_log_file(each.value)
    content  = join("", concat(["${local.marker}\n"], [for number in ["4100", "4101", "4102"] : "${replace(each.value, "/", "%4")} record ${number}\n"]))
    days     = 1
  }
}

# A host to which three days of call records were exported.
template "host" "windows_with_exports" {
  extends = template.windows

  file {
    for_each = ["20210301", "20210302", "20210303"]
    path     = "C:\\Exports\\cdr_${each.value}.csv"
    content  = call_records(each.value, "0001")
    days     = 3 - each.key
  }
}

# A host with IIS, whose settings are a text file here.
locals {
  web_server_settings = join("", [
    "# ${local.marker}\n",
    web_setting("/system.webServer/httpLogging/@dontLog", "false"),
    web_setting(site_log_setting("enabled"), "true"),
  ])
}
