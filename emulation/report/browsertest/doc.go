// Package browsertest starts the browser that tests open pages in, or skips a test where
// there is none. It knows no page. Start at [Allocator].
package browsertest
