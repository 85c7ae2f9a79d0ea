package send_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// daemon is a syslog daemon of Debian's with a configuration of its own, on loopback.
type daemon struct {
	name    string
	program []string // where it may be
	// configure returns its configuration: it writes the id and the length of each message
	// as a line into a file.
	configure func(at daemonAt) string
	arguments func(folder string) []string
	tls       bool // whether it can do TLS as it is installed here
}

type daemonAt struct{ folder, out, tcp, udp, tls string }

var daemons = []daemon{
	{
		name: "rsyslog", program: []string{"/usr/sbin/rsyslogd"},
		configure: func(at daemonAt) string {
			return fmt.Sprintf(`global(workDirectory="%[1]s" maxMessageSize="8k")
module(load="imtcp" maxSessions="500")
module(load="imudp")
template(name="ids" type="string" string="%%structured-data:R,ERE,1,FIELD:id=\"([0-9a-f]{32})\"--end%% %%app-name%% %%hostname%% %%msg%%\n")
ruleset(name="all" queue.type="LinkedList" queue.size="200000") { action(type="omfile" file="%[2]s" template="ids" ioBufferSize="256k") }
input(type="imtcp" address="127.0.0.1" port="%[3]s" ruleset="all")
input(type="imudp" address="127.0.0.1" port="%[4]s" ruleset="all")
`, at.folder, at.out, at.tcp, at.udp)
		},
		arguments: func(folder string) []string {
			return []string{"-n", "-f", filepath.Join(folder, "conf"), "-i", filepath.Join(folder, "pid")}
		},
	},
	{
		name: "syslog-ng", program: []string{"/usr/sbin/syslog-ng", "/opt/syslog-ng/usr/sbin/syslog-ng"}, tls: true,
		configure: func(at daemonAt) string {
			return fmt.Sprintf(`@version: 3.38
options { stats-freq(0); log-msg-size(65536); keep-hostname(yes); };
source s {
  syslog(ip("127.0.0.1") port(%[2]s) transport("tcp") max-connections(500) log-iw-size(50000));
  syslog(ip("127.0.0.1") port(%[3]s) transport("udp"));
  syslog(ip("127.0.0.1") port(%[4]s) transport("tls") max-connections(500) log-iw-size(50000)
    tls(key-file("%[5]s/server-key.pem") cert-file("%[5]s/server.pem") ca-file("%[5]s/ca.pem") peer-verify(required-trusted)));
};
destination d { file("%[1]s" template("${.SDATA.ringer@32473.id} ${PROGRAM} ${HOST} ${MSG}\n")); };
log { source(s); destination(d); flags(flow-control); };
`, at.out, at.tcp, at.udp, at.tls, at.folder)
		},
		arguments: func(folder string) []string {
			return []string{"-F", "--no-caps", "-f", filepath.Join(folder, "conf"), "-p", filepath.Join(folder, "pid"),
				"-R", filepath.Join(folder, "persist"), "-c", filepath.Join(folder, "control")}
		},
	},
}

// running is a daemon under way.
type running struct {
	daemon
	at      daemonAt
	command *exec.Cmd
	binary  string
}

// run starts a daemon, or skips the test with the reason.
func (d daemon) run(t *testing.T, certificates made) *running {
	t.Helper()
	binary := ""
	for _, path := range d.program {
		if _, err := os.Stat(path); err == nil && binary == "" {
			binary = path
		}
	}
	if binary == "" {
		t.Skipf("%s is not installed: .ci/install brings it", d.name)
	}
	at := daemonAt{folder: filepath.Dir(certificates.ca), tcp: freePort(t), udp: freePort(t), tls: freePort(t)}
	at.out = filepath.Join(at.folder, "out")
	require.NoError(t, os.WriteFile(filepath.Join(at.folder, "conf"), []byte(d.configure(at)), 0o600))
	r := &running{daemon: d, at: at, binary: binary}
	r.start(t)
	t.Cleanup(func() { r.stop(t) })
	return r
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return port
}

