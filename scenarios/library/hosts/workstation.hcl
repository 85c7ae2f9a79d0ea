host "workstation" {
  extends  = template.windows_with_exports
  platform = windows
  summary  = "a network operator's desk: Office, and call records exported for a report"
  hostname = "OPS02"
  accounts = { admin = "CARRIER\\hdadmin", user = "CARRIER\\ops02", service = local.system }

  file {
    for_each = [
      { path = "C:\\Users\\ops02\\Documents\\roster.docx", line = "duty roster", days = 9 },
      { path = "C:\\Users\\ops02\\Documents\\tariff.docx", line = "tariffs", days = 21 },
      { path = "C:\\Users\\ops02\\Documents\\prices.xlsx", line = "prices of partners", days = 14 },
      { path = "C:\\Users\\ops02\\Documents\\contract.pdf", line = "a contract", days = 28 },
    ]
    path    = each.value.path
    content = inert(each.value.line)
    days    = each.value.days
  }
  folder {
    for_each = [
      "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Word\\STARTUP",
      "C:\\Users\\ops02\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup",
      "C:\\Users\\ops02\\AppData\\Local\\Temp",
      "C:\\Users\\hdadmin",
      "HKU\\${sid(host.accounts.user)}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run",
      "C:\\Program Files\\Microsoft Office\\Root\\Office16\\STARTUP",
    ]
    path = each.value
  }
}
