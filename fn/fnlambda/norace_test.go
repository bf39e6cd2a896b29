//go:build !race

package fnlambda_test

const raceEnabled = false
