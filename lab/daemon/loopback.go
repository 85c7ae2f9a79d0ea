//go:build linux

package daemon

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// requestTimeout is how long a service may take to answer one act.
const requestTimeout = 20 * time.Second

// ConnectService gives acts the asset's real service, as long as ctx lasts.
func ConnectService(ctx context.Context, in *effect.Executor) {
	in.Export = func(e effect.Export) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		return export(ctx, e)
	}
	connectWeb(ctx, webAddress(), in)
}

// ConnectPort gives acts the web server that answers at a port of the loopback, as long as
// ctx lasts.
func ConnectPort(ctx context.Context, port int, in *effect.Executor) {
	connectWeb(ctx, fmt.Sprintf("127.0.0.1:%d", port), in)
}

func connectWeb(ctx context.Context, address string, in *effect.Executor) {
	in.Request = func(r effect.Request) error {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		_, err := sendRequest(ctx, address, r)
		return err
	}
}

// export reads a table out by the server's own COPY.
func export(ctx context.Context, e effect.Export) ([]byte, error) {
	server, err := connectDatabase(ctx, e.Role, "billing", e.Program)
	if err != nil {
		return nil, err
	}
	defer server.close(ctx)
	var rows bytes.Buffer
	if err := server.copyTo(ctx, &rows, copyStatement(e)); err != nil {
		return nil, err
	}
	return rows.Bytes(), nil
}

// copyStatement writes a dump as pg_dump does, and a choice as a person does in
// psql. The names are of effect's closed list.
func copyStatement(e effect.Export) string {
	columns := strings.Join(e.Columns, ", ")
	if e.Watched {
		return "COPY (SELECT " + columns + " FROM public." + e.Table + " WHERE a_msisdn IN (SELECT msisdn FROM public.watch)) TO STDOUT CSV"
	}
	return "COPY public." + e.Table + " (" + columns + ") TO stdout;"
}
