package main

import (
	"fmt"
	"os"
	"strings"
)

// rewrite puts the text of a part between its marks in a document.
func rewrite(path, part, text string) error {
	doc, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed, err := replace(string(doc), part, text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, []byte(changed), 0o644)
}

func replace(doc, part, text string) (string, error) {
	begin, end := "<!-- table:"+part+" -->\n", "<!-- end:"+part+" -->\n"
	before, rest, opened := strings.Cut(doc, begin)
	_, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		return "", fmt.Errorf("there are no lines %q and %q", strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return before + begin + text + end + after, nil
}