func (r *running) start(t *testing.T) {
	t.Helper()
	require.NoError(t, r.begin())
}

// begin starts the daemon and waits until it listens. It fails if it does not.
func (r *running) begin() error {
	said, err := os.Create(filepath.Join(r.at.folder, "said"))
	if err != nil {
		return err
	}
	defer said.Close()
	command := exec.Command(r.binary, r.arguments(r.at.folder)...) //nolint:noctx // it is ended by stop
	command.Stdout, command.Stderr = said, said
	if root, unpacked := strings.CutSuffix(r.binary, "/usr/sbin/syslog-ng"); unpacked && root != "" {
		libraries := filepath.Join(root, "usr/lib/syslog-ng")
		command.Args = append(command.Args, "--module-path="+libraries+"/3.38")
		command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+libraries+":"+libraries+"/3.38")
	}
	if err := command.Start(); err != nil {
		return err
	}
	r.command = command
	for range 1000 {
		conn, err := net.Dial("tcp", "127.0.0.1:"+r.at.tcp)
		if err == nil {
			return conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.New("it does not listen: " + r.said())
}

func (r *running) said() string {
	text, _ := os.ReadFile(filepath.Join(r.at.folder, "said"))
	return string(text)
}

// stop ends the daemon by its process and waits for it.
func (r *running) stop(t *testing.T) {
	t.Helper()
	if r.command == nil {
		return
	}
	if err := r.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Errorf("end %s: %v", r.name, err)
	}
	over := make(chan struct{})
	go func(command *exec.Cmd) {
		defer close(over)
		_ = command.Wait() // how it ends does not matter
	}(r.command)
	select {
	case <-over:
	case <-time.After(10 * time.Second):
		_ = r.command.Process.Kill()
		<-over
	}
	r.command = nil
}

// arrived counts the ids in what the daemon wrote, and fails for a line that was cut.
func (r *running) arrived(t *testing.T) map[string]int {
	t.Helper()
	seen := map[string]int{}
	file, err := os.Open(r.at.out)
	if errors.Is(err, fs.ErrNotExist) {
		return seen
	}
	require.NoError(t, err)
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.SplitN(lines.Text(), " ", 4)
		if len(words) < 4 || len(words[0]) != 32 || words[1] != "ringer" || words[2] != "billing01" || !strings.HasSuffix(words[3], "}") {
			t.Errorf("%s wrote %.200q", r.name, lines.Text())
			break
		}
		seen[words[0]]++
	}
	require.NoError(t, lines.Err())
	return seen
}

// failingRelay is a relay to a daemon that fails a third of its connections: it resets them at
// once or after a few messages, or stalls.
type failingRelay struct {
	listener net.Listener
	to       string
	mutex    sync.Mutex
	random   *rand.Rand
	failed   int
	cut      int // connections that were reset after a few messages
	over     sync.WaitGroup
	end      chan struct{}
}

func relay(t *testing.T, to string) *failingRelay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	r := &failingRelay{listener: listener, to: to, random: rand.New(rand.NewPCG(3, 4)), end: make(chan struct{})}
	r.over.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			r.over.Go(func() { r.serve(conn.(*net.TCPConn)) })
		}
	})
	t.Cleanup(func() {
		close(r.end)
		_ = listener.Close()
		r.over.Wait()
	})
	return r
}

// serve relays one connection, and its ends.
func (r *failingRelay) serve(conn *net.TCPConn) {
	defer conn.Close()
	r.mutex.Lock()
	fails, way := r.random.Float64() < 1.0/3, r.random.Float64()
	if fails {
		r.failed++
	}
	if fails && way >= 0.6 {
		r.cut++
	}
	r.mutex.Unlock()
	switch {
	case fails && way < 0.04:
		select {
		case <-time.After(20 * time.Second):
		case <-r.end:
		}
		fallthrough
	case fails && way < 0.6:
		_ = conn.SetLinger(0)
		return
	}
	inner, err := net.Dial("tcp", r.to)
	if err != nil {
		_ = conn.SetLinger(0)
		return
	}
	daemon := inner.(*net.TCPConn)
	defer daemon.Close()
	if fails {
		in := bufio.NewReader(conn)
		for range 25 {
			if forwardMessage(in, daemon) != nil {
				break
			}
		}
		_ = conn.SetLinger(0)
		return
	}
	_, sent := io.Copy(daemon, conn)
	_ = daemon.CloseWrite()
	if _, err := io.Copy(io.Discard, daemon); err != nil || sent != nil {
		_ = conn.SetLinger(0)
	}
}

