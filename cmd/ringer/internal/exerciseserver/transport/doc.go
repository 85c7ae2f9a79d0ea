// Package transport is what stands before every page of an exercise: the certificate
// made at the start, the names and addresses under which the server may be asked, the
// headers of every answer, limits of size and time, and the refusal of what another
// site sends. It knows no page, person or exercise. Start at [Guard] and [NewCertificate].
package transport
