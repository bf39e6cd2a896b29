package serving

import (
	"testing"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/load"
)

// What wrk 4.1.0 prints.
const printed = `Running 1s test @ http://127.0.0.1:41234/things
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.03ms    1.19ms  12.93ms   87.31%
    Req/Sec    21.07k     3.05k   24.98k    70.00%
  Latency Distribution
     50%  584.00us
     75%    1.35ms
     90%    2.57ms
     99%    5.48ms
  20962 requests in 1.00s, 9.31MB read
Requests/sec:  20957.01
Transfer/sec:      9.31MB
`

func TestParse(t *testing.T) {
	got, err := parse(printed)
	if want := (load.Result{PerSecond: 20957.01, P99: 5480 * time.Microsecond}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestErrorsOfTheServerAreErrors(t *testing.T) {
	for _, line := range []string{"  Non-2xx or 3xx responses: 20962\n", "  Socket errors: connect 16, read 0, write 0, timeout 0\n"} {
		if got, err := parse(printed + line); err == nil {
			t.Errorf("%s: got %+v", line, got)
		}
	}
	if got, err := parse("unable to connect"); err == nil {
		t.Errorf("got %+v", got)
	}
}
