package exerciseserver

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"strconv"
)

// Export is a document of a debrief that an instructor can have.
type Export struct {
	// Name is that of the file, Title what the link says.
	Name, Title string
	// Write writes the document. It fails if w does, or if it cannot be made.
	Write func(w io.Writer) error
}

// export sends a document, as a file to keep.
func (s *Server) export(v *visit, _ instructor) {
	for _, of := range s.options.Exports {
		if of.Name != v.r.PathValue("name") {
			continue
		}
		var out bytes.Buffer
		if err := of.Write(&out); err != nil {
			v.broke(err)
			return
		}
		v.w.Header().Set("Content-Type", "application/octet-stream") // a browser saves it and shows nothing
		v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": of.Name}))
		v.w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
		v.w.Write(out.Bytes()) //nolint:errcheck // whoever asked has left
		return
	}
	v.fail(http.StatusNotFound)
}
