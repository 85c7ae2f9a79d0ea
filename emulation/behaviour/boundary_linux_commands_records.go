package behaviour

// Call records on the billing host: looked for, packed, cut, sent away.

func linuxSearchCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: newer by time of access or of change than some file; numbers of a list, by grep,
		// and by another program that is to print names only.
		root.program("/usr/bin/find", "find /srv/mediation/out -anewer /root/.stamp"),
		root.program("/usr/bin/find", "find /srv/mediation/out -cnewer /root/.stamp"),
		root.program("/usr/bin/grep", "grep -rhf /root/numbers.txt /srv/mediation/out"),
		root.program("/usr/bin/rg", "rg -lF -f /root/numbers.txt /srv/mediation/out"),
		// Not seen: ranges of addresses, one number, a listing, newer files of another folder.
		root.program("/usr/bin/grepcidr", "grepcidr -f /root/ranges.txt /srv/mediation/out/mms_20210701.cdr"),
		root.program("/usr/bin/grep", "grep -F 491510000001 /srv/mediation/out/voice_20210701.cdr"),
		root.program("/usr/bin/ls", "ls -lf -F /srv/mediation/out"),
		root.program("/usr/bin/find", "find /srv/mediation/conf -newer /etc/hostname"),
	)
}

// A day's packing is counted once, so each packer has a day, and the rule that
// counts days loses one with each that it does not know.

func packingTar(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		root.program("/usr/bin/tar", "tar -czf /mnt/usb/out.tgz /srv/mediation/out"),
		// Seen, and no day's for the count: single files made smaller in place.
		root.program("/usr/bin/gzip", "gzip -k /srv/mediation/out/voice_20210701.cdr"),
		root.program("/usr/bin/xz", "xz -k /srv/mediation/out/voice_20210701.cdr"),
	)
}

func packingZip(c *caseBuilder) {
	c.addStarted(rootAtWork.login(), rootAtWork.program("/usr/bin/zip", "zip -r /mnt/usb/out.zip /srv/mediation/out"))
}

func packing7z(c *caseBuilder) {
	c.addStarted(rootAtWork.login(), rootAtWork.program("/usr/lib/p7zip/7z", "7z a /mnt/usb/out.7z /srv/mediation/out"))
}

func packing7za(c *caseBuilder) {
	c.addStarted(rootAtWork.login(), rootAtWork.program("/usr/lib/p7zip/7za", "7za a /mnt/usb/out.7z /srv/mediation/out"))
}

func packingRAR(c *caseBuilder) {
	c.addStarted(rootAtWork.login(), rootAtWork.program("/usr/bin/rar", "rar a /mnt/usb/out.rar /srv/mediation/out"))
}

// A packer that is not listed is known by the archive it makes; and who lies in a
// copy of mediation's folder is not mediation.
func packingBsdtar(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.daemon("/mnt/restored/opt/mediation/bin/collector", "/mnt/restored/opt/mediation/bin/collector"),
		root.program("/usr/bin/bsdtar", "bsdtar -czf /home/billing/out.tgz -C /srv/mediation/out ."))
}

func packingNot(c *caseBuilder) {
	root, mediation := rootAtWork, session{user: "mediation", dir: "/srv/mediation"}
	c.addStarted(root.login(),
		// Not seen: an archive's list of contents, one packed elsewhere by a name in capitals,
		// mediation's configuration.
		root.program("/usr/bin/zipinfo", "zipinfo -1 /srv/mediation/out/returned.zip"),
		root.program("/usr/bin/bsdtar", "bsdtar -cf /home/billing/OUT.TAR -C /srv/mediation/out ."),
		root.program("/usr/bin/tar", "tar -czf /root/conf.tgz /srv/mediation/conf"),
	)
	// Not seen: mediation, which packs what was delivered.
	c.addStarted(mediation.daemon("/opt/mediation/bin/collector", "/opt/mediation/bin/collector --daily"),
		mediation.program("/usr/bin/tar", "tar -czf /srv/mediation/done/20210702.tgz -C /srv/mediation/out ."))
}

func linuxHiddenFolderCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each tool, in each of the folders, whatever the file's name.
		root.program("/usr/bin/tar", "tar -cf /tmp/.sys/a.dat /root"),
		root.program("/usr/bin/zip", "zip /dev/shm/.sys/b.dat /root/b"),
		root.program("/usr/lib/p7zip/7z", "7z a /var/tmp/.sys/c.dat /root/c"),
		root.program("/usr/bin/gzip", "gzip /tmp/.sys/d"),
		root.program("/usr/bin/xz", "xz /tmp/.sys/e"),
		root.program("/usr/bin/openssl", "openssl enc -aes-256-cbc -in /root/f -out /tmp/.sys/f"),
		root.program("/usr/bin/gpg", "gpg -c /tmp/.sys/g"),
		root.program("/usr/bin/split", "split -n 4 /tmp/.sys/h"),
		// Seen: tools by other names, known by the sizes of pieces and by the archive's name.
		root.program("/usr/bin/busybox", "busybox split -b 10m /tmp/.sys/h"),
		root.program("/usr/bin/bsdtar", "bsdtar -czf /tmp/.sys/i.tgz /root"),
		// Not seen: a packed file's contents listed, sizes in megabytes, a vendor's name in capitals.
		root.program("/usr/bin/zipinfo", "zipinfo /tmp/.mount_viewer/app.jar"),
		root.program("/usr/bin/du", "du -s -B 1M /tmp/.X11-unix"),
		root.program("/usr/bin/unzip", "unzip -l /tmp/.driver/DRIVER.ZIP"),
	)
}

func linuxSendingCases(c *caseBuilder) {
	root := rootAtWork
	c.addStarted(root.login(),
		// Seen: each tool, and each folder, to hosts where one is whoever one is here.
		root.program("/usr/bin/scp", "scp /tmp/p.aa web02:/srv/in/"),
		root.program("/usr/bin/sftp", "sftp -b /var/tmp/batch web02"),
		root.program("/usr/bin/rsync", "rsync -a /dev/shm/p.aa web02:/srv/in/"),
		root.program("/usr/bin/scp", "scp /root/.cache/p.aa web02:/srv/in/"),
		// Seen: another program that sends like scp, and a page put where it is served.
		root.program("/usr/bin/pscp", "pscp /tmp/p.aa mia@web02:/srv/in/"),
		root.program("/usr/bin/pscp", "pscp /root/index.php mia@web02:/var/www/portal/"),
		// Not seen: the server's side, which says where it begins, and the receiving end.
		root.program("/usr/lib/openssh/sftp-server", "/usr/lib/openssh/sftp-server -d /tmp/incoming"),
		root.program("/usr/bin/rsync", "rsync --server -logDtpre.iLsfxC . /tmp/incoming/"),
		// Not seen: folders of shares whose names are in capitals.
		root.program("/usr/bin/pscp", "pscp /TMP/site.tgz mia@nas01:/VAR/WWW/"),
	)
}
