package behaviour

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// webDay has what the portal does of itself and what its keepers do: workers
// write pages of their own and start programs, and that is no one's back door.
var _ = registerBaseline(Baseline{
	Name:       "web_day",
	Summary:    "requests, a template cache, mail and pictures made by workers, deployment, certificate renewal, log rotation, an administrator's edit",
	Activities: map[string][]Activity{"web": slices.Concat(webDay, serverDay)},
})

var webDay = []Activity{
	{"requests", "customers look at their bills", requests},
	{"template_cache", "a worker compiles a template", templateCache},
	{"mail_and_pictures", "a worker sends a mail and makes a picture smaller", workerPrograms},
	{"invoice", "a worker prints an invoice", invoice},
	{"session_clean_up", "a cron job deletes sessions that have ended", sessionCleanUp},
	{"deployment", "pages are deployed from the build host", deployment},
	{"certificate_renewal", "the site's certificate is renewed", certificateRenewal},
	{"log_rotation", "logs are rotated", webLogRotation},
	{"log_report", "a nightly job counts requests", logReport},
	{"administrator_edit", "an administrator changes the site's configuration", webAdminEdit},
}

func phpWorker(on asset.Host, acts ...effect.Act) effect.Process {
	return session{user: on.Account("service"), dir: "/var/www/selfcare"}.daemon("/usr/sbin/php-fpm8.2", "php-fpm: pool www", acts...)
}

// requests begin a session, which PHP keeps as a file.
func requests(on asset.Host) effect.StepPlan {
	begun := effect.Write{Path: "/var/lib/php/sessions/sess_7h2q4", Content: artifact.Marked("a session")}
	return effect.StepPlan{
		Processes: []effect.Process{webRequest(on, "php_fpm", "GET /account.php?view=bill"), webRequest(on, "php_fpm", "GET /assets/js/main.js"), phpWorker(on, begun)},
		Checks:    []effect.Check{effect.ContentIs{Path: begun.Path, Content: begun.Content}},
	}
}

// templateCache is a worker that writes PHP files, as Twig compiles templates.
func templateCache(on asset.Host) effect.StepPlan {
	const compiled = portal + "var/cache/twig/3f/3f9ac2e1.php"
	return effect.StepPlan{
		Processes: []effect.Process{phpWorker(on, effect.Write{Path: compiled, Content: artifact.Marked("a compiled template")})},
		Checks:    []effect.Check{effect.ContentIs{Path: compiled, Content: artifact.Marked("a compiled template")}},
	}
}

// workerPrograms are what the portal's pages start. PHP's mail() goes through a
// shell.
func workerPrograms(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/var/www/selfcare"}
	const picture = portal + "uploads/avatar_small.png"
	return effect.StepPlan{
		Processes: []effect.Process{phpWorker(on,
			at.sh("/usr/sbin/sendmail -t -i", at.run("/usr/sbin/sendmail", words("/usr/sbin/sendmail -t -i"))),
			at.sh("/usr/bin/convert avatar.png -resize 64x64 "+picture,
				at.run("/usr/bin/convert", words("/usr/bin/convert avatar.png -resize 64x64 "+picture), effect.Write{Path: picture, Content: artifact.Marked("a picture")})),
		)},
		Checks: []effect.Check{effect.ContentIs{Path: picture, Content: artifact.Marked("a picture")}},
	}
}

func invoice(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("service"), dir: "/var/www/selfcare"}
	made := effect.Write{Path: "/tmp/invoice.pdf", Content: artifact.Marked("an invoice")}
	return effect.StepPlan{
		Processes: []effect.Process{phpWorker(on, at.run("/usr/bin/wkhtmltopdf", words("/usr/bin/wkhtmltopdf bill.html "+made.Path), made))},
		Checks:    []effect.Check{effect.ContentIs{Path: made.Path, Content: made.Content}},
	}
}

// sessionCleanUp is Debian's job for PHP's sessions.
func sessionCleanUp(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const ended, job = "/var/lib/php/sessions/sess_0k3v9", "/usr/lib/php/sessionclean"
	return effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: ended, Content: artifact.Marked("an ended session")}},
		Processes: []effect.Process{at.cron("[ -x "+job+" ] && "+job,
			at.run("/usr/bin/find", words("find -O3 /var/lib/php/sessions/ -ignore_readdir_race -depth -mindepth 1 -name sess_* -type f -cmin +24 -delete"), effect.Remove{Path: ended}))},
		Checks: []effect.Check{effect.Gone{Path: ended}},
	}
}

