package daemon

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// How long a service may take to answer one act.
const requestTimeout = 20 * time.Second

// ConnectService gives acts the asset's real service, as long as ctx lasts.
func ConnectService(ctx context.Context, in *effect.Executor) {
	in.Export = func(e effect.Export) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		return export(ctx, e)
	}
	in.Request = func(r effect.Request) error {
		ctx, cancel := context.WithTimeout(ctx, requestTimeout)
		defer cancel()
		_, err := sendRequest(ctx, r)
		return err
	}
}

// export reads a table out by the server's own COPY.
func export(ctx context.Context, e effect.Export) ([]byte, error) {
	server, err := connectDatabase(ctx, e.Role, "billing", e.Program)
	if err != nil {
		return nil, err
	}
	defer server.Close(ctx)
	var rows bytes.Buffer
	if _, err := server.CopyTo(ctx, &rows, copyStatement(e)); err != nil {
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

// sendRequest puts one request to the web server and reads the answer to its end; it
// gives the answer's status.
func sendRequest(ctx context.Context, r effect.Request) (int, error) {
	request, err := http.NewRequestWithContext(ctx, r.Method, "http://"+webAddress+r.Path, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("X-Forwarded-For", r.From)
	request.Header.Set("User-Agent", r.Agent)
	// A connection of its own, that ends with the answer; no proxy of anyone's.
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, err
	}
	return answer.StatusCode, nil
}

// connectDatabase connects to the database server. Inside the asset it trusts everyone.
func connectDatabase(ctx context.Context, role, database, program string) (*pgconn.PgConn, error) {
	config, err := pgconn.ParseConfig(fmt.Sprintf(
		"host=127.0.0.1 port=%d sslmode=disable user=%s database=%s application_name=%s connect_timeout=5", effect.DatabasePort, role, database, program))
	if err != nil {
		return nil, err
	}
	return pgconn.ConnectConfig(ctx, config)
}
