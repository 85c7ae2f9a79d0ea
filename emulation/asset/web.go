package asset

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Web stands for the carrier's self-care portal. Pages are plain text: there is
// no interpreter on the asset that would run them.
var _ = register(func() Kind {
	return Kind{
		Name:     "web",
		Platform: effect.Linux,
		Summary:  "web host: a self-care portal behind nginx with PHP workers, and an Apache beside it",
		Hostname: "WEB01",
		Accounts: map[string]string{"admin": "root", "service": "www-data"},
		Services: []string{Nginx},
		Files: append(linuxBase("WEB01",
			artifact.LinuxAccount{Name: "www-data", Password: "x", UID: 33, GID: 33, Comment: "www-data", Home: "/var/www", Shell: "/usr/sbin/nologin"},
			artifact.LinuxAccount{Name: "deploy", Password: "x", UID: 1004, GID: 1004, Comment: "Deployment", Home: "/home/deploy", Shell: "/bin/bash"},
		),
			auditRules("-w /var/www/ -p wa -k webroot_write", "-w /etc/nginx/ -p wa -k web_config"),
			File{Path: "/var/www/selfcare/index.php", Content: textPage("start page"), Days: 420},
			File{Path: "/var/www/selfcare/upload.php", Content: textPage("picture upload"), Days: 420},
			File{Path: "/var/www/selfcare/account.php", Content: textPage("account page"), Days: 90},
			File{Path: "/var/www/selfcare/assets/css/main.css", Content: textLines("body { margin: 0 }"), Days: 420},
			File{Path: "/var/www/selfcare/assets/js/main.js", Content: textLines("// main"), Days: 420},
			File{Path: "/var/www/selfcare/assets/img", Folder: true},
			File{Path: "/var/www/selfcare/uploads", Folder: true},
			File{Path: "/var/www/selfcare/var/cache/twig", Folder: true},
			File{Path: "/etc/nginx/nginx.conf", Content: textLines("user www-data;", "worker_processes 2;"), Days: 420},
			File{Path: "/etc/nginx/sites-enabled/selfcare.conf", Content: textLines("server { root /var/www/selfcare; }"), Days: 420},
			File{Path: "/etc/letsencrypt/live/selfcare/fullchain.pem", Content: textLines("no certificate: " + artifact.Marker), Days: 60},
			File{Path: "/etc/logrotate.d/nginx", Content: textLines("/var/log/nginx/*.log { daily rotate 14 compress }"), Days: 420},
			File{Path: artifact.NginxAccessLog, Content: textLines(`192.0.2.31 - - [01/Mar/2021:07:59:58 +0000] "GET /index.php HTTP/1.1" 200 512 "-" "Mozilla/5.0"`), Mode: 0o640, Days: 1},
			File{Path: "/var/log/nginx/access.log.1", Content: textLines(`192.0.2.30 - - [28/Feb/2021:07:59:58 +0000] "GET /index.php HTTP/1.1" 200 512 "-" "Mozilla/5.0"`), Mode: 0o640, Days: 2},
			File{Path: artifact.ApacheAccessLog, Content: textLines(`192.0.2.31 - - [01/Mar/2021:07:59:58 +0000] "GET /index.php HTTP/1.1" 200 512 "-" "Mozilla/5.0"`), Mode: 0o640, Days: 1},
			File{Path: "/home/deploy/.bash_history", Content: textLines("rsync -a build/ /var/www/selfcare/"), Mode: 0o600, Days: 30},
		),
	}
})

func textPage(title string) []byte { return textLines("plain text: "+title, artifact.Marker) }
