package watch

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// mostSecret is the most bytes that a file with a secret may have.
const mostSecret = 16 << 10

// readSecret reads the header Authorization; empty is none. It fails if it is named and
// not there, or is none.
func (s *source) readSecret() (string, error) {
	var secret string
	switch {
	case s.SecretEnv != "" && s.SecretFile != "":
		return "", errors.New("authorization_env and authorization_file cannot be combined")
	case s.SecretEnv != "":
		if secret = s.take.options.Env(s.SecretEnv); secret == "" {
			return "", fmt.Errorf("the environment variable %s of authorization_env must be set", s.SecretEnv)
		}
	case s.SecretFile != "":
		text, err := userfile.Read(s.SecretFile, mostSecret)
		if err != nil {
			return "", fmt.Errorf("read authorization_file: %w", err)
		}
		if secret = strings.TrimSpace(string(text)); secret == "" {
			return "", fmt.Errorf("authorization_file %s must not be empty", s.SecretFile)
		}
	default:
		return "", nil
	}
	if strings.ContainsFunc(secret, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", errors.New("the header Authorization must be one line without control characters")
	}
	return secret, nil
}
