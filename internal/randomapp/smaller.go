package randomapp

import "slices"

// Smaller returns the apps with one part less: a function, a call, a field, an option.
func (a App) Smaller() []App {
	var all []App
	for i, f := range a.Functions {
		if len(a.Functions) > 1 {
			all = append(all, a.without(f.Name))
		}
		for _, smaller := range f.smaller() {
			changed := a
			changed.Functions = slices.Clone(a.Functions)
			changed.Functions[i] = smaller
			all = append(all, changed)
		}
	}
	if !a.Bare {
		changed := a
		changed.Bare, changed.CORS = true, false
		all = append(all, changed)
	}
	if a.CORS {
		changed := a
		changed.CORS = false
		all = append(all, changed)
	}
	return all
}

// without leaves a function out, and the calls to it.
func (a App) without(name string) App {
	var left []Function
	for _, f := range a.Functions {
		if f.Name != name {
			f.Calls = slices.DeleteFunc(slices.Clone(f.Calls), func(c string) bool { return c == name })
			left = append(left, f)
		}
	}
	a.Functions = left
	return a
}

func (f Function) smaller() []Function {
	var all []Function
	for i := range f.Calls {
		changed := f
		changed.Calls = slices.Delete(slices.Clone(f.Calls), i, i+1)
		all = append(all, changed)
	}
	for _, t := range f.In.smaller() {
		changed := f
		changed.In = t
		all = append(all, changed)
	}
	for _, t := range f.Out.smaller() {
		changed := f
		changed.Out = t
		all = append(all, changed)
	}
	for _, change := range []func(*Function){
		func(f *Function) { f.Again = false },
		func(f *Function) { f.Loose = false },
		func(f *Function) { f.Limit = 0 },
	} {
		changed := f
		if change(&changed); changed.Again != f.Again || changed.Loose != f.Loose || changed.Limit != f.Limit {
			all = append(all, changed)
		}
	}
	return all
}

// smaller returns the type with one field less.
func (t Type) smaller() []Type {
	var all []Type
	for i, f := range t.Fields {
		all = append(all, Type{t.Go, slices.Delete(slices.Clone(t.Fields), i, i+1)})
		for _, smaller := range f.Type.smaller() {
			fields := slices.Clone(t.Fields)
			fields[i].Type = smaller
			all = append(all, Type{t.Go, fields})
		}
	}
	return all
}
