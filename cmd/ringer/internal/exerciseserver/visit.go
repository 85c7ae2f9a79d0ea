package exerciseserver

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// cookie is the session's name: browsers let no page without TLS, and none of another
// path or host, set one with that prefix.
const cookie = "__Host-ringer"

// visit is one request with who asks.
type visit struct {
	server *Server
	w      http.ResponseWriter
	r      *http.Request
	who    access.Identity
	secret string // the session's token; "" of nobody
}

// visit tells by the cookie who asks.
func (s *Server) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{server: s, w: w, r: r}
	if strings.HasPrefix(r.URL.Path, "/static/") {
		return v // they are for everybody
	}
	given, err := r.Cookie(cookie)
	if err != nil {
		return v
	}
	if ok, _ := s.limiter.Allowed(addressOf(r), s.options.Now()); !ok && access.OfSession(s.room.State(), given.Value).Role == access.Nobody {
		s.counts.Add(access.TooMany)
		return v
	}
	v.who = access.OfSession(s.room.State(), given.Value)
	if v.who.Role == access.Nobody {
		s.wrong(r, access.UnknownSession)
		v.forget()
		return v
	}
	v.secret = given.Value
	return v
}

// wrong counts a wrong try.
func (s *Server) wrong(r *http.Request, why access.Refusal) {
	s.counts.Add(why)
	s.limiter.Wrong(addressOf(r), s.options.Now())
}

// addressOf is who a request comes from: the other end of the connection, whatever a
// header says.
func addressOf(r *http.Request) netip.Addr {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return from.Addr()
}

// remember begins a session in the browser.
func (v *visit) remember(token string) {
	http.SetCookie(v.w, &http.Cookie{Name: cookie, Value: token, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: sessionSeconds})
}

// sessionSeconds is how long a browser keeps a session: longer than an exercise, with
// its debrief another day.
const sessionSeconds = 7 * 24 * 60 * 60

func (v *visit) forget() {
	http.SetCookie(v.w, &http.Cookie{Name: cookie, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1})
}

// goTo has the browser read another page after a form. The path is one of our own.
func (v *visit) goTo(path string) { http.Redirect(v.w, v.r, path, http.StatusSeeOther) }

// statusTexts are the statuses that have words of their own.
var statusTexts = map[int]string{
	http.StatusBadRequest: "error.400", http.StatusUnauthorized: "error.401", http.StatusForbidden: "error.403",
	http.StatusNotFound: "error.404", http.StatusMethodNotAllowed: "error.405", http.StatusConflict: "error.409", http.StatusMisdirectedRequest: "error.421",
	http.StatusTooManyRequests: "error.429", http.StatusInternalServerError: "error.500",
	http.StatusServiceUnavailable: "error.503",
}

// fail answers that something cannot be had, and why.
func (v *visit) fail(status int) {
	key, ok := statusTexts[status]
	if !ok {
		key = "error.500"
	}
	v.show(status, page{Name: "error", Title: text(key + ".title"), Data: text(key)})
}

// broke answers that the server could not do it, and logs why.
func (v *visit) broke(err error) {
	v.server.options.Log.Error().Err(err).Str("page", v.r.Pattern).Msg("a request failed")
	v.fail(http.StatusInternalServerError)
}

// recover answers where a handler went wrong: others' requests go on.
func (v *visit) recover() {
	if wrong := recover(); wrong != nil {
		if wrong == http.ErrAbortHandler {
			panic(wrong)
		}
		v.server.options.Log.Error().Interface("panic", wrong).Str("page", v.r.Pattern).Msg("a request failed")
		v.fail(http.StatusInternalServerError)
	}
}

// field is what a form says under a name, without the space around it, with the line
// breaks that the log has.
func (v *visit) field(name string) string {
	return strings.TrimSpace(strings.ReplaceAll(v.r.PostForm.Get(name), "\r\n", "\n"))
}
