# What every Windows host of the carrier does.
locals {
  monitor       = "C:\\Program Files\\Monitor\\"
  defender_data = "C:\\ProgramData\\Microsoft\\Windows Defender\\"
  office        = "C:\\Program Files\\Microsoft Office\\Root\\Office16\\"
  worker        = "${local.system32}inetsrv\\w3wp.exe"
}

template "activities" "windows_host" {
  activity "antivirus_scan" {
    summary = "the scanner notes that it has been over the disk"
    process "service" {
      extends = template.writer
      image   = "${local.defender_data}Platform\\4.18.2101.9-0\\MsMpEng.exe"
      user    = local.system
      write {
        path    = "${local.defender_data}Support\\MPLog-20210301.log"
        content = inert("scan finished")
      }
    }
  }

  activity "monitoring_report" {
    summary = "the monitoring agent keeps what it measured"
    process "service" {
      extends = template.writer
      image   = "${local.monitor}agent.exe"
      user    = local.system
      write {
        path    = "C:\\ProgramData\\Monitor\\state.json"
        content = inert("all well")
      }
    }
  }

  activity "log_forwarding" {
    summary = "the log forwarder remembers how far it has read"
    process "service" {
      extends = template.writer
      image   = "C:\\Program Files\\Winlogbeat\\winlogbeat.exe"
      user    = local.system
      write {
        path    = "C:\\ProgramData\\winlogbeat\\.winlogbeat.yml"
        content = inert("read up to record 4102")
      }
    }
  }

  activity "patching" {
    summary = "the servicing stack unpacks an update"
    process "service" {
      extends = template.writer
      image   = "C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.17763.1697_none_7e0fe17df1b2a5b6\\TiWorker.exe"
      user    = local.system
      write {
        path    = "C:\\Windows\\servicing\\Packages\\Package_for_RollupFix~31bf3856ad364e35~amd64~~17763.1757.1.8.mum"
        content = inert("what the update holds")
      }
    }
  }

  activity "performance_counters" {
    summary = "the host measures itself"
    process "service" {
      extends = template.writer
      image   = "${local.system32}svchost.exe"
      user    = local.system
      write {
        path    = "C:\\PerfLogs\\Admin\\host_0301.blg"
        content = inert("counters")
      }
    }
  }

  activity "servicing_logs_packed" {
    summary = "servicing packs its own logs"
    process "prompt" {
      extends = template.system_prompt
      process "makecab" {
        image   = "${local.system32}makecab.exe"
        command = "makecab.exe C:\\Windows\\Logs\\CBS\\CbsPersist_20210301.log C:\\Windows\\Logs\\CBS\\CbsPersist_20210301.cab"
        write {
          path    = "C:\\Windows\\Logs\\CBS\\CbsPersist_20210301.cab"
          content = inert("packed logs")
        }
      }
    }
  }

  activity "policy_refresh" {
    summary = "the group policy client keeps the policy it was given"
    process "service" {
      extends = template.writer
      image   = "${local.system32}svchost.exe"
      command = "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s gpsvc"
      user    = local.system
      write {
        path    = "C:\\ProgramData\\Microsoft\\Group Policy\\History\\{31B2F340-016D-11D2-945F-00C04FB984F9}\\Machine\\Preferences\\Drives\\Drives.xml"
        content = inert("drives of a department")
      }
    }
  }

  activity "time_sync" {
    summary = "the time service writes down when the clock was right"
    process "service" {
      extends = template.writer
      image   = "${local.system32}svchost.exe"
      command = "C:\\Windows\\system32\\svchost.exe -k LocalService -s W32Time"
      user    = local.local_service
      set_value {
        key  = "${local.services_key}W32Time\\Config"
        name = "LastKnownGoodTime"
        type = "REG_BINARY"
        data = "8041f2a3d70ed701"
      }
    }
  }

  activity "certificate_renewal" {
    summary = "the host's certificate is enrolled anew"
    process "service" {
      extends = template.writer
      image   = "${local.system32}taskhostw.exe"
      command = "taskhostw.exe SYSTEM"
      user    = local.system
      set_value {
        key  = "HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\MY\\Certificates\\5F0D1C529A0B4C398E0B6F0D1C529A0B4C398E0B"
        name = "Blob"
        type = "REG_BINARY"
        data = "00"
      }
    }
  }
}
