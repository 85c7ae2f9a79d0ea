behaviour "windows_service_create" {
  attack    = ["T1543.003"]
  actors    = ["emissary_panda"]
  platform  = windows
  hosts     = ["iis", "exchange", "domain_controller", "workstation"]
  phase     = persistence
  summary   = "enter an auto-start service whose program would lie below ProgramData; there is no such program, and nothing is started"
  footprint = "sc.exe started; the service's key, written by the service control manager; 7045 in System, 4697 in Security"
  undo      = "delete the service's key"
  source    = "ATT&CK v18.1 G0027 T1543.003 (service named after the tool's configuration), S0663, S0662. Service name and folder are ours."

  argument "service" {
    doc     = "the service's name"
    like    = "*"
    default = "sysupdate"
  }

  argument "display" {
    doc     = "the name it shows"
    like    = "*"
    default = "System Update"
  }

  argument "folder" {
    doc     = "the folder of ProgramData that its program is said to lie in"
    like    = "*"
    default = "SysUpdate"
  }

  argument "program" {
    doc     = "its program"
    like    = "*.exe"
    default = "sysupdate.exe"
  }

  locals {
    program = "C:\\ProgramData\\${arg.folder}\\${arg.program}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    process "sc" {
      image   = "${local.system32}sc.exe"
      command = "sc create ${arg.service} binPath= \"${local.program}\" start= auto DisplayName= \"${arg.display}\""
    }
  }
  # services.exe writes the key, as sc.exe only asks for it.
  process "services" {
    extends = template.service_control
    service {
      name    = arg.service
      display = arg.display
      image   = local.program
    }
  }
}
