behaviour "wmi_subscription_keep" {
  attack   = ["T1546.003"]
  platform = windows
  hosts    = ["workstation"]
  summary  = "keep a permanent subscription of WMI"
  source   = "none: an example that is HCL alone"

  process "wmi" {
    image    = "C:\\Windows\\System32\\svchost.exe"
    command  = "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Winmgmt"
    user     = host.accounts.service
    resident = true
    wmi_object {
      kind = "filter"
      data = { Name = "Updater", EventNamespace = "root\\cimv2", Query = "SELECT * FROM __InstanceModificationEvent WITHIN 3600" }
    }
    wmi_object {
      kind = "consumer"
      data = { Name = "Updater", Type = "Command Line", Destination = "C:\\ProgramData\\updater.exe" }
    }
    wmi_object {
      kind = "binding"
      data = { Consumer = "CommandLineEventConsumer.Name=\"Updater\"", Filter = "__EventFilter.Name=\"Updater\"" }
    }
  }
}

behaviour "debugger_set" {
  attack   = ["T1546.012"]
  platform = windows
  hosts    = ["workstation"]
  summary  = "have a debugger started in the place of a program"
  source   = "none: an example that is HCL alone"

  process "reg" {
    image   = "C:\\Windows\\System32\\reg.exe"
    command = "reg add HKLM\\...\\sethc.exe /v Debugger"
    user    = host.accounts.admin
    set_value {
      key  = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\sethc.exe"
      name = "Debugger"
      data = "C:\\ProgramData\\updater.exe"
    }
  }
}

behaviour "com_server_replace" {
  attack   = ["T1546.015"]
  platform = windows
  hosts    = ["workstation"]
  summary  = "put a library of one's own before a COM server's"
  source   = "none: an example that is HCL alone"

  process "reg" {
    image   = "C:\\Windows\\System32\\reg.exe"
    command = "reg add HKCU\\Software\\Classes\\CLSID"
    user    = host.accounts.user
    set_value {
      key  = "HKU\\${sid(host.accounts.user)}_Classes\\CLSID\\{0358B920-0AC7-461F-98F4-58E32CD89148}\\InProcServer32"
      data = "C:\\Users\\Public\\cache.dll"
    }
  }
}

behaviour "template_replace" {
  attack   = ["T1137.001"]
  platform = windows
  hosts    = ["workstation"]
  summary  = "replace the template of all documents of Word"
  source   = "none: an example that is HCL alone"

  process "cmd" {
    image   = "C:\\Windows\\System32\\cmd.exe"
    command = "cmd /c copy Normal.dotm"
    user    = host.accounts.user
    write {
      path    = "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm"
      content = inert("stands for a template")
    }
  }
}
