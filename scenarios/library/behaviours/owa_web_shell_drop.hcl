behaviour "owa_web_shell_drop" {
  attack    = ["T1505.003", "T1190"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = persistence
  summary   = "the worker process of Outlook on the web leaves an inert page in a folder that it serves"
  footprint = "one text page with ringer's marker; a file event of w3wp.exe"
  undo      = "delete the page"
  source    = "Cybereason, DeadRinger, 2021 (cluster C: backdoor on Exchange and IIS servers); ATT&CK v18.1 G0027 T1505.003. The page's name is ours."

  argument "folder" {
    doc     = "the folder the page goes to"
    one_of  = ["owa_auth", "owa"]
    default = "owa_auth"
  }
  argument "name" {
    doc     = "the page's file name"
    like    = "*.aspx"
    default = "OutlookEN.aspx"
  }

  # The worker process does the writing: rules for this technique look at the writer as
  # much as at the file.
  process "worker" {
    extends = template.exchange_worker
    write {
      path    = "${local.exchange}FrontEnd\\HttpProxy\\owa\\${arg.folder == "owa_auth" ? "auth\\" : ""}${arg.name}"
      content = inert("a page without script")
    }
  }
}
