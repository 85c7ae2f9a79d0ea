behaviour "reenact_linux" {
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = reenactment
  summary   = "perform one act of Linux on its own: a process of that name does it, harmlessly, and leaves what a real one would have left"
  footprint = "a stand-in under the given path with the given arguments, and the one file, link, mapping, connection or record that the act makes"
  undo      = "all that was made is deleted, all that was deleted or changed is put back"
  source    = "ours: reenact for Linux. It is reported of no actor, and a step may claim any technique."

  argument "act" {
    doc     = "what the process does"
    one_of  = ["start", "create_file", "append_file", "copy_file", "rename_file", "delete_file", "empty_file", "date_file", "change_mode", "link_file", "pack_files", "create_folder", "delete_folder", "load_library", "signal_process", "connect", "resolve", "write_log"]
    default = "start"
  }

  argument "process" {
    type = object
    doc  = "who does it"
    argument "image" {
      doc     = "its program's path"
      form    = "path"
      max     = 1024
      default = ""
    }

    argument "command" {
      doc     = "its command line, split at blanks; footprint only"
      form    = "text"
      max     = 100000
      default = ""
    }

    argument "folder" {
      doc     = "the folder it works in"
      form    = "path"
      max     = 1024
      default = ""
    }

    argument "user" {
      doc     = "the account it stands for; the administrator's where nothing is given"
      form    = "line"
      max     = 256
      default = ""
    }
  }

  argument "started" {
    type    = bool
    doc     = "whether the process is started for it, rather than running already; of the act start it is"
    default = false
  }

  argument "parent" {
    type = object
    doc  = "who started that process; nobody known where no image is given"
    argument "image" {
      doc     = "its program's path"
      form    = "path"
      max     = 1024
      default = ""
    }

    argument "command" {
      doc     = "its command line, split at blanks; footprint only"
      form    = "text"
      max     = 100000
      default = ""
    }

    argument "folder" {
      doc     = "the folder it works in"
      form    = "path"
      max     = 1024
      default = ""
    }

    argument "user" {
      doc     = "the account it stands for; the administrator's where nothing is given"
      form    = "line"
      max     = 256
      default = ""
    }
  }

  argument "file" {
    doc     = "the file, the folder, the link or the archive"
    form    = "path"
    max     = 1024
    default = "/var/tmp/reenacted.txt"
  }

  argument "to" {
    doc     = "the new name of a renamed file, the copy of a copied one, and what a link names"
    form    = "path"
    max     = 1024
    default = "/var/tmp/renamed.txt"
  }

  argument "content" {
    doc     = "a text that the file holds beside the marker, or that is appended"
    form    = "content"
    max     = 16384
    default = ""
  }

  argument "mode" {
    doc     = "the permission bits of a file or folder that is made, or what change_mode changes them to"
    form    = "mode"
    max     = 5
    default = "0750"
  }

  argument "time" {
    doc     = "what date_file dates a file to, such as 2019-03-18T22:46:31Z"
    form    = "time"
    max     = 40
    default = "2019-03-18T22:46:31Z"
  }

  argument "packed" {
    type    = list
    doc     = "the files that pack_files packs"
    form    = "path"
    max     = 1024
    default = ["/srv/reenacted.csv"]
  }

  argument "library" {
    doc     = "the library that load_library maps"
    form    = "path"
    max     = 1024
    default = "/usr/lib/libreenacted.so"
  }

  argument "target" {
    type = object
    doc  = "the process that signal_process sends SIGCONT: an inert one"
    argument "image" {
      doc     = "its program's path"
      form    = "path"
      max     = 1024
      default = "/usr/bin/sleep"
    }

    argument "command" {
      doc     = "its command line, split at blanks; footprint only"
      form    = "text"
      max     = 100000
      default = ""
    }

    argument "user" {
      doc     = "the account it stands for; the administrator's where nothing is given"
      form    = "line"
      max     = 256
      default = ""
    }
  }

  argument "port" {
    type    = number
    doc     = "the port that is connected to, on loopback"
    min     = 1
    max     = 65535
    default = 443
  }

  argument "network" {
    type = object
    doc  = "whose the ends of that connection stand for"
    argument "protocol" {
      doc     = "tcp, or udp: a socket that is given its other end, and sends nothing"
      one_of  = ["tcp", "udp"]
      default = "tcp"
    }

    argument "to" {
      type = object
      doc  = "the host that is connected to; the asset itself where no address is given"
      argument "address" {
        doc     = "its address"
        form    = "address"
        max     = 64
        default = ""
      }

      argument "name" {
        doc     = "its name"
        form    = "line"
        max     = 256
        default = ""
      }
    }

    argument "from" {
      type = object
      doc  = "this host; as the asset has it where no address is given"
      argument "address" {
        doc     = "its address"
        form    = "address"
        max     = 64
        default = ""
      }

      argument "name" {
        doc     = "its name"
        form    = "line"
        max     = 256
        default = ""
      }
    }

    argument "from_port" {
      type    = number
      doc     = "the port it is connected from; 0 is any"
      max     = 65535
      default = 0
    }
  }

  argument "host" {
    doc     = "the name whose address is asked for, on loopback"
    form    = "host"
    max     = 253
    default = "reenacted.example"
  }

  argument "record" {
    type = object
    doc  = "what the log daemon writes for a program that reports to it: the program's own statement"
    argument "log" {
      doc     = "which of the daemon's logs it goes to"
      one_of  = ["auth", "cron", "system"]
      default = "auth"
    }

    argument "program" {
      doc     = "whose record it is"
      form    = "line"
      max     = 64
      default = "reenacted[412]"
    }

    argument "message" {
      doc     = "what it says"
      form    = "line"
      max     = 4096
      default = "re-enacted"
    }
  }

  locals {
    image   = arg.process.image == "" ? "/usr/bin/id" : arg.process.image
    content = arg.content == "" ? inert("re-enacted") : inert_comment("${chomp(arg.content)}\n")
    added   = arg.content == "" ? "re-enacted\n" : "${chomp(arg.content)}\n"
    logs    = { auth = local.auth_log, cron = local.cron_log, system = local.system_log }

    # What the host must have. What an act makes is not there before: a recording may have
    # it made twice.
    absent = {
      create_file   = [arg.file]
      link_file     = [arg.file]
      pack_files    = [arg.file]
      create_folder = [arg.file]
      copy_file     = [arg.to]
      rename_file   = [arg.to]
    }
    made_in = {
      create_file   = [folder_of(arg.file)]
      link_file     = [folder_of(arg.file)]
      pack_files    = [folder_of(arg.file)]
      create_folder = [folder_of(arg.file)]
      delete_folder = [arg.file]
      copy_file     = [folder_of(arg.to)]
      rename_file   = [folder_of(arg.to)]
    }
    there = {
      append_file  = [{ path = arg.file, content = inert("was there") }]
      copy_file    = [{ path = arg.file, content = local.content }]
      rename_file  = [{ path = arg.file, content = local.content }]
      delete_file  = [{ path = arg.file, content = local.content }]
      empty_file   = [{ path = arg.file, content = local.content }]
      date_file    = [{ path = arg.file, content = local.content }]
      change_mode  = [{ path = arg.file, content = local.content }]
      load_library = [{ path = arg.library, content = inert("a library") }]
      pack_files   = [for path in arg.packed : { path = path, content = inert(path) }]
    }
    # Process accounting keeps a record of each process that ended. It begins anew.
    accounted = contains(["start", "load_library", "signal_process", "connect", "resolve", "write_log"], arg.act)
    # One of the programs that act is there anyway: what a process does to its own program it
    # does to that. So is the root.
    programs = [local.image, arg.parent.image]
    given = [for place in concat(
      [for path in lookup(local.absent, arg.act, []) : { path = path, content = null, folder = false, absent = true, mode = null }],
      [for path in lookup(local.made_in, arg.act, []) : { path = trimsuffix(path, "/"), content = null, folder = true, absent = false, mode = null }],
      # Whatever its mode is changed to, it had another one.
      [for file in lookup(local.there, arg.act, []) : { path = file.path, content = file.content, folder = false, absent = false, mode = arg.act == "change_mode" ? arg.mode == "0644" ? "0600" : "0644" : null }],
      [for path in local.accounted ? [local.accounting] : [] : { path = path, content = inert("process accounting"), folder = false, absent = false, mode = null }],
      [for path in [arg.process.folder, arg.parent.folder] : { path = trimsuffix(path, "/"), content = null, folder = true, absent = false, mode = null }],
    ) : place if place.path != "" && !contains(local.programs, place.path)]
    # What leaves nothing on the disk is shown as on a host with process accounting, by a
    # record that the process ran; here that process writes it itself, last, so that it also
    # shows that the acts before it were performed.
    accounting = "/var/log/account/pacct"
    doer       = { says = arg, image = local.image, content = local.content, added = local.added, account = local.accounted ? [local.accounting] : [] }
  }

  given {
    for_each = local.given
    path     = each.value.path
    content  = each.value.content
    folder   = each.value.folder
    absent   = each.value.absent
    mode     = each.value.mode
  }

  group {
    when = arg.parent.image == ""
    process "doer" {
      extends = template.reenacted_linux
      with    = local.doer
    }
  }
  process "parent" {
    when     = arg.parent.image != ""
    image    = arg.parent.image
    command  = arg.parent.command
    user     = arg.parent.user == "" ? host.accounts.admin : arg.parent.user
    folder   = arg.parent.folder == "" ? null : arg.parent.folder
    resident = true
    process "doer" {
      extends = template.reenacted_linux
      with    = local.doer
    }
  }

  process "log_daemon" {
    when    = arg.act == "write_log"
    extends = template.syslog_record
    with    = { file = local.logs[arg.record.log], program = arg.record.program, message = arg.record.message }
  }
}

