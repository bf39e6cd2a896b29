package remote

import "time"

// SetClock makes signatures repeat.
func SetClock(t *Transport, at time.Time) { t.now = func() time.Time { return at } }
