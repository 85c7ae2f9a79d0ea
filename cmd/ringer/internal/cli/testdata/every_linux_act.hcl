# Each act of a Linux host on its own, and what its kinds of file systems do to some, for
# the comparison with the kernel's own record: no rule is asked.
scenario "every-linux-act" {
  title      = "Every act of a Linux host"
  attack     = "19.0"
  references = ["ours"]
}

asset "web" "portal" {
  hostname = "WEB01"
}

step "reenact_linux" "start" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "start"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "create_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "create_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "append_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "append_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "copy_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "copy_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "rename_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "rename_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "delete_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "delete_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "empty_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "empty_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "date_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "date_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "change_mode" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "change_mode"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "link_file" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "link_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "pack_files" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "pack_files"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "create_folder" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "create_folder"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "delete_folder" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "delete_folder"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "load_library" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "load_library"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "signal_process" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "signal_process"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "connect" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "connect"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "resolve" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "resolve"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "write_log" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "write_log"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
  }
}

step "reenact_linux" "across" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "rename_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
    file    = "/var/tmp/across.txt"
    to      = "/etc/cron.d/across"
  }
}

step "reenact_linux" "elsewhere" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "create_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
    file    = "/data/elsewhere.txt"
  }
}

step "reenact_linux" "shared" {
  on        = asset.portal
  at        = "0d"
  technique = "T1059.004"

  with {
    act     = "create_file"
    process = { image = "/usr/bin/a-name-longer-than-the-kernels", command = "a-name-longer-than-the-kernels -x 'two words'", folder = "/var/tmp" }
    parent  = { image = "/bin/sh", command = "-sh" }
    file    = "/dev/shm/.shared"
  }
}
