//go:build !race

package fnhttp_test

const raceEnabled = false
