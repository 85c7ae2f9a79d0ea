//go:build linux

package daemon

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// nginx serves the portal's own files as text: there is nothing on the asset
// that could run them.
type nginx struct{ home, pages, logs string }

// webAddress is where it listens.
func webAddress() string { return fmt.Sprintf("127.0.0.1:%d", effect.WebPort) }

// markPath answers the agent, and is not logged.
const markPath = "/." + clientName

// nginxConf is its configuration. The page's address is what the header of a load balancer says, as on a portal
// behind one. A form sent to a page gets the page. The log is written when an
// answer is complete; lingering would put that off.
const nginxConf = `daemon off;
worker_processes 1;
pid {home}/pid;
error_log {logs}/error.log;
events { worker_connections 64; }
http {
  access_log {logs}/access.log combined;
  default_type text/plain;
  types { text/css css; image/png png; }
  server_tokens off;
  lingering_close off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  set_real_ip_from 127.0.0.0/8;
  real_ip_header X-Forwarded-For;
  server {
    listen {address};
    root {pages};
    index index.php;
    error_page 405 =200 $uri;
    location /selfcare/ { alias {pages}/; error_page 405 =200 $uri; }
    location = {mark} { access_log off; return 204; }
  }
}
`

// noContent is the status with which the mark's page answers.
const noContent = 204

func (n *nginx) prepare() ([]string, error) {
	conf := filepath.Join(n.home, "nginx.conf")
	text := strings.NewReplacer("{home}", n.home, "{logs}", n.logs, "{pages}", n.pages, "{address}", webAddress(), "{mark}", markPath).Replace(nginxConf)
	return []string{asset.ServiceFolder + "/usr/sbin/nginx", "-e", filepath.Join(n.home, "error"), "-c", conf}, os.WriteFile(conf, []byte(text), 0o600)
}

func (n *nginx) ping(ctx context.Context) error {
	_, err := n.markLog(ctx)
	return err
}

func (n *nginx) load(context.Context) error { return nil }
func (n *nginx) logPath() string            { return filepath.Join(n.logs, "access.log") }
func (n *nginx) writtenFiles() []string {
	return []string{n.logPath(), filepath.Join(n.logs, "error.log")}
}

// markLog asks for an answer: the one worker gives it after it has logged all it
// answered before.
func (n *nginx) markLog(ctx context.Context) (string, error) {
	status, err := sendRequest(ctx, webAddress(), effect.Request{Method: "GET", Path: markPath})
	if err == nil && status != noContent {
		err = fmt.Errorf("it answered with status %d", status)
	}
	return "", err
}
