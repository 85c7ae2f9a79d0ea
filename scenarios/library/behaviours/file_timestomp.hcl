behaviour "file_timestomp" {
  attack    = ["T1070.006"]
  actors    = ["emissary_panda", "soft_cell"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = erasure
  summary   = "set the times of a page in the OWA folder and of a file below inetpub back by years"
  footprint = "PowerShell with both times on its command line, and a small program in PerfLogs; two files older than they are"
  undo      = "set the times back"
  source    = "Cybereason, DeadRinger, 2021 (OWA backdoor, traces hidden); ATT&CK v18.1 lists the technique for none of the three, so the mapping is ours"

  argument "page" {
    doc     = "a page that is in the OWA auth folder by then: provisioned, or of an earlier step"
    like    = "*.aspx"
    default = "errorFE.aspx"
  }

  locals {
    page    = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\${arg.page}"
    picture = "C:\\inetpub\\wwwroot\\aspnet_client\\system_web\\4_0.gif"
    # The time of the report's example: that of an old update. The host's clock shows the
    # carrier's time.
    time  = "2016-04-12T01:11:03Z"
    shown = "2016-04-12 09:11:03"
  }

  # It is done twice, since rules read PowerShell's script but no program's.
  process "prompt" {
    extends = template.administrator_prompt
    process "powershell" {
      image   = local.powershell
      command = "powershell.exe -NoProfile -Command \"$f = Get-Item '${local.page}'; $f.CreationTime = '${local.shown}'; $f.LastWriteTime = '${local.shown}'\""
      times {
        path = local.page
        at   = local.time
      }
    }
    process "tool" {
      image   = "C:\\PerfLogs\\tt.exe"
      command = "C:\\PerfLogs\\tt.exe ${local.picture} 2016-04-12"
      times {
        path = local.picture
        at   = local.time
      }
    }
  }
}
