//go:build !unix

package crawl

// cpu is unknown here.
func cpu() float64 { return 0 }

// peakMemory is unknown here.
func peakMemory() float64 { return 0 }