// forwardMessage relays one message with its length.
func forwardMessage(from *bufio.Reader, to io.Writer) error {
	length, err := from.ReadString(' ')
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, " "))
	if err != nil {
		return err
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(from, text); err != nil {
		return err
	}
	_, err = to.Write(append([]byte(length), text...))
	return err
}

// A hundred thousand events come to the daemons that people run, although a third of the
// connections fails and the daemon is started again in the middle. What was taken of a
// connection that then failed comes twice: syslog has no ids.
func TestDaemonsOfSyslogTakeAllEvents(t *testing.T) {
	t.Parallel()
	for _, d := range daemons {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			r := d.run(t, certificates(t))
			between := relay(t, "127.0.0.1:"+r.at.tcp)
			all := entries(t, "jsonl", true, many())
			to := target.Target{To: "tcp://" + between.listener.Addr().String(), Batch: bigBatch()}
			began := time.Now()
			shipper := start(t, filepath.Join(t.TempDir(), "spool"), to, send.With{Timeout: 500 * time.Millisecond * slack()})
			again := make(chan error, 1)
			for i, e := range all {
				if i == len(all)/2 { // it loses what it has in memory: not ringer's concern
					require.Eventually(t, func() bool { return shipper.Counts().Waiting == 0 && len(r.arrived(t)) == i }, time.Minute, 300*time.Millisecond)
					r.stop(t)
					time.AfterFunc(100*time.Millisecond, func() { again <- r.begin() })
				}
				require.NoError(t, shipper.Ship(t.Context(), e))
			}
			counts, err := shipper.Finish(t.Context(), ship.Patience{Idle: 20 * time.Second})
			require.NoError(t, <-again)
			require.NoError(t, err)
			t.Logf("%.0f events a second", float64(len(all))/time.Since(began).Seconds())
			assert.Equal(t, uint64(len(all)), counts.Delivered)
			require.Eventually(t, func() bool { return len(r.arrived(t)) == len(all) }, 20*time.Second, 300*time.Millisecond)
			twice := 0
			for _, times := range r.arrived(t) {
				if times > 1 {
					twice++
				}
			}
			assert.LessOrEqual(t, twice, 25*between.cut)
			t.Logf("%d of the connections failed, %d of them in the middle; %d events arrived twice", between.failed, between.cut, twice)
			assert.Positive(t, between.failed)
		})
	}
}

func TestDaemonsOfSyslogTakeDatagramsAndTLS(t *testing.T) {
	t.Parallel()
	for _, d := range daemons {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			made := certificates(t)
			r := d.run(t, made)
			all := entries(t, "jsonl", false, 60)
			counts := shipAll(t, all[:20], target.Target{To: "udp://127.0.0.1:" + r.at.udp}, send.With{})
			assert.Equal(t, uint64(20), counts.Delivered)
			want := 20
			if d.tls {
				to := target.Target{To: "tls://127.0.0.1:" + r.at.tls, CA: made.ca, Certificate: made.certificate, Key: made.key, ServerName: "log.example", Batch: 7}
				counts = shipAll(t, all[20:], to, send.With{})
				assert.Equal(t, uint64(40), counts.Delivered)
				want += 40
			}
			require.Eventually(t, func() bool { return len(r.arrived(t)) == want || t.Failed() }, 20*time.Second, 100*time.Millisecond, "%s", r.said())
		})
	}
}
