# Stands for the carrier's self-care portal. Pages are plain text: there is no
# interpreter on the asset that would run them.
host "web" {
  extends  = template.linux
  platform = linux
  summary  = "web host: a self-care portal behind nginx with PHP workers, and an Apache beside it"
  hostname = "WEB01"
  accounts = { admin = "root", service = "www-data" }
  services = ["nginx"]
  users = [
    { name = "www-data", uid = 33, gid = 33, comment = "www-data", home = "/var/www", shell = "/usr/sbin/nologin" },
    { name = "deploy", uid = 1004, gid = 1004, comment = "Deployment", home = "/home/deploy", shell = "/bin/bash" },
  ]

  file {
    path    = "/etc/audit/audit.rules"
    content = "${join("\n", concat(local.audit_rules, ["-w /var/www/ -p wa -k webroot_write", "-w /etc/nginx/ -p wa -k web_config"]))}\n"
    mode    = "0640"
    days    = 400
  }
  file {
    path    = "/var/www/selfcare/index.php"
    content = "plain text: start page\n${local.marker}\n"
    days    = 420
  }
  file {
    path    = "/var/www/selfcare/upload.php"
    content = "plain text: picture upload\n${local.marker}\n"
    days    = 420
  }
  file {
    path    = "/var/www/selfcare/account.php"
    content = "plain text: account page\n${local.marker}\n"
    days    = 90
  }
  file {
    path    = "/var/www/selfcare/assets/css/main.css"
    content = "body { margin: 0 }\n"
    days    = 420
  }
  file {
    path    = "/var/www/selfcare/assets/js/main.js"
    content = "// main\n"
    days    = 420
  }
  folder {
    for_each = [
      "/var/www/selfcare/assets/img",
      "/var/www/selfcare/uploads",
      "/var/www/selfcare/var/cache/twig",
    ]
    path = each.value
  }
  file {
    path    = "/etc/nginx/nginx.conf"
    content = "user www-data;\nworker_processes 2;\n"
    days    = 420
  }
  file {
    path    = "/etc/nginx/sites-enabled/selfcare.conf"
    content = "server { root /var/www/selfcare; }\n"
    days    = 420
  }
  file {
    path    = "/etc/letsencrypt/live/selfcare/fullchain.pem"
    content = "no certificate: ${local.marker}\n"
    days    = 60
  }
  file {
    path    = "/etc/logrotate.d/nginx"
    content = "/var/log/nginx/*.log { daily rotate 14 compress }\n"
    days    = 420
  }
  file {
    path    = "/var/log/nginx/access.log"
    content = "192.0.2.31 - - [01/Mar/2021:07:59:58 +0000] \"GET /index.php HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/var/log/nginx/access.log.1"
    content = "192.0.2.30 - - [28/Feb/2021:07:59:58 +0000] \"GET /index.php HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n"
    mode    = "0640"
    days    = 2
  }
  file {
    path    = "/var/log/apache2/access.log"
    content = "192.0.2.31 - - [01/Mar/2021:07:59:58 +0000] \"GET /index.php HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n"
    mode    = "0640"
    days    = 1
  }
  file {
    path    = "/home/deploy/.bash_history"
    content = "rsync -a build/ /var/www/selfcare/\n"
    mode    = "0600"
    days    = 30
  }
}
