package pattern

import "slices"

// Index finds among many patterns those that may take a request of another one, without
// holding each against each: an app has hundreds of routes, and hardly two that meet.
// Patterns are known by the order in which they were added, from 0.
type Index struct {
	root indexNode
	size int
}

// indexNode is a position in the paths of patterns.
type indexNode struct {
	literals map[string]*indexNode
	wildcard *indexNode
	ends     []int // the patterns that end here
	rests    []int // those that take whatever follows
}

// Add adds a pattern.
func (x *Index) Add(p *Pattern) {
	n := &x.root
	for _, s := range p.segments {
		if s.multi {
			n.rests = append(n.rests, x.size)
			x.size++
			return
		}
		n = n.child(s)
	}
	n.ends = append(n.ends, x.size)
	x.size++
}

// child returns the node behind a segment, made when it is first asked for.
func (n *indexNode) child(s segment) *indexNode {
	if s.wild {
		if n.wildcard == nil {
			n.wildcard = &indexNode{}
		}
		return n.wildcard
	}
	if n.literals == nil {
		n.literals = map[string]*indexNode{}
	}
	next := n.literals[s.text]
	if next == nil {
		next = &indexNode{}
		n.literals[s.text] = next
	}
	return next
}

// Meeting returns the patterns whose paths may have one in common with p, in the order in
// which they were added: all that Conflicts could say yes to, and few others.
func (x *Index) Meeting(p *Pattern) []int {
	var found []int
	x.root.meeting(p.segments, &found)
	slices.Sort(found)
	return found
}

func (n *indexNode) meeting(segments []segment, found *[]int) {
	if n == nil {
		return
	}
	*found = append(*found, n.rests...)
	if len(segments) == 0 {
		*found = append(*found, n.ends...)
		return
	}
	s, rest := segments[0], segments[1:]
	switch {
	case s.multi:
		n.below(found)
	case s.wild:
		for _, next := range n.literals {
			next.meeting(rest, found)
		}
	default:
		n.literals[s.text].meeting(rest, found)
	}
	if !s.multi {
		n.wildcard.meeting(rest, found)
	}
}

// below adds all patterns that go on from here; those of n.rests have been added.
func (n *indexNode) below(found *[]int) {
	*found = append(*found, n.ends...)
	for _, next := range n.literals {
		*found = append(*found, next.rests...)
		next.below(found)
	}
	if next := n.wildcard; next != nil {
		*found = append(*found, next.rests...)
		next.below(found)
	}
}
