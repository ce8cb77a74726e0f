//go:build !unix

package crawl

// cpu is unknown here.
func cpu() float64 { return 0 }
