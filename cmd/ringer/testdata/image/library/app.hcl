log_source "app_access" {
  product  = "nginx"
  category = "webserver"
  file     = "/var/log/app/access.log"
  format   = "regex"
  pattern  = "^(?P<client>\\S+) \\S+ \\S+ \\[[^\\]]+\\] \"(?P<method>\\S+) (?P<uri>\\S+) [^\"]*\" (?P<status>\\d+) "
  fields   = { client = "c-ip", method = "cs-method", uri = "cs-uri-stem", status = "sc-status" }
}

host "app" {
  extends  = host.image
  summary  = "an application of nginx and PHP-FPM, in an image of one's own"
  logs     = [log_source.app_access]
}

behaviour "app_page_written" {
  attack    = ["T1505.003"]
  platform  = linux
  hosts     = ["app"]
  phase     = persistence
  summary   = "have the application's own worker leave a page below its document root"
  footprint = "a file with a script's extension written by PHP-FPM's worker, a line in the access log"
  undo      = "restore the folders that the image can write to"
  source    = "none: a page of the image's own writes it, whatever it is asked"

  process "visitor" {
    image   = "/usr/bin/browser"
    command = "browser"
    remote  = true
    request {
      method = "POST"
      path   = "/index.php"
      from   = "198.51.100.7"
      agent  = "Mozilla/5.0"
    }
  }
  prove {
    holds {
      path    = "/var/www/app/uploads/locale_th.php"
      content = "plain text in the place of a page\n"
    }
  }
}
