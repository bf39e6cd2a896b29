package dev

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"github.com/anygrain/anygrain/fn/grain"
)

// Deployment is a split app that runs: a process for each unit, the stand-ins
// for Lambda, and the gateway.
type Deployment struct {
	config   Config
	console  *console
	log      *source
	workers  []*worker
	url      string // of the gateway
	endpoint string // of Lambda's API

	dir     string // with the binaries
	gateway *http.Server
	lambda  *http.Server
	apis    []*http.Server // the Runtime APIs

	stop      context.CancelFunc // tells the processes to end
	processes sync.WaitGroup
	serving   sync.WaitGroup
	failed    chan error // why a server ended by itself
	closing   sync.Once
	closeErr  error
}

// Run starts the app as Start does and blocks until ctx is done or the process
// is told to stop by SIGINT or SIGTERM, or nobody reads Out any more (dev | head),
// then closes everything and returns nil. A second signal ends it at once; the
// units notice that, and end too.
func Run(ctx context.Context, c Config) error {
	ctx, restore := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer restore()
	context.AfterFunc(ctx, restore)
	defer keepOnBrokenPipe()()
	if c.Out != nil {
		c.Out = &outlet{c.Out, restore} // ends ctx
	}
	d, err := Start(ctx, c)
	if err != nil {
		if ctx.Err() != nil { // told to stop before there was anything to stop
			return nil
		}
		return err
	}
	select {
	case <-ctx.Done():
		d.log.printf("stopping")
	case err = <-d.failed:
	}
	return errors.Join(err, d.Close())
}

// Start builds the units, starts a process for each, and serves them. It
// returns when each of them takes events, or has failed to for the first time.
// When ctx ends before that, Start ends. Close has to be called in the end.
//
// The error has all that is wrong with the Config, says why the address cannot
// be had, or what the go command said about which units.
func Start(ctx context.Context, c Config) (*Deployment, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	d := &Deployment{config: c, console: newConsole(c.Out, c.Color, c.Units), failed: make(chan error, 1), stop: func() {}}
	d.log = d.console.source(own, -1)
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// URL is the address of the gateway: "http://localhost:8080".
func (d *Deployment) URL() string { return d.url }

// Endpoint is the address of the stand-in for Lambda's API, as
// AWS_ENDPOINT_URL_LAMBDA takes it.
func (d *Deployment) Endpoint() string { return d.endpoint }

// start takes the address first: that somebody else has it is known before the
// builds.
func (d *Deployment) start(ctx context.Context) error {
	l, err := listen(ctx, d.config.Addr)
	if err != nil {
		return err
	}
	d.url = urlOf(d.config.Addr, l)
	d.prepare()
	t, err := newTable(d.workers)
	if err == nil {
		err = d.buildAll(ctx)
	}
	if err == nil {
		err = d.startAll(ctx)
	}
	if err != nil {
		return errors.Join(err, l.Close())
	}
	d.console.write(d.summary())
	d.gateway = d.serve(l, onlyHere(d.config.Addr, &gateway{table: t, format: d.config.Format, log: d.log}), maxHeader)
	return nil
}

// prepare makes the workers, as far as they are known before the builds.
func (d *Deployment) prepare() {
	for i, u := range d.config.Units {
		w := newWorker(u, d.console.source(u.Name, i), d.log)
		w.name, w.arn = d.config.functionName(u), d.config.functionARN(u)
		w.dir, w.timeout, w.grace = d.config.Dir, d.config.Timeout, d.config.Grace
		d.workers = append(d.workers, w)
	}
}

// buildAll builds the units into a directory of the deployment's own.
func (d *Deployment) buildAll(ctx context.Context) (err error) {
	if d.dir, err = newWorkdir(); err != nil {
		return err
	}
	d.log.printf("building %s", plural(len(binaries(d.config.Units, d.dir)), "program"))
	paths, err := d.config.build(ctx, d.dir)
	for _, w := range d.workers {
		w.binary = paths[w.unit.Name]
	}
	return err
}

// startAll starts the stand-ins and the processes, and waits until all of these
// have taken their first step. The address of a unit's Runtime API has a path that
// cannot be guessed, which a runtime client puts in front of its own: other users of this
// machine reach loopback too, and would be handed the unit's events.
func (d *Deployment) startAll(ctx context.Context) error {
	if err := d.serveLambda(ctx); err != nil {
		return err
	}
	listeners, err := listenForAll(ctx, len(d.workers))
	if err != nil {
		return err
	}
	processes, stop := context.WithCancel(context.WithoutCancel(ctx))
	d.stop = stop
	for i, w := range d.workers {
		secret := "/" + rand.Text()
		w.env = d.config.environment(w.unit, listeners[i].Addr().String()+secret, d.endpoint)
		d.apis = append(d.apis, d.serve(listeners[i], private(listeners[i], http.StripPrefix(secret, w)), http.DefaultMaxHeaderBytes))
		d.processes.Go(func() { w.run(processes) })
	}
	for _, w := range d.workers {
		select {
		case <-w.first:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return d.unstartable()
}

// serveLambda serves Lambda's Invoke.
func (d *Deployment) serveLambda(ctx context.Context) error {
	l, err := listen(ctx, anyPort)
	if err != nil {
		return err
	}
	api := &invokeAPI{units: map[string]*worker{}, arn: d.config.functionARN(grain.Unit{})}
	for _, w := range d.workers {
		api.units[w.name] = w
	}
	api.arn = strings.TrimSuffix(api.arn, d.config.functionName(grain.Unit{}))
	d.endpoint = "http://" + l.Addr().String()
	d.lambda = d.serve(l, private(l, api.handler()), http.DefaultMaxHeaderBytes)
	return nil
}

// Close stops everything: the gateway finishes what is in flight, the processes
// are told to end and waited for, and killed after the grace. The error says
// what had to be cut off.
func (d *Deployment) Close() error {
	d.closing.Do(func() { d.closeErr = d.close() })
	return d.closeErr
}

func (d *Deployment) close() error {
	err := shutdown(d.gateway, d.config.Grace)
	d.stop()
	d.processes.Wait()
	for _, w := range d.workers {
		w.close()
	}
	for _, server := range append(d.apis, d.lambda) {
		if server != nil {
			_ = server.Close() // of listeners and connections that nobody uses any more
		}
	}
	d.serving.Wait()
	if d.dir != "" {
		err = errors.Join(err, os.RemoveAll(d.dir))
	}
	return err
}
