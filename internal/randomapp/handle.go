package randomapp

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/dice"
	"github.com/anygrain/anygrain/internal/randomreq"
)

// handle does what the function's name and the In decide, so that it is the same
// in all processes.
func (f *function) handle(ctx context.Context, in any) (any, error) {
	got, err := f.in.AppendJSON(nil, in)
	if err != nil {
		got = fmt.Append(got, err)
	}
	got = append(got, Spell(in)...)
	f.effects.add(fmt.Sprintf("%s got %s", f.Name, got))
	d := diceOf(f.Name, got)
	for _, callee := range f.callees {
		if d.OneIn(3) {
			continue
		}
		answer, err := f.call(ctx, d, callee)
		if err != nil && d.OneIn(2) {
			return nil, fmt.Errorf("a call failed: %w", err)
		}
		heard := fmt.Sprintf("%s %s", answer, describe(err))
		f.effects.add(fmt.Sprintf("%s heard from %s: %s", f.Name, callee.Name, heard))
		got = append(got, heard...)
	}
	d = diceOf(f.Name, got)
	if d.OneIn(5) {
		return nil, fail(d)
	}
	return f.answer(d)
}

func diceOf(name string, seed []byte) dice.Dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	_, _ = h.Write(seed)
	return dice.New(h.Sum64())
}

// call calls the callee with an In that the dice make, good most of the time.
func (f *function) call(ctx context.Context, d dice.Dice, callee *function) ([]byte, error) {
	in := reflect.New(callee.inType).Interface()
	form := []byte(randomreq.DirectForm(d, callee.in.Fields()))
	if err := callee.in.DecodeJSON(in, form, binding.Limits{}); err != nil {
		return []byte("no call"), nil
	}
	twist(d, reflect.ValueOf(in))
	out, err := callee.contract.Call(ctx, in)
	if err != nil {
		return nil, err
	}
	answer, err := callee.out.AppendJSON([]byte(Spell(out)), out)
	if err != nil {
		answer = fmt.Append(answer, "cannot be written")
	}
	return answer, nil
}

// describe is all that a caller can see of an error.
func describe(err error) string {
	var e *fn.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	return fmt.Sprint(e.Code(), e.Message(), e.Violations(), e.Details(), errors.Is(err, fn.ErrRemote))
}

// fail returns an error, or panics.
func fail(d dice.Dice) error {
	code := fn.Code(d.Between(int(fn.Canceled), int(fn.DataLoss)))
	switch d.IntN(7) {
	case 0:
		panic("thrown")
	case 1:
		return errors.New("plain")
	case 2:
		return fn.Errorf(code, "bad %s", "näme\n")
	case 3:
		return fn.Errorf(code, "detailed").WithDetail("count", 3).WithDetail("list", []any{"a", true, nil, 1.5})
	case 4:
		return fn.Errorf(code, "fielded").WithViolations(fn.Violation{Location: "in.a", Rule: "taken", Message: "is taken"})
	case 5:
		return fn.Errorf(code, "with a header").WithHeader("Retry-After", "7")
	}
	return fmt.Errorf("wrapped: %w", fn.Errorf(code, "inner").WithCause(errors.New("cause")))
}

// answer returns an Out that the dice make.
func (f *function) answer(d dice.Dice) (any, error) {
	out := reflect.New(f.outType).Interface()
	form := []byte(randomreq.DirectForm(d, f.out.Fields()))
	if err := f.out.DecodeJSON(out, form); err != nil {
		return nil, fmt.Errorf("the Out of %s cannot be made of %s: %w", f.Name, form, err)
	}
	twist(d, reflect.ValueOf(out))
	return out, nil
}
