package model

// checkConflicts reports fields that cannot be in one In.
func (b *inputBuilder) checkConflicts() {
	places, members := map[string]string{}, map[string]string{}
	for _, f := range b.fields {
		place := string(f.Place) + "." + f.Name
		if other, taken := places[place]; taken && f.Name != "" {
			b.checkSamePlace(f, other)
			continue
		}
		places[place] = f.Go
		if other, taken := members[f.JSON]; taken {
			b.add(f.Go, "is called %q in the direct form, where the whole input is one JSON object, and so is %s: give one another name there with a json tag", f.JSON, other)
		}
		members[f.JSON] = f.Go
	}
	b.checkBody()
}

func (b *inputBuilder) checkSamePlace(f *field, other string) {
	if f.located() {
		b.add(f.Go, "is bound to the %s %q, and so is %s: keep one of the two", f.Place, f.Name, other)
		return
	}
	b.add(f.Go, "is the JSON member %q, and so is %s: give one another name", f.JSON, other)
}

// checkBody reports fields that want the body in different forms.
func (b *inputBuilder) checkBody() {
	members, form, whole := b.in(InBody), b.in(InForm), b.whole
	switch {
	case whole != nil && len(members) > 0:
		b.add(members[0].Go, `is a member of the JSON body, but %s takes the whole body (body:""): say where %[2]s comes from, exclude it with json:"-", or move it into %[1]s`, whole.Go, members[0].Go)
	case whole != nil && len(form) > 0:
		b.add(form[0].Go, `comes from a form, but %s takes the whole body (body:""): keep one of the two`, whole.Go)
	case len(members) > 0 && len(form) > 0:
		b.add(members[0].Go, `is a member of a JSON body, but %s comes from a form, and a body is one or the other: tag it form:%q too, or exclude it with json:"-"`, form[0].Go, members[0].JSON)
	}
}

// in returns the fields that have a name in a place.
func (b *inputBuilder) in(place Place) (fields []*field) {
	for _, f := range b.fields {
		if f.Place == place && f.Name != "" {
			fields = append(fields, f)
		}
	}
	return fields
}
