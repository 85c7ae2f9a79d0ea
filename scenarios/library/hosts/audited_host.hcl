host "audited_host" {
  extends  = template.windows
  platform = windows
  summary  = "a Windows host for recordings, which also reports process creation, files, registry and new programs"
  hostname = "REC01"
  accounts = { admin = "CARRIER\\recadmin", user = "CARRIER\\rec01", service = local.system }

  file {
    path    = "C:\\ProgramData\\Sysmon\\config.xml"
    content = sysmon_config("FileExecutableDetected")
  }
  file {
    path = "C:\\Windows\\System32\\GroupPolicy\\Machine\\Microsoft\\Windows NT\\Audit\\audit.csv"
    content = audit_policy([
      { name = "Process Creation", guid = "0cce922b-69ae-11d9-bed3-505054503030" },
      { name = "File System", guid = "0cce921d-69ae-11d9-bed3-505054503030" },
      { name = "Registry", guid = "0cce921e-69ae-11d9-bed3-505054503030" },
    ])
  }
}
