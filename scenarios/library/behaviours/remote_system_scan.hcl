behaviour "remote_system_scan" {
  attack    = ["T1018", "T1016"]
  actors    = ["soft_cell", "naikon", "emissary_panda"]
  platform  = windows
  hosts     = ["workstation", "domain_controller"]
  phase     = discovery
  summary   = "leave the footprint of a search for neighbours: a scanner brought along, pings in a loop, net view, a list of domain controllers; no packet is sent"
  footprint = "a program with a scanner's arguments, cmd.exe in a loop with PING.EXE below it, net.exe and nltest.exe, a list of hosts"
  undo      = "delete the scanner and the list"
  source    = "ATT&CK v18.1 G0093 T1018 (modified NBTscan, ping), G0019 T1018 (NetBIOS scanner), G0027 T1016 (NBTscan) and T1018 (net view). nltest is a variant of ours."

  argument "ways" {
    type    = list
    doc     = "how neighbours are looked for"
    one_of  = ["scanner", "ping", "net_view", "dc_list"]
    default = ["scanner", "ping", "net_view", "dc_list"]
  }

  argument "scanner" {
    doc     = "the scanner's name"
    like    = "*.exe"
    default = "nb.exe"
  }

  argument "pings" {
    type    = number
    doc     = "how many of the loop's pings are started"
    min     = 1
    max     = 8
    default = 2
  }

  argument "folder" {
    doc     = "where scanner and list lie"
    one_of  = ["intel", "perflogs", "temp"]
    default = "intel"
  }

  locals {
    folder  = local.survey_folders[arg.folder]
    work    = trimsuffix(local.folder, "\\")
    list    = "${local.folder}r.txt"
    cmd     = "${local.system32}cmd.exe"
    scanner = "${local.folder}${arg.scanner}"
  }

  process "prompt" {
    extends = template.administrator_prompt
    folder  = local.work
    write {
      path    = local.list
      content = inert("hosts")
    }
    group {
      when = contains(arg.ways, "scanner")
      write {
        path    = local.scanner
        content = "${program(local.stand_in_version)}${local.brought_along}"
        mode    = "0755"
        proven  = false
      }
      process "batch" {
        image   = local.cmd
        command = "C:\\Windows\\system32\\cmd.exe /c \"\"${local.folder}n.bat\"\""
        folder  = local.work
        process "scanner" {
          image   = local.scanner
          command = "${arg.scanner} 10.20.0.0/24"
          folder  = local.work
        }
        append {
          path    = local.list
          content = "10.20.0.10  CARRIER\\DC01\n"
        }
      }
    }
    # The loop's cmd.exe starts another one for each ping, as a pipe inside it does.
    process "loop" {
      when    = contains(arg.ways, "ping")
      image   = local.cmd
      command = "cmd.exe /c \"for /l %i in (1,1,254) do @ping -n 1 -w 200 10.20.0.%i | find \"TTL=\" >> r.txt\""
      folder  = local.work
      group {
        for_each = [for number in range(arg.pings) : "10.20.0.${7 + number}"]
        process "shell" {
          image   = local.cmd
          command = "C:\\Windows\\system32\\cmd.exe /S /D /c\" ping -n 1 -w 200 ${each.value} \""
          folder  = local.work
          process "ping" {
            image   = "${local.system32}PING.EXE"
            command = "ping -n 1 -w 200 ${each.value}"
            folder  = local.work
          }
        }
        append {
          path    = local.list
          content = "Reply from ${each.value}: bytes=32 time<1ms TTL=128\n"
        }
      }
    }
    group {
      for_each = concat(
        contains(arg.ways, "net_view") ? [
          { program = "net.exe", line = "net view /domain", answer = "CARRIER" },
          { program = "net.exe", line = "net view \\\\BILL01 /all", answer = "cdr  Disk" },
        ] : [],
        contains(arg.ways, "dc_list") ? [{ program = "nltest.exe", line = "nltest /dclist:carrier", answer = "DC01.carrier.example [PDC]" }] : [],
      )
      process "question" {
        image   = "${local.system32}${each.value.program}"
        command = each.value.line
        folder  = local.work
      }
      append {
        path    = local.list
        content = "${each.value.answer}\n"
      }
    }
  }
}
