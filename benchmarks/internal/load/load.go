// Package load sends requests to a server as fast as it answers them.
package load

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Result is what the server managed.
type Result struct {
	PerSecond float64
	P99       time.Duration // 99 of 100 requests took no longer
}

// Run keeps the connections busy for the duration: on each, a request follows the
// answer to the one before. An answer with a wrong status is an error.
func Run(ctx context.Context, url string, w work.Request, connections int, d time.Duration) (Result, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, 2*d+time.Minute)
	defer cancel()
	begin := time.Now()
	times, errs := make([][]time.Duration, connections), make([]error, connections)
	var all sync.WaitGroup
	for i := range connections {
		all.Go(func() {
			for time.Since(begin) < d && errs[i] == nil {
				var took time.Duration
				took, errs[i] = once(ctx, client, url, w)
				times[i] = append(times[i], took)
			}
		})
	}
	all.Wait()
	return summary(slices.Concat(times...), time.Since(begin)), first(errs)
}

func once(ctx context.Context, client *http.Client, url string, w work.Request) (time.Duration, error) {
	req, err := w.HTTP(ctx, url)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	took := time.Since(begin)
	_ = resp.Body.Close()
	if err == nil && !w.Takes(resp.StatusCode) {
		err = fmt.Errorf("%s: status %d", w.Name, resp.StatusCode)
	}
	return took, err
}

func summary(times []time.Duration, d time.Duration) Result {
	if len(times) == 0 {
		return Result{}
	}
	slices.Sort(times)
	return Result{float64(len(times)) / d.Seconds(), times[(len(times)-1)*99/100]}
}

func first(errs []error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
