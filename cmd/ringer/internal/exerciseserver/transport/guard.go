package transport

import (
	"net/http"
	"strings"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/access"
)

// MaxBody is the most bytes that a form may have: a rule and the events that show it.
const MaxBody = 256 << 10

// policy lets a page use what the server itself serves, and run no script or style that
// is written into it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// headers are those of every answer. Strict-Transport-Security is not among them: it
// would bind other servers of the same name, which is often localhost.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin", // no-referrer would have forms tell no origin
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
	"Cache-Control":                "no-store",
}

// Guard stands before all handlers. A request under a name that the server does not
// have is refused: a site that lets its own name lead here would read the pages. So is
// whatever another site sends, and what tells no origin while it changes something.
func Guard(names []string, port int, counts *access.Counts, refuse func(http.ResponseWriter, *http.Request, int), next http.Handler) http.Handler {
	allowed := hosts(names, port)
	protection := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if !allowed[strings.ToLower(r.Host)] {
			counts.Add(access.OtherHost)
			refuse(w, r, http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			silent := r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == ""
			if silent || protection.Check(r) != nil {
				counts.Add(access.OtherSite)
				refuse(w, r, http.StatusForbidden)
				return
			}
			r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		}
		next.ServeHTTP(w, r)
	})
}
