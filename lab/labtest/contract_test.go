package labtest_test

import (
	"testing"
	"time"

	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
)

func TestFakeLab(t *testing.T) {
	t.Parallel()
	labtest.Contract(t, fake.Lab{Now: time.Now})
}
