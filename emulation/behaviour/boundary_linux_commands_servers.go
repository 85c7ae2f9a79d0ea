package behaviour

// Programs that a server starts: the database's, and the web server's.

func linuxDatabaseCases(c *caseBuilder) {
	server := session{user: "postgres", dir: "/var/lib/postgresql/15/main"}
	maria := session{user: "mysql", dir: "/var/lib/mysql"}
	const bin = "/usr/lib/postgresql/15/bin/"
	// Seen: each server, and each shell.
	c.addStarted(maria.daemon("/usr/sbin/mysqld", "/usr/sbin/mysqld"), maria.sh("uptime").Process)
	c.addStarted(maria.daemon("/usr/sbin/mariadbd", "/usr/sbin/mariadbd"), maria.program("/usr/bin/bash", "bash -c uptime"))
	c.addStarted(server.daemon(bin+"postgres", "postgres: postgres cdr [local] COPY"),
		server.program("/usr/bin/sh", "sh -c uptime"), // where sh is a program of its own
		// Not seen: an extension's tool, and what archives or restores the log.
		server.program("/usr/bin/sha256sum", "sha256sum base/1/2619"),
		server.sh(`pgbackrest --stanza=billing archive-get 000000010000000000000042 "pg_wal/RECOVERYXLOG"`).Process,
		server.sh(`barman-wal-archive backup01 billing "pg_wal/000000010000000000000042"`).Process,
	)
	// Not seen: a line that an administrator gives to the client's own prompt.
	c.addStarted(server.daemon(bin+"psql", "psql cdr"), server.sh("uptime").Process)
}

func linuxWebWorkerCases(c *caseBuilder) {
	php, web := session{user: "www-data", dir: "/var/www"}, session{user: "nginx", dir: "/"}
	apache := session{user: "apache", dir: "/"}
	// Seen: each server that starts a program itself.
	c.addStarted(php.daemon("/usr/sbin/php-fpm8.2", "php-fpm: pool www"), php.program("/usr/bin/hostname", "hostname -f"))
	c.addStarted(apache.daemon("/usr/sbin/httpd", "/usr/sbin/httpd -DFOREGROUND"), apache.program("/usr/bin/ip", "ip addr"))
	c.addStarted(web.daemon("/usr/sbin/nginx", "nginx: worker process"), web.program("/usr/bin/ss", "ss -tn"))
	c.addStarted(php.daemon("/usr/sbin/lighttpd", "/usr/sbin/lighttpd -D"), php.program("/usr/bin/netstat", "netstat -tn"))
	// Seen: each account whose shell starts one.
	c.addStarted(apache.daemon("/usr/bin/dash", "sh -c w"), apache.program("/usr/bin/w", "w"))
	c.addStarted(web.daemon("/usr/bin/bash", "bash -c who; last"), web.program("/usr/bin/who", "who"), web.program("/usr/bin/last", "last"))

	// Not seen: a program of monitoring's that is named after the server.
	monitor := session{user: "prometheus", dir: "/"}
	c.addStarted(monitor.daemon("/usr/bin/nginx-prometheus-exporter", "nginx-prometheus-exporter"), monitor.program("/usr/bin/hostname", "hostname"))
	// Not seen: an account that is named after the server's, and a cron job of the server's.
	reader := session{user: "apache-logs", dir: "/"}
	c.addStarted(reader.daemon("/usr/bin/dash", "sh -c hostname"), reader.program("/usr/bin/hostname", "hostname"))
	c.addStarted(php.daemon("/usr/bin/dash", "/bin/sh -c hostname"), php.program("/usr/bin/hostname", "hostname"))
}
