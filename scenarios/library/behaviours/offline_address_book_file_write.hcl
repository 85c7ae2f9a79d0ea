behaviour "offline_address_book_file_write" {
  attack    = ["T1505.003", "T1190"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["exchange"]
  phase     = persistence
  summary   = "records of Exchange's management log set the address book's external address to a placeholder and reset the directory to a file in aspnet_client, where the kernel's stand-in then leaves an inert text"
  footprint = "three records in the management log, written by the control panel's worker; an inert text written by System"
  undo      = "take the records back, delete the text"
  source    = "ATT&CK v18.1 G0027 T1190 (CVE-2021-27065 of Exchange) with T1505.003; Cybereason 2021. Only the log records are shaped, no exploit and no working page."

  argument "name" {
    doc     = "the file's name"
    like    = "*.aspx"
    default = "discover.aspx"
  }

  argument "folder" {
    doc     = "the served folder"
    one_of  = ["aspnet_client", "owa_auth"]
    default = "aspnet_client"
  }

  locals {
    folder    = { aspnet_client = "C:\\inetpub\\wwwroot\\aspnet_client\\", owa_auth = "${local.exchange}FrontEnd\\HttpProxy\\owa\\auth\\" }[arg.folder]
    file      = "${local.folder}${arg.name}"
    directory = "-Identity \"${host.hostname}\\OAB (Default Web Site)\""
    cmdlets = [
      { name = "Set-OabVirtualDirectory", parameters = "-ExternalUrl \"http://f/<script language=\"JScript\" runat=\"server\">function Page_Load(){/* ringer inert */}</script>\" ${local.directory}" },
      { name = "Remove-OabVirtualDirectory", parameters = "-Force \"True\" ${local.directory}" },
      { name = "New-OabVirtualDirectory", parameters = "-WebSiteName \"Default Web Site\" -Server \"${host.hostname}\" -Role \"ClientAccess\" -Path \"${share_path("127.0.0.1", "c$", substr(local.file, 3, -1))}\"" },
    ]
  }

  # The worker keeps the log, as Exchange runs these cmdlets inside it: no PowerShell
  # starts. "suceeded" is Exchange's own spelling; the text has a blank before the first
  # parameter, the data have not, and rules differ in what they need.
  process "worker" {
    extends = template.exchange_worker
    with    = { pool = "MSExchangeECPAppPool" }
    log_record {
      for_each = local.cmdlets
      channel  = "MSExchange Management"
      provider = "MSExchange CmdletLogs"
      id       = 1
      data = {
        Message = "Cmdlet suceeded. Cmdlet ${each.value.name}, parameters ${each.value.parameters}."
        Data    = "${each.value.name}; ${each.value.parameters}; ${local.domain}/Users/Administrator; ECP"
      }
      proven = false
    }
  }
  process "kernel" {
    extends = template.kernel
    write {
      path    = local.file
      content = inert("an address book without addresses, and without script")
    }
  }
}
