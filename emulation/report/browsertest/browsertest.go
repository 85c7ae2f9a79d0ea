package browsertest

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Allocator returns a context in which chromedp starts Chromium, with further options, until
// the test ends. find is exec.LookPath: only tests start programs. The test is skipped if it is a short one, or if there is no Chromium.
func Allocator(t *testing.T, find func(program string) (path string, err error), more ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := find(name)
		if err != nil {
			continue
		}
		// Root has no sandbox.
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
		allocator, stop := chromedp.NewExecAllocator(t.Context(), append(options, more...)...)
		t.Cleanup(stop)
		return allocator
	}
	t.Skip("there is no Chromium here: apt-get install chromium")
	return nil
}

// Call is a command of the browser's protocol as an action.
func Call[P, R any](command cdp.Command[P, R], with P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, command, with)
		return err
	})
}
