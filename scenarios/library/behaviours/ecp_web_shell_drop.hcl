behaviour "ecp_web_shell_drop" {
  attack    = ["T1505.003", "T1190"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = persistence
  summary   = "the worker process of the control panel leaves an inert page in the control panel's folder"
  footprint = "one text page with ringer's marker; a file event of w3wp.exe"
  undo      = "delete the page"
  source    = "Cybereason, DeadRinger, 2021; ATT&CK v18.1 G0027 T1505.003. The control panel's folder is our variant of the reported drop."

  argument "name" {
    doc     = "the page's file name"
    like    = "*.aspx"
    default = "TimeoutLogout.aspx"
  }

  # It is the drop in the OWA folder, one folder aside.
  process "worker" {
    extends = template.exchange_worker
    with    = { pool = "MSExchangeECPAppPool" }
    write {
      path    = "${local.exchange}FrontEnd\\HttpProxy\\ecp\\auth\\${arg.name}"
      content = inert("a page without script")
    }
  }
}
