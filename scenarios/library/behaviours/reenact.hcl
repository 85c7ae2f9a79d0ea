behaviour "reenact" {
  platform  = windows
  hosts     = ["workstation", "exchange", "domain_controller", "audited_host"]
  phase     = reenactment
  summary   = "perform one act of a recording: a process of that name does it, harmlessly, and leaves what a real one would have left"
  footprint = "a stand-in under the given path with the given arguments, and the one file, value, mapping, connection or record that the act makes"
  undo      = "all that was made is deleted, all that was deleted or changed is put back"
  source    = "ours: the acts of which SigmaHQ's recordings tell. It is reported of no actor, and a step may claim any technique."

  argument "act" {
    doc     = "what the process does"
    one_of  = ["start", "create_file", "delete_file", "rename_file", "date_file", "create_key", "delete_key", "set_value", "delete_value", "rename_key", "load_library", "access_process", "create_pipe", "open_pipe", "connect", "resolve", "write_log", "clear_log", "create_task", "change_task", "delete_task", "create_service", "subscribe_wmi", "change_directory"]
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
      doc     = "its command line, to the letter; footprint only"
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
      doc     = "the account it stands for"
      form    = "line"
      max     = 256
      default = ""
    }

    argument "integrity" {
      doc     = "its integrity level"
      one_of  = ["Untrusted", "Low", "AppContainer", "Medium", "High", "System"]
      default = ""
    }

    argument "version" {
      type = object
      doc  = "its program's version resource; what is usual for that program where nothing is given"
      argument "original_name" {
        doc     = "OriginalFileName"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "description" {
        doc     = "Description"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "product" {
        doc     = "Product"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "company" {
        doc     = "Company"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "file_version" {
        doc     = "FileVersion"
        form    = "line"
        max     = 256
        default = ""
      }
    }
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
      doc     = "its command line, to the letter; footprint only"
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
      doc     = "the account it stands for"
      form    = "line"
      max     = 256
      default = ""
    }

    argument "integrity" {
      doc     = "its integrity level"
      one_of  = ["Untrusted", "Low", "AppContainer", "Medium", "High", "System"]
      default = ""
    }

    argument "version" {
      type = object
      doc  = "its program's version resource; what is usual for that program where nothing is given"
      argument "original_name" {
        doc     = "OriginalFileName"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "description" {
        doc     = "Description"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "product" {
        doc     = "Product"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "company" {
        doc     = "Company"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "file_version" {
        doc     = "FileVersion"
        form    = "line"
        max     = 256
        default = ""
      }
    }
  }

  argument "file" {
    doc     = "the file; a stream of one after a colon"
    form    = "path"
    max     = 1024
    default = "C:\\ProgramData\\reenacted.txt"
  }

  argument "to" {
    doc     = "the new name of a renamed file"
    form    = "path"
    max     = 1024
    default = "C:\\ProgramData\\renamed.txt"
  }

  argument "content" {
    doc     = "a text that the file holds beside the marker"
    form    = "content"
    max     = 16384
    default = ""
  }

  argument "time" {
    doc     = "what date_file dates a file to, such as 2019-03-18T22:46:31Z"
    form    = "time"
    max     = 40
    default = "2019-03-18T22:46:31Z"
  }

  argument "key" {
    doc     = "the registry key, or the value with its key"
    form    = "key"
    max     = 1024
    default = "HKLM\\SOFTWARE\\Reenacted"
  }

  argument "new_key" {
    doc     = "the new name of a renamed key"
    form    = "key"
    max     = 1024
    default = "HKLM\\SOFTWARE\\Renamed"
  }

  argument "value" {
    type = object
    doc  = "what set_value sets"
    argument "type" {
      doc     = "as the registry names it"
      one_of  = ["REG_SZ", "REG_EXPAND_SZ", "REG_DWORD", "REG_QWORD", "REG_BINARY", "REG_MULTI_SZ", "REG_NONE"]
      default = "REG_SZ"
    }

    argument "data" {
      doc     = "its data as text; a number's is decimal"
      form    = "text"
      max     = 32768
      default = ""
    }
  }

  argument "library" {
    type = object
    doc  = "the library that load_library maps"
    argument "path" {
      doc     = "the library's file"
      form    = "path"
      max     = 1024
      default = "C:\\Windows\\System32\\reenacted.dll"
    }

    argument "version" {
      type = object
      doc  = "its version resource"
      argument "original_name" {
        doc     = "OriginalFileName"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "description" {
        doc     = "Description"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "product" {
        doc     = "Product"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "company" {
        doc     = "Company"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "file_version" {
        doc     = "FileVersion"
        form    = "line"
        max     = 256
        default = ""
      }
    }

    argument "signature" {
      doc     = "who is said to have signed it; nobody has"
      form    = "line"
      max     = 256
      default = ""
    }

    argument "status" {
      doc     = "what is said of that signature, such as Valid"
      form    = "line"
      max     = 256
      default = ""
    }
  }

  argument "mapped" {
    type    = list
    doc     = "the libraries that are mapped before access_process"
    form    = "path"
    max     = 1024
    default = []
  }

  argument "target" {
    type = object
    doc  = "the process that access_process is done to: an inert one, which is told to go on"
    argument "image" {
      doc     = "its program's path"
      form    = "path"
      max     = 1024
      default = ""
    }

    argument "command" {
      doc     = "its command line, to the letter; footprint only"
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
      doc     = "the account it stands for"
      form    = "line"
      max     = 256
      default = ""
    }

    argument "integrity" {
      doc     = "its integrity level"
      one_of  = ["Untrusted", "Low", "AppContainer", "Medium", "High", "System"]
      default = ""
    }

    argument "version" {
      type = object
      doc  = "its program's version resource; what is usual for that program where nothing is given"
      argument "original_name" {
        doc     = "OriginalFileName"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "description" {
        doc     = "Description"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "product" {
        doc     = "Product"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "company" {
        doc     = "Company"
        form    = "line"
        max     = 256
        default = ""
      }

      argument "file_version" {
        doc     = "FileVersion"
        form    = "line"
        max     = 256
        default = ""
      }
    }
  }

  argument "pipe" {
    doc     = "the pipe's name"
    form    = "line"
    max     = 255
    default = "reenacted"
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
    doc  = "what write_log writes, and the channel that clear_log clears"
    argument "channel" {
      doc     = "the log's channel"
      form    = "channel"
      max     = 100
      default = "Application"
    }

    argument "provider" {
      doc     = "whose record it is"
      form    = "line"
      max     = 100
      default = "ringer"
    }

    argument "id" {
      type    = number
      doc     = "the event id"
      max     = 65535
      default = 1
    }

    argument "data" {
      type    = map
      doc     = "the record's named texts"
      form    = "text"
      max     = 32768
      default = {}
    }
  }

  argument "task" {
    type = object
    doc  = "the scheduled task"
    argument "name" {
      doc     = "its path among the tasks"
      form    = "path_below"
      max     = 255
      default = "\\Reenacted"
    }

    argument "xml" {
      doc     = "its definition; empty is one that starts nothing"
      form    = "content"
      max     = 32768
      default = ""
    }
  }

  argument "service" {
    type = object
    doc  = "the service that create_service enters"
    argument "name" {
      doc     = "its name"
      form    = "path_below"
      max     = 255
      default = "Reenacted"
    }

    argument "display" {
      doc     = "its title"
      form    = "line"
      max     = 255
      default = "Reenacted"
    }

    argument "image" {
      doc     = "the command line it would be started with"
      form    = "text"
      max     = 4096
      default = "C:\\ProgramData\\reenacted.exe"
    }

    argument "type" {
      type    = number
      doc     = "the registry's number of its type"
      min     = 1
      max     = 65535
      default = 16
    }

    argument "start" {
      type    = number
      doc     = "the registry's number of its start"
      max     = 4
      default = 3
    }

    argument "account" {
      doc     = "the account it would run as"
      form    = "line"
      max     = 255
      default = "LocalSystem"
    }
  }

  argument "wmi" {
    type = object
    doc  = "the object of a permanent WMI subscription"
    argument "kind" {
      doc     = "which of the three objects"
      one_of  = ["filter", "consumer", "binding"]
      default = "filter"
    }

    argument "data" {
      type    = map
      doc     = "the object's properties, as Sysmon names them"
      form    = "text"
      max     = 16384
      default = {}
    }
  }

  argument "directory" {
    type = object
    doc  = "what change_directory has changed: an account, a group, an object, a policy"
    argument "what" {
      doc     = "what is changed"
      one_of  = ["trust_added", "trust_removed", "audit_policy_changed", "user_created", "user_enabled", "password_changed", "password_reset", "user_disabled", "user_deleted", "user_changed", "user_locked", "global_group_created", "global_member_added", "global_member_removed", "global_group_deleted", "global_group_changed", "local_group_created", "local_member_added", "local_member_removed", "local_group_deleted", "local_group_changed", "universal_group_created", "universal_group_changed", "universal_member_added", "universal_member_removed", "universal_group_deleted", "domain_policy_changed", "computer_created", "computer_changed", "computer_deleted", "sid_history_added", "name_changed", "restore_password_set", "object_modified", "object_created", "object_moved", "object_deleted"]
      default = "user_created"
    }

    argument "data" {
      type    = map
      doc     = "the attributes of it, as audit records name them"
      form    = "text"
      max     = 16384
      default = {}
    }
  }

  locals {
    image = arg.process.image == "" ? "${local.system32}whoami.exe" : arg.process.image
    # Where a service does it on a process's behalf, that process is started first and the
    # service acts for it.
    serves = ["create_task", "change_task", "delete_task", "create_service", "subscribe_wmi", "change_directory"]
    note   = prefetch_note(local.image)
    # A program's stand-in for the name of a program, text for any other; both with what a
    # recording says of the content. A stream's reader looks at its beginning.
    plain   = contains([".exe", ".dll", ".sys", ".scr", ".com"], extension(arg.file)) ? "${program({})}# re-enacted\n" : inert("re-enacted")
    content = arg.content == "" ? local.plain : "${chomp(arg.content)}\r\n${inert("re-enacted")}"
    task    = arg.task.xml == "" ? local.blank_task : arg.task.xml
    file    = task_file(arg.task.name)
    log     = event_log_file(arg.record.channel)

    # What the host must have. What an act makes is not there before: a recording may have
    # it made twice. A log begins anew as where it is full: the sensor reports a file's
    # beginning only, and the same record may have been written before.
    absent = {
      create_file    = [arg.file]
      rename_file    = [arg.to]
      create_key     = [arg.key]
      set_value      = [arg.key]
      rename_key     = [arg.new_key]
      create_pipe    = [pipe_path(arg.pipe)]
      write_log      = [local.log]
      create_task    = [local.file]
      create_service = [service_key(arg.service.name)]
      subscribe_wmi  = [wmi_file({ kind = arg.wmi.kind, data = arg.wmi.data })]
      start          = [local.note]
      resolve        = [local.note]
      connect        = [local.note]
      load_library   = [local.note]
      access_process = [local.note]
    }
    made_in = {
      create_file = [folder_of(arg.file)]
      rename_file = [folder_of(arg.to)]
      create_key  = [folder_of(arg.key)]
      set_value   = [folder_of(arg.key)]
      rename_key  = [folder_of(arg.new_key)]
      create_task = [folder_of(local.file)]
    }
    there = {
      delete_file    = [{ path = arg.file, content = local.content }]
      rename_file    = [{ path = arg.file, content = local.content }]
      date_file      = [{ path = arg.file, content = local.content }]
      delete_value   = [{ path = arg.key, content = registry_value(arg.value.type, arg.value.data) }]
      clear_log      = [{ path = local.log, content = inert("record 1") }]
      change_task    = [{ path = local.file, content = task_toggled(task_marked(local.task)) }]
      delete_task    = [{ path = local.file, content = task_marked(local.task) }]
      load_library   = [{ path = arg.library.path, content = library({ for name, text in arg.library.version : name => trimprefix(text, "-") }, arg.library.signature, arg.library.status) }]
      access_process = [for path in arg.mapped : { path = path, content = library({}, "", "") }]
    }
    keys = { delete_key = [arg.key], rename_key = [arg.key] }
    grows = {
      open_pipe        = [{ path = pipe_path(arg.pipe), content = inert("a pipe's end") }]
      change_directory = [{ path = local.directory_changes_file, content = "${inert("the directory's changes")}\n" }]
    }
    # One of the programs that act is there anyway: what a process does to its own program it
    # does to that. So is a drive.
    programs = [for image in [local.image, arg.parent.image, arg.target.image] : lower(image)]
    given = [for place in concat(
      [for path in lookup(local.absent, arg.act, []) : { path = path, content = null, folder = false, absent = true, append = false }],
      [for path in lookup(local.made_in, arg.act, []) : { path = trimsuffix(path, "\\"), content = null, folder = true, absent = false, append = false }],
      [for file in lookup(local.there, arg.act, []) : { path = file.path, content = file.content, folder = false, absent = false, append = false }],
      [for path in lookup(local.keys, arg.act, []) : { path = path, content = null, folder = true, absent = false, append = false }],
      [for file in lookup(local.grows, arg.act, []) : { path = file.path, content = file.content, folder = false, absent = false, append = true }],
      [for path in [arg.process.folder, arg.parent.folder] : { path = trimsuffix(path, "\\"), content = null, folder = true, absent = false, append = false }],
    ) : place if strlen(place.path) > 2 && !contains(local.programs, lower(place.path))]
  }

  given {
    for_each = local.given
    path     = each.value.path
    content  = each.value.content
    folder   = each.value.folder
    absent   = each.value.absent
    append   = each.value.append
  }

  group {
    when = arg.parent.image == ""
    process "doer" {
      extends = template.reenacted
      with    = { says = arg, image = local.image, service = contains(local.serves, arg.act), content = local.content, note = local.note }
    }
  }
  process "parent" {
    when      = arg.parent.image != ""
    image     = arg.parent.image
    command   = arg.parent.command == "" ? null : arg.parent.command
    user      = arg.parent.user
    integrity = arg.parent.integrity == "" ? null : arg.parent.integrity
    folder    = arg.parent.folder
    version   = anytrue([for text in values(arg.parent.version) : text != ""]) ? { for name, text in arg.parent.version : name => trimprefix(text, "-") } : null
    resident  = true
    process "doer" {
      extends = template.reenacted
      with    = { says = arg, image = local.image, service = contains(local.serves, arg.act), content = local.content, note = local.note }
    }
  }

  process "scheduler" {
    when    = contains(["create_task", "change_task", "delete_task"], arg.act)
    extends = template.task_scheduler
    scheduled_task {
      when       = arg.act != "delete_task"
      name       = arg.task.name
      definition = local.task
      cached     = false
    }
    delete_task {
      when   = arg.act == "delete_task"
      name   = arg.task.name
      cached = false
    }
  }
  process "services" {
    when    = arg.act == "create_service"
    extends = template.service_control
    service {
      name    = arg.service.name
      display = arg.service.display
      image   = arg.service.image
      type    = tostring(arg.service.type)
      start   = tostring(arg.service.start)
      account = arg.service.account
    }
  }
  process "wmi" {
    when     = arg.act == "subscribe_wmi"
    image    = "${local.system32}svchost.exe"
    command  = "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Winmgmt"
    user     = local.system
    resident = true
    wmi_object {
      kind = arg.wmi.kind
      data = arg.wmi.data
    }
  }
  # The authority enters the change on the process's behalf, in the name of its account. No
  # such account is on the asset, or comes to it.
  process "authority" {
    when    = arg.act == "change_directory"
    extends = template.security_authority
    user    = arg.process.user
    directory_change {
      what = arg.directory.what
      data = arg.directory.data
    }
  }
}

# The process that does the act, or in whose name a service does it. A start is
# telemetry; whoever does something else had been running before. What leaves nothing on
# the disk is shown as on a real host by the prefetcher's note that the process ran; here
# that process writes it itself, last, so that it also shows that the acts before it were
# performed.
template "process" "reenacted" {
  argument "says" {
    type = any
  }
  argument "image" {}
  argument "service" {
    type = bool
  }
  argument "content" {}
  argument "note" {}

  locals {
    act    = with.says.act
    key    = folder_of(with.says.key)
    value  = base_name(with.says.key)
    target = with.says.target.image == "" ? "${local.system32}notepad.exe" : with.says.target.image
  }

  image     = with.image
  command   = with.says.process.command == "" ? null : with.says.process.command
  user      = with.says.process.user
  integrity = with.says.process.integrity == "" ? null : with.says.process.integrity
  folder    = with.says.process.folder
  version   = anytrue([for text in values(with.says.process.version) : text != ""]) ? { for name, text in with.says.process.version : name => trimprefix(text, "-") } : null
  resident  = local.act != "start" && !with.service

  write {
    when    = local.act == "create_file"
    path    = with.says.file
    content = with.content
    mode    = "0755"
  }
  remove {
    when = local.act == "delete_file"
    path = with.says.file
  }
  move {
    when = local.act == "rename_file"
    from = with.says.file
    to   = with.says.to
  }
  times {
    when = local.act == "date_file"
    path = with.says.file
    at   = with.says.time
  }
  pipe {
    when = contains(["create_pipe", "open_pipe"], local.act)
    name = with.says.pipe
    open = local.act == "open_pipe"
  }
  make_key {
    when = local.act == "create_key"
    key  = with.says.key
  }
  delete_key {
    when = local.act == "delete_key"
    key  = with.says.key
  }
  rename_key {
    when = local.act == "rename_key"
    key  = with.says.key
    to   = with.says.new_key
  }
  set_value {
    when = local.act == "set_value"
    key  = local.key
    name = local.value
    type = with.says.value.type
    data = with.says.value.data
  }
  delete_value {
    when = local.act == "delete_value"
    key  = local.key
    name = local.value
  }
  log_record {
    when     = local.act == "write_log"
    channel  = with.says.record.channel
    provider = with.says.record.provider
    id       = with.says.record.id
    data     = with.says.record.data
  }
  clear_log {
    when    = local.act == "clear_log"
    channel = with.says.record.channel
  }
  load {
    when = local.act == "load_library"
    path = with.says.library.path
  }
  # The libraries through which the target is said to have been accessed are mapped, and
  # the target is sent SIGCONT.
  load {
    for_each = local.act == "access_process" ? with.says.mapped : []
    path     = each.value
  }
  signal "target" {
    when      = local.act == "access_process"
    image     = local.target
    command   = with.says.target.command == "" ? null : with.says.target.command
    user      = with.says.target.user
    integrity = with.says.target.integrity == "" ? null : with.says.target.integrity
    folder    = with.says.target.folder
    version   = anytrue([for text in values(with.says.target.version) : text != ""]) ? { for name, text in with.says.target.version : name => trimprefix(text, "-") } : null
    resident  = true
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
  write {
    when    = contains(["start", "load_library", "access_process", "connect", "resolve"], local.act)
    path    = with.note
    content = inert("ran: ${local.act}")
  }
}
