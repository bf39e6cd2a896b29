package main

import "fmt"

// metric is something that is measured: its unit in the Go benchmark format, what
// a table calls it, and how it is written there.
type metric struct {
	unit, title string
	format      func(float64) string
	quartile    int // 1 or 3 in place of the median
}

// duration takes nanoseconds, and keeps three digits.
func duration(ns float64) string {
	switch {
	case ns < 999.5:
		return fmt.Sprintf("%.3g ns", ns)
	case ns < 999.5e3:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	}
	return fmt.Sprintf("%.3g ms", ns/1e6)
}

// size takes bytes. A kB has 1000 of them.
func size(n float64) string {
	switch abs := max(n, -n); {
	case abs < 1e4:
		return fmt.Sprintf("%.0f B", n)
	case abs < 1e6:
		return fmt.Sprintf("%.1f kB", n/1e3)
	}
	return fmt.Sprintf("%.2f MB", n/1e6)
}

func whole(n float64) string { return fmt.Sprintf("%.0f", n) }
