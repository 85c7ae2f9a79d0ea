host "domain_controller" {
  extends  = template.windows_with_exports
  platform = windows
  summary  = "the carrier's domain controller, where exported call records are kept over night"
  hostname = "DC01"
  accounts = { admin = "CARRIER\\svc_backup", operator = "CARRIER\\adm.tan", service = local.system }

  file {
    path = local.directory_file
    content = join("", concat(
      ["# ${local.marker}\n"],
      [for user in ["Administrator", "svc_backup", "adm.tan", "ops02"] : directory_line({ user = user })],
      [for user in ["Administrator", "svc_backup"] : directory_line({ group = "Domain Admins", user = user })],
    ))
    days = 20
  }
  file {
    path    = task_file("Carrier CDR Nightly")
    content = task_definition({ name = "Carrier CDR Nightly", author = "CARRIER\\svc_backup", command = "C:\\Program Files\\Carrier\\cdrjob.exe", short = true })
    days    = 200
  }
  file {
    path    = value_path(task_key("Carrier CDR Nightly"), "Id")
    content = registry_value("REG_SZ", "{2F1B0C6E-7D0A-4E6B-9C11-30A4C5D8E901}")
    days    = 200
  }
  file {
    for_each = [
      { path = "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\readme.txt", line = "programs", days = 400 },
      { path = "C:\\Windows\\Prefetch\\WEVTUTIL.EXE-EF5861C4.pf", line = "prefetch", days = 12 },
    ]
    path    = each.value.path
    content = inert(each.value.line)
    days    = each.value.days
  }
}
