behaviour "iis_logging_disable" {
  attack    = ["T1685.001"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange", "iis"]
  phase     = erasure
  summary   = "write into the web server's synthetic configuration that requests are logged no more"
  footprint = "appcmd.exe started; the configuration written by it; 29 in the configuration log of IIS"
  undo      = "put the configuration back"
  source    = "ATT&CK v18.1 G0027 T1562.002 (appcmd.exe used to stop logging); Cybereason, DeadRinger, 2021 (OWA, IIS)"

  argument "scope" {
    doc     = "all sites, or the log file of the default site"
    one_of  = ["server", "site"]
    default = "server"
  }

  locals {
    appcmd  = "${local.system32}inetsrv\\appcmd.exe"
    setting = arg.scope == "server" ? "/system.webServer/httpLogging/@dontLog" : site_log_setting("enabled")
    before  = arg.scope == "server" ? "false" : "true"
    after   = arg.scope == "server" ? "true" : "false"
    # Of the two ways, rules know one.
    typed = arg.scope == "server" ? "set config /section:httpLogging /dontLog:true" : "set site \"Default Web Site\" /logFile.enabled:false"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "appcmd" {
      image   = local.appcmd
      command = "${local.appcmd} ${local.typed}"
      write {
        path    = local.web_settings_file
        content = replace(file_content(local.web_settings_file), web_setting(local.setting, local.before), web_setting(local.setting, local.after))
      }
    }
  }
}
