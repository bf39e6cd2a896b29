//go:build race

package benchmarks_test

// raceEnabled says that everything takes ten times as long.
const raceEnabled = true
