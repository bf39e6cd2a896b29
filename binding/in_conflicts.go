package binding

// checkTogether reports fields that cannot be in one In.
func (c *compiler) checkTogether() {
	places, members := map[string]string{}, map[string]string{}
	for _, p := range c.plan.parts {
		if other, taken := places[p.place]; taken && p.Name != "" {
			c.samePlace(p, other)
			continue
		}
		places[p.place] = p.Go
		if other, taken := members[p.JSON]; taken {
			c.problem(p.Go, "is called %q in the direct form, where the whole input is one JSON object, and so is %s: give one another name there with a json tag", p.JSON, other)
		}
		members[p.JSON] = p.Go
	}
	c.checkBody()
}

func (c *compiler) samePlace(p *part, other string) {
	if p.located() {
		c.problem(p.Go, "is bound to the %s %q, and so is %s: keep one of the two", p.Where, p.Name, other)
		return
	}
	c.problem(p.Go, "is the JSON member %q, and so is %s: give one another name", p.JSON, other)
}

// checkBody reports fields that want the body in different forms.
func (c *compiler) checkBody() {
	members, whole := c.members(), c.plan.whole
	switch {
	case whole != nil && len(members) > 0:
		c.problem(members[0].Go, `is a member of the JSON body, but %s takes the whole body (body:""): say where %[2]s comes from, exclude it with json:"-", or move it into %[1]s`, whole.Go, members[0].Go)
	case whole != nil && len(c.plan.form) > 0:
		c.problem(c.plan.form[0].Go, `comes from a form, but %s takes the whole body (body:""): keep one of the two`, whole.Go)
	case len(members) > 0 && len(c.plan.form) > 0:
		c.problem(members[0].Go, `is a member of a JSON body, but %s comes from a form, and a body is one or the other: tag it form:%q too, or exclude it with json:"-"`, c.plan.form[0].Go, members[0].JSON)
	}
}

// members returns the fields that are members of the JSON body.
func (c *compiler) members() []*part {
	var members []*part
	for _, p := range c.plan.parts {
		if p.Where == Body && p.Name != "" {
			members = append(members, p)
		}
	}
	return members
}