func logReport(asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	report := effect.Write{Path: "/var/lib/goaccess/report.html", Content: artifact.Marked("no request")}
	line := "goaccess /var/log/nginx/access.log -o " + report.Path
	return effect.StepPlan{
		Processes: []effect.Process{at.cron(line, at.run("/usr/bin/goaccess", words(line), report))},
		Checks:    []effect.Check{effect.ContentIs{Path: report.Path, Content: report.Content}},
	}
}

// deployment pushes pages from the build host: rsync writes a temporary name,
// keeps the times of its source and renames.
func deployment(on asset.Host) effect.StepPlan {
	at := session{user: "deploy", dir: "/home/deploy"}
	const page, part = portal + "account.php", portal + ".account.php.x8Rq1Z"
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/sbin/sshd", "sshd: deploy@notty",
			at.run("/usr/bin/rsync", words("rsync --server -logDtpre.iLsfxC . "+portal),
				effect.Write{Path: part, Content: artifact.Marked("account page, next version")}, effect.SetTimes{Path: part, Like: portal + "index.php"},
				effect.Move{From: part, To: page}))},
		Checks: []effect.Check{effect.ContentIs{Path: page, Content: artifact.Marked("account page, next version")}},
	}
}

// certificateRenewal is certbot's run from its timer, with the server's reload.
func certificateRenewal(on asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const chain = "/etc/letsencrypt/live/selfcare/fullchain.pem"
	return effect.StepPlan{
		Processes: []effect.Process{at.daemon("/usr/lib/systemd/systemd", "/sbin/init",
			at.run("/usr/bin/python3.11", []string{"/usr/bin/python3", "/usr/bin/certbot", "-q", "renew", "--deploy-hook", "systemctl reload nginx"},
				effect.Write{Path: chain, Content: artifact.Marked("no certificate either")},
				at.sh("systemctl reload nginx", at.run("/usr/bin/systemctl", words("systemctl reload nginx")))))},
		Checks: []effect.Check{effect.ContentIs{Path: chain, Content: artifact.Marked("no certificate either")}},
	}
}

func webLogRotation(on asset.Host) effect.StepPlan {
	at := session{user: "root", dir: "/"}
	const job, log = "/usr/sbin/logrotate /etc/logrotate.conf", "/var/log/nginx/access.log.1"
	return effect.StepPlan{
		Processes: []effect.Process{at.cron(job, at.run("/usr/sbin/logrotate", words(job),
			effect.Move{From: log, To: "/var/log/nginx/access.log.2"},
			at.run("/usr/bin/gzip", words("/bin/gzip"), effect.Copy{From: "/var/log/nginx/access.log.2", To: "/var/log/nginx/access.log.2.gz"}),
			at.sh("invoke-rc.d nginx rotate", at.run("/usr/bin/kill", words("kill -USR1 610")))))},
		Checks: []effect.Check{effect.Gone{Path: log}, effect.SameAs{Path: "/var/log/nginx/access.log.2.gz", As: "/var/log/nginx/access.log.2"}},
	}
}

func webAdminEdit(on asset.Host) effect.StepPlan {
	at := session{user: on.Account("admin"), dir: "/root"}
	const conf = "/etc/nginx/sites-enabled/selfcare.conf"
	text := artifact.MarkedComment("server { root /var/www/selfcare; gzip on; }")
	return effect.StepPlan{
		Processes: []effect.Process{at.login(
			at.run("/usr/bin/vim.basic", words("vi "+conf), effect.Write{Path: conf, Content: text}),
			at.run("/usr/sbin/nginx", words("nginx -t")),
			at.run("/usr/bin/tail", words("tail -n 50 /var/log/nginx/access.log")),
			at.run("/usr/bin/touch", words("touch /var/www/selfcare/index.php"), effect.Append{Path: portal + "index.php", Content: artifact.Marked("")}),
			at.run("/usr/bin/systemctl", words("systemctl reload nginx")))},
		Checks: []effect.Check{effect.ContentIs{Path: conf, Content: text}},
	}
}
