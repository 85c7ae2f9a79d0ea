# What the portal does of itself and what its keepers do: workers write pages of their
# own and start programs, and that is no one's back door.
ordinary_day "web_day" {
  extends = template.server
  summary = "requests, a template cache, mail and pictures made by workers, deployment, certificate renewal, log rotation, an administrator's edit"
  hosts   = ["web"]

  # They begin a session, which PHP keeps as a file.
  activity "requests" {
    summary = "customers look at their bills"
    process "bill" {
      extends = template.web_request
      with    = { path = "/account.php", query = "view=bill" }
    }
    process "script" {
      extends = template.web_request
      with    = { path = "/assets/js/main.js" }
    }
    process "worker" {
      extends = template.php_worker
      write {
        path    = "/var/lib/php/sessions/sess_7h2q4"
        content = inert("a session")
      }
    }
  }
  # A worker writes PHP files, as Twig compiles templates.
  activity "template_cache" {
    summary = "a worker compiles a template"
    process "worker" {
      extends = template.php_worker
      write {
        path    = "${local.portal}var/cache/twig/3f/3f9ac2e1.php"
        content = inert("a compiled template")
      }
    }
  }
  # PHP's mail() goes through a shell.
  activity "mail_and_pictures" {
    summary = "a worker sends a mail and makes a picture smaller"
    locals {
      convert = "/usr/bin/convert avatar.png -resize 64x64 ${local.portal}uploads/avatar_small.png"
    }
    process "worker" {
      extends = template.php_worker
      process "shell" {
        extends = template.shell_line
        with    = { line = "/usr/sbin/sendmail -t -i" }
        process "sendmail" {
          image   = "/usr/sbin/sendmail"
          command = "/usr/sbin/sendmail -t -i"
        }
      }
      process "shell_picture" {
        extends = template.shell_line
        with    = { line = local.convert }
        process "convert" {
          image   = "/usr/bin/convert"
          command = local.convert
          write {
            path    = "${local.portal}uploads/avatar_small.png"
            content = inert("a picture")
          }
        }
      }
    }
  }
  activity "invoice" {
    summary = "a worker prints an invoice"
    process "worker" {
      extends = template.php_worker
      process "printer" {
        image   = "/usr/bin/wkhtmltopdf"
        command = "/usr/bin/wkhtmltopdf bill.html /tmp/invoice.pdf"
        write {
          path    = "/tmp/invoice.pdf"
          content = inert("an invoice")
        }
      }
    }
  }
  # It is Debian's job for PHP's sessions.
  activity "session_clean_up" {
    summary = "a cron job deletes sessions that have ended"
    given {
      path    = "/var/lib/php/sessions/sess_0k3v9"
      content = inert("an ended session")
    }
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = "[ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean" }
        process "find" {
          image   = "/usr/bin/find"
          command = "find -O3 /var/lib/php/sessions/ -ignore_readdir_race -depth -mindepth 1 -name sess_* -type f -cmin +24 -delete"
          remove { path = "/var/lib/php/sessions/sess_0k3v9" }
        }
      }
    }
  }
  # It pushes pages from the build host: rsync writes a temporary name, keeps the times of
  # its source and renames.
  activity "deployment" {
    summary = "pages are deployed from the build host"
    locals {
      part = "${local.portal}.account.php.x8Rq1Z"
    }
    process "sshd" {
      image    = "/usr/sbin/sshd"
      command  = "sshd: deploy@notty"
      user     = "deploy"
      folder   = "/home/deploy"
      resident = true
      process "rsync" {
        image   = "/usr/bin/rsync"
        command = "rsync --server -logDtpre.iLsfxC . ${local.portal}"
        write {
          path    = local.part
          content = inert("account page, next version")
          proven  = false
        }
        times {
          path   = local.part
          like   = "${local.portal}index.php"
          proven = false
        }
        move {
          from   = local.part
          to     = "${local.portal}account.php"
          proven = false
        }
      }
    }
    prove {
      holds {
        path    = "${local.portal}account.php"
        content = inert("account page, next version")
      }
    }
  }
  # It is certbot's run from its timer, with the server's reload.
  activity "certificate_renewal" {
    summary = "the site's certificate is renewed"
    process "init" {
      extends = template.root_writer
      image   = "/usr/lib/systemd/systemd"
      command = "/sbin/init"
      process "certbot" {
        image = "/usr/bin/python3.11"
        argv  = ["/usr/bin/python3", "/usr/bin/certbot", "-q", "renew", "--deploy-hook", "systemctl reload nginx"]
        write {
          path    = "/etc/letsencrypt/live/selfcare/fullchain.pem"
          content = inert("no certificate either")
        }
        process "shell" {
          extends = template.shell_line
          with    = { line = "systemctl reload nginx" }
          process "systemctl" {
            image   = "/usr/bin/systemctl"
            command = "systemctl reload nginx"
          }
        }
      }
    }
  }
  activity "log_rotation" {
    summary = "logs are rotated"
    locals {
      job = "/usr/sbin/logrotate /etc/logrotate.conf"
      log = "/var/log/nginx/access.log"
    }
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = local.job }
        process "logrotate" {
          image   = "/usr/sbin/logrotate"
          command = local.job
          move {
            from   = "${local.log}.1"
            to     = "${local.log}.2"
            proven = false
          }
          process "gzip" {
            image   = "/usr/bin/gzip"
            command = "/bin/gzip"
            copy {
              from   = "${local.log}.2"
              to     = "${local.log}.2.gz"
              proven = false
            }
          }
          process "shell" {
            extends = template.shell_line
            with    = { line = "invoke-rc.d nginx rotate" }
            process "kill" {
              image   = "/usr/bin/kill"
              command = "kill -USR1 610"
            }
          }
        }
      }
    }
    prove {
      gone { path = "${local.log}.1" }
      same_as {
        path = "${local.log}.2.gz"
        as   = "${local.log}.2"
      }
    }
  }
  activity "log_report" {
    summary = "a nightly job counts requests"
    process "cron" {
      extends = template.cron_job
      user    = "root"
      folder  = "/"
      process "shell" {
        extends = template.shell_line
        with    = { line = "goaccess /var/log/nginx/access.log -o /var/lib/goaccess/report.html" }
        process "goaccess" {
          image   = "/usr/bin/goaccess"
          command = "goaccess /var/log/nginx/access.log -o /var/lib/goaccess/report.html"
          write {
            path    = "/var/lib/goaccess/report.html"
            content = inert("no request")
          }
        }
      }
    }
  }
  activity "administrator_edit" {
    summary = "an administrator changes the site's configuration"
    process "login" {
      extends = template.login_shell
      user    = host.accounts.admin
      folder  = "/root"
      process "vim" {
        image   = "/usr/bin/vim.basic"
        command = "vi /etc/nginx/sites-enabled/selfcare.conf"
        write {
          path    = "/etc/nginx/sites-enabled/selfcare.conf"
          content = inert_comment("server { root /var/www/selfcare; gzip on; }")
        }
      }
      process "check" {
        image   = "/usr/sbin/nginx"
        command = "nginx -t"
      }
      process "tail" {
        image   = "/usr/bin/tail"
        command = "tail -n 50 /var/log/nginx/access.log"
      }
      process "touch" {
        image   = "/usr/bin/touch"
        command = "touch /var/www/selfcare/index.php"
        append {
          path    = "${local.portal}index.php"
          content = inert("")
          proven  = false
        }
      }
      process "reload" {
        image   = "/usr/bin/systemctl"
        command = "systemctl reload nginx"
      }
    }
  }
}