# The process that does the act, or that the log daemon writes for. A start is telemetry;
# whoever does something else had been running before, unless it is said to be started.
template "process" "reenacted_linux" {
  argument "says" {
    type = any
  }
  argument "image" {}
  argument "content" {}
  argument "added" {}
  argument "account" {
    type = list
  }

  locals {
    act = with.says.act
  }

  image    = with.image
  command  = with.says.process.command
  user     = with.says.process.user == "" ? host.accounts.admin : with.says.process.user
  folder   = with.says.process.folder == "" ? null : with.says.process.folder
  resident = local.act != "start" && !with.says.started

  write {
    when    = local.act == "create_file"
    path    = with.says.file
    content = with.content
    mode    = with.says.mode
  }
  append {
    when    = local.act == "append_file"
    path    = with.says.file
    content = with.added
  }
  copy {
    when = local.act == "copy_file"
    from = with.says.file
    to   = with.says.to
  }
  move {
    when = local.act == "rename_file"
    from = with.says.file
    to   = with.says.to
  }
  remove {
    when = contains(["delete_file", "delete_folder"], local.act)
    path = with.says.file
  }
  truncate {
    when = local.act == "empty_file"
    path = with.says.file
  }
  times {
    when = local.act == "date_file"
    path = with.says.file
    at   = with.says.time
  }
  mode {
    when = local.act == "change_mode"
    path = with.says.file
    mode = with.says.mode
  }
  symlink {
    when   = local.act == "link_file"
    path   = with.says.file
    target = with.says.to
  }
  pack {
    when = local.act == "pack_files"
    into = with.says.file
    from = with.says.packed
  }
  folder {
    when = local.act == "create_folder"
    path = with.says.file
    mode = with.says.mode
  }
  load {
    when = local.act == "load_library"
    path = with.says.library
  }
  signal "target" {
    when     = local.act == "signal_process"
    image    = with.says.target.image
    command  = with.says.target.command
    user     = with.says.target.user == "" ? host.accounts.admin : with.says.target.user
    resident = true
  }
  connect {
    when      = local.act == "connect"
    port      = with.says.port
    protocol  = with.says.network.protocol
    to        = with.says.network.to
    from      = with.says.network.from
    from_port = with.says.network.from_port
  }
  resolve {
    when = local.act == "resolve"
    name = with.says.host
  }
  append {
    for_each = with.account
    path     = each.value
    content  = inert("ran: ${local.act}")
  }
}
