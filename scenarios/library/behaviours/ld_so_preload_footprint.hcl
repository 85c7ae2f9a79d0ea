behaviour "ld_so_preload_footprint" {
  attack    = ["T1574.006"]
  actors    = ["emissary_panda"]
  platform  = linux
  hosts     = ["billing", "web"]
  phase     = persistence
  summary   = "write a comment, and no library, into the asset's own /etc/ld.so.preload: a footprint, nothing is loaded"
  footprint = "a writer started from root's shell, the file"
  undo      = "remove the file"
  source    = "not reported of any of the three; traces on Linux hosts were erased for years, and this is the classic place for it: by analogy only"

  argument "writer" {
    doc     = "who writes it: tee, or the shell by a redirection, which makes no process"
    one_of  = ["tee", "shell"]
    default = "tee"
  }

  # The file names no path: the loader, did it read it, would find none.
  process "login" {
    extends = template.login_shell
    user    = host.accounts.admin
    folder  = "/root"
    process "tee" {
      when    = arg.writer == "tee"
      image   = "/usr/bin/tee"
      command = "tee /etc/ld.so.preload"
      write {
        path    = "/etc/ld.so.preload"
        content = inert_comment("# no library")
      }
    }
    write {
      when    = arg.writer == "shell"
      path    = "/etc/ld.so.preload"
      content = inert_comment("# no library")
    }
  }
}
