host "exchange" {
  extends  = template.windows_with_exports
  platform = windows
  summary  = "a mail server with Outlook on the web and the control panel behind IIS"
  hostname = "MAIL01"
  accounts = { admin = "CARRIER\\svc_exch", service = local.system, user = "CARRIER\\ops02" }

  file {
    for_each = [
      { path = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\logon.aspx", line = "sign-in page", days = 400 },
      { path = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\errorFE.aspx", line = "error page", days = 400 },
      { path = "${local.exchange}FrontEnd\\HttpProxy\\ecp\\auth\\TimeoutLogoff.aspx", line = "time-out page", days = 400 },
      { path = "${local.exchange}bin\\GenericAppPoolConfigWithGCServerEnabledFalse.config", line = "pool configuration", days = 400 },
      { path = "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210228-1.LOG", line = "cmdlet log", days = 4 },
      { path = "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210302-1.LOG", line = "cmdlet log", days = 2 },
      { path = "${local.exchange}Logging\\CmdletInfra\\LocalPowerShell\\Cmdlet\\MAIL01_4412_Cmdlet_20210303-1.LOG", line = "cmdlet log", days = 1 },
      { path = "${local.exchange}ClientAccess\\OAB\\standin.oab", line = "address book without addresses", days = 5 },
      { path = "C:\\Export\\2020\\standin01.pst", line = "an older export, without mail", days = 90 },
      { path = "C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0.gif", line = "picture", days = 300 },
      { path = "C:\\inetpub\\wwwroot\\iisstart.htm", line = "start page", days = 500 },
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
      { path = "C:\\Windows\\Prefetch\\RAR.EXE-1C2B77F0.pf", line = "prefetch", days = 2 },
    ]
    path    = each.value.path
    content = inert(each.value.line)
    days    = each.value.days
  }
  folder {
    path = "C:\\Export"
  }
  file {
    path    = "C:\\Users\\svc_exch\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt"
    content = "# ${local.marker}\nGet-Mailbox\n"
    days    = 1
  }
}
