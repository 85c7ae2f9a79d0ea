package send

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/ship/target"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// maxSecret is the most bytes that a file of a secret may have.
const maxSecret = 64 << 10

// resolve reads a secret. It fails if there is none, or if it is not one line of
// characters that a header can have; the error names the place and never the value.
func resolve(secret target.Secret, env func(string) string) (string, error) {
	value := ""
	if secret.File != "" {
		text, err := userfile.Read(secret.File, maxSecret)
		if err != nil {
			return "", fmt.Errorf("read secret %s: %w", secret, err)
		}
		value = strings.TrimSpace(string(text))
	} else {
		value = strings.TrimSpace(env(secret.Env))
	}
	if value == "" {
		return "", fmt.Errorf("the secret %s is empty or not set", secret)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "", fmt.Errorf("the secret %s must be one line of ASCII characters", secret)
	}
	return value, nil
}
