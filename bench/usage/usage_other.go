//go:build !unix

package usage

// CPU is unknown here.
func CPU() float64 { return 0 }

// PeakMemory is unknown here.
func PeakMemory() float64 { return 0 }
