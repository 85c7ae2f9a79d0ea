host "iis" {
  extends  = template.windows
  platform = windows
  summary  = "a web server with IIS: the default site, and the self-care site on a second disk"
  hostname = "WEB02"
  accounts = { admin = "CARRIER\\svc_backup", service = "IIS APPPOOL\\DefaultAppPool", selfcare = "IIS APPPOOL\\SelfCare" }

  file {
    for_each = [
      { path = "C:\\inetpub\\wwwroot\\iisstart.htm", line = "start page", days = 500 },
      { path = "C:\\inetpub\\wwwroot\\images\\logo.png", line = "picture", days = 500 },
      { path = "C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0.gif", line = "picture", days = 300 },
      { path = "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210301.log", line = "requests", days = 3 },
      { path = "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210302.log", line = "requests", days = 2 },
    ]
    path    = each.value.path
    content = inert(each.value.line)
    days    = each.value.days
  }
  file {
    path    = local.web_settings_file
    content = local.web_server_settings
    days    = 300
  }
  file {
    for_each = [
      { path = "D:\\sites\\selfcare\\default.aspx", line = "start page", days = 500 },
      { path = "D:\\sites\\selfcare\\images\\logo.png", line = "picture", days = 500 },
    ]
    path    = each.value.path
    content = inert(each.value.line)
    days    = each.value.days
  }
}
