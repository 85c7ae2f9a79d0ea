behaviour "vpn_client_install" {
  attack    = ["T1133"]
  actors    = ["soft_cell"]
  platform  = windows
  hosts     = ["domain_controller", "exchange"]
  phase     = persistence
  summary   = "lay down inert programs with the names of SoftEther's VPN client, enter its service and its adapter's driver, and call its tool; nothing connects"
  footprint = "programs in a folder of Program Files, a driver's file, two services, the client and vpncmd.exe started; 7045 in System, 4697 in Security"
  undo      = "delete the programs, the driver's file and the services' keys"
  source    = "ATT&CK v18.1 G0093 T1133 (SoftEther VPN used to come back and stay); Cybereason 2021. Connection name is ours."

  argument "folder" {
    doc     = "its own folder of Program Files, or a vendor-like one of ProgramData"
    one_of  = ["own", "programdata"]
    default = "own"
  }

  argument "client" {
    doc     = "the client's program"
    like    = "*.exe"
    default = "vpnclient_x64.exe"
  }

  argument "service" {
    doc     = "the client's service"
    like    = "*"
    default = "SEVPNCLIENT"
  }

  locals {
    folder = { own = "C:\\Program Files\\SoftEther VPN Client\\", programdata = "C:\\ProgramData\\Oracle\\" }[arg.folder]
    client = "${local.folder}${arg.client}"
    tool   = "${local.folder}vpncmd.exe"
    driver = "${local.system32}drivers\\Neo6_x64_VPN.sys"
    setup  = "C:\\Users\\${account_name(host.accounts.admin)}\\Downloads\\vpnsetup.exe"
    # The programs have the vendor's version resource: it stays where they are given other
    # names.
    vendor         = { description = "SoftEther VPN", product = "SoftEther VPN", company = "SoftEther VPN Project at University of Tsukuba, Japan.", file_version = "4, 38, 0, 9760" }
    client_content = "${program(merge(local.vendor, { original_name = "vpnclient_x64.exe" }))}${local.brought_along}"
    tool_content   = "${program(merge(local.vendor, { original_name = "vpncmd.exe" }))}${local.brought_along}"
  }

  process "setup" {
    image    = local.setup
    user     = host.accounts.admin
    resident = true
    write {
      path    = local.client
      content = local.client_content
      mode    = "0755"
      proven  = false
    }
    write {
      path    = local.tool
      content = local.tool_content
      mode    = "0755"
      proven  = false
    }
  }
  process "driver_setup" {
    image    = "${local.system32}drvinst.exe"
    command  = "${local.system32}drvinst.exe \"4\" \"9\" \"neo_vpn.inf\""
    user     = local.system
    resident = true
    write {
      path    = local.driver
      content = inert("a driver without code")
      proven  = false
    }
  }
  process "services" {
    extends = template.service_control
    service {
      name    = arg.service
      display = arg.service
      image   = "\"${local.client}\" /service"
    }
  }
  process "services_driver" {
    extends = template.service_control
    service {
      name    = "Neo_VPN"
      display = "VPN Client Device Driver - VPN"
      image   = "\\SystemRoot\\System32\\drivers\\Neo6_x64_VPN.sys"
      type    = "1"
      start   = "3"
    }
  }
  process "services_start" {
    extends = template.service_control
    process "client" {
      image   = local.client
      command = "\"${local.client}\" /service"
    }
  }
  process "prompt" {
    extends = template.administrator_prompt
    process "tool" {
      image   = local.tool
      command = "\"${local.tool}\" localhost /CLIENT /CMD AccountStartupSet office"
    }
  }

  prove {
    holds {
      path    = local.client
      content = local.client_content
    }
    holds {
      path    = local.driver
      content = inert("a driver without code")
    }
  }
}
