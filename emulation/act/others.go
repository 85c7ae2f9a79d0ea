package act

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// otherActs are the blocks for what is neither of a file nor of Windows alone.
var otherActs = []Kind{
	kind[loadAct]("load", "Maps a library as code and lets go of it again. The library is text: nothing of it runs."),
	kind[connectAct]("connect", "Opens a connection between loopback addresses, which may stand for other hosts. Nothing is sent."),
	kind[resolveAct]("resolve", "Asks for the address of a name, on loopback, where nobody answers."),
	kind[exportAct]("export", "Has the asset's real database server hand out rows of invented calls. Only on an asset with service = \"postgresql\"."),
	kind[requestAct]("request", "Asks the asset's real web server for a page. Only on an asset with service = \"nginx\", or one that is made of an image of your own."),
}

type loadAct struct {
	Path string `arg:"path" doc:"the library's file" form:"path" max:"1024"`
	Note string `arg:"note" doc:"the file in which the program notes what it has mapped, which proves it" form:"path" max:"1024" default:""`
}

func (l loadAct) Plan(p *Process) {
	load := effect.Load{Path: l.Path, Record: l.Note}
	p.Do(load)
	if library, known := p.plan.Proofs.content(l.Path); known && l.Note != "" {
		p.plan.Proofs.holds(l.Note, load.Recorded(library))
	}
}

type peerAttributes struct {
	Address string `arg:"address" doc:"its address; the asset's own where nothing is given" form:"address" max:"64" default:""`
	Name    string `arg:"name" doc:"its name" form:"line" max:"256" default:""`
}

type connectAct struct {
	Port     int            `arg:"port" doc:"the port that is connected to" min:"1" max:"65535"`
	Protocol string         `arg:"protocol" doc:"tcp, or udp: a socket that is given its other end" oneof:"tcp,udp" default:"tcp"`
	To       peerAttributes `arg:"to" doc:"the host that is connected to"`
	From     peerAttributes `arg:"from" doc:"this host"`
	FromPort int            `arg:"from_port" doc:"the port it is connected from; 0 is any" min:"0" max:"65535" default:"0"`
}

// The loopback addresses that stand for the two ends of a connection.
const (
	thisEnd  = "127.1.0.1"
	otherEnd = "127.1.0.2"
)

func (c connectAct) Plan(p *Process) {
	connect := effect.Connect{Port: uint16(c.Port), FromPort: uint16(c.FromPort), Datagrams: c.Protocol == "udp"}
	connect.From = p.standFor(c.From, thisEnd)
	connect.To = p.standFor(c.To, otherEnd)
	p.Do(connect)
}

// standFor has a loopback address stand for a host. It returns that address, or none
// if no host is given.
func (p *Process) standFor(host peerAttributes, here string) string {
	is, err := netip.ParseAddr(host.Address)
	if err != nil {
		return "" // not given: the form lets no other through
	}
	p.Peers = append(p.Peers, effect.Peer{Loopback: here, Address: is.String(), Name: host.Name})
	return here
}

type resolveAct struct {
	Name string `arg:"name" doc:"the name" form:"host" max:"253"`
}

func (r resolveAct) Plan(p *Process) { p.Do(effect.Resolve{Name: r.Name}) }

type exportAct struct {
	Program string   `arg:"program" doc:"the client" oneof:"pg_dump,psql"`
	Role    string   `arg:"role" doc:"the role that it asks as" oneof:"billing,backup"`
	Table   string   `arg:"table" doc:"the table" oneof:"cdr_voice"`
	Columns []string `arg:"columns" doc:"its columns; all where nothing is given" oneof:"cdr_id,a_msisdn,b_msisdn,imsi,cell_id,start_ts,duration_s" default:""`
	Watched bool     `arg:"watched" doc:"whether only the calls of watched numbers are asked for" default:"false"`
	Into    string   `arg:"into" doc:"the file that the rows go to" form:"path" max:"1024"`
	Least   int      `arg:"least" doc:"how many rows there must be at least" min:"1" max:"1000000" default:"1"`
}

func (e exportAct) Plan(p *Process) {
	columns := e.Columns
	if len(columns) == 0 {
		columns = effect.Columns(e.Table)
	}
	p.Do(effect.Export{Program: e.Program, Role: e.Role, Table: e.Table, Columns: columns, Watched: e.Watched, Into: e.Into})
	p.plan.Proofs.set(e.Into, effect.Exported{Path: e.Into, Least: e.Least})
}

type requestAct struct {
	Method string `arg:"method" doc:"GET or POST" oneof:"GET,POST" default:"GET"`
	Path   string `arg:"path" doc:"the page's path, with a query if it has one" form:"page" max:"1024"`
	From   string `arg:"from" doc:"the client's address, one of those kept for documentation (RFC 5737)" form:"address" max:"64"`
	Agent  string `arg:"agent" doc:"what the client calls itself" form:"line" max:"256"`
}

func (r requestAct) Plan(p *Process) {
	p.Do(effect.Request{Method: r.Method, Path: r.Path, From: r.From, Agent: r.Agent})
}
