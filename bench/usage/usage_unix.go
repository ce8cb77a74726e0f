//go:build unix

// Package usage says what a benchmark's process has taken of the machine.
package usage

import (
	"runtime"
	"syscall"
	"time"
)

// CPU is the processor time that this process has taken, in seconds. It is told beside the wall's because a machine that
// others use too makes the slower side look slower still.
func CPU() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// PeakMemory is the most memory that this process has had, in bytes.
func PeakMemory() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(u.Maxrss)
	}
	return float64(u.Maxrss) * 1024
}
