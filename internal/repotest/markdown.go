package repotest

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Document is a Markdown file, split into its prose and its code.
type Document struct {
	Name   string   // relative to the root, with slashes
	Prose  []string // its lines; lines of code blocks are ""
	Blocks []Block
}

// Block is a fenced code block.
type Block struct {
	Line   int    // of the fence
	Lang   string // the first word after the fence
	Marker string // the HTML comment on the line above: "file: a.go", "from: b.go"
	Code   string
}

var marker = regexp.MustCompile(`^<!--\s*(.*?)\s*-->$`)

// ParseDocument splits the text of a Markdown file.
func ParseDocument(name, text string) Document {
	doc := Document{Name: name}
	var open *Block
	for i, line := range strings.Split(text, "\n") {
		lang, fence := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case fence && open == nil:
			open = &Block{Line: i + 1, Lang: firstWord(lang), Marker: markerAbove(doc.Prose)}
		case fence:
			doc.Blocks = append(doc.Blocks, *open)
			open = nil
		case open != nil:
			open.Code += line + "\n"
		default:
			doc.Prose = append(doc.Prose, line)
			continue
		}
		doc.Prose = append(doc.Prose, "")
	}
	return doc
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return word
}

// markerAbove returns the comment on the last line that is not blank.
func markerAbove(prose []string) string {
	for _, line := range slices.Backward(prose) {
		if line == "" {
			continue
		}
		if m := marker.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			return m[1]
		}
		break
	}
	return ""
}

var (
	codeSpan = regexp.MustCompile("`[^`]*`")
	link     = regexp.MustCompile(`\]\(([^)\s]+)[^)]*\)`)
	scheme   = regexp.MustCompile(`^[a-z]+:`)
)

// CheckLinks returns the links of a document to files or headings that do not exist.
func CheckLinks(root string, doc Document) []Problem {
	var problems []Problem
	for i, line := range doc.Prose {
		for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(line, ""), -1) {
			if why := brokenLink(root, doc, m[1]); why != "" {
				problems = append(problems, Problem{fmt.Sprintf("%s:%d", doc.Name, i+1), fmt.Sprintf("the link to %s leads nowhere: %s", m[1], why)})
			}
		}
	}
	return problems
}

func brokenLink(root string, doc Document, target string) string {
	if scheme.MatchString(target) {
		return ""
	}
	file, anchor, _ := strings.Cut(target, "#")
	if file != "" {
		full := filepath.Join(root, filepath.FromSlash(path.Join(path.Dir(doc.Name), file)))
		if _, err := os.Stat(full); err != nil {
			return "no such file"
		}
		if anchor == "" || !strings.HasSuffix(file, ".md") {
			return ""
		}
		text, err := os.ReadFile(full)
		if err != nil {
			return err.Error()
		}
		doc = ParseDocument(file, string(text))
	}
	if !slices.Contains(anchors(doc), anchor) {
		return "no such heading; headings are " + strings.Join(anchors(doc), ", ")
	}
	return ""
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)

// anchors are the headings of a document as links name them on GitHub.
func anchors(doc Document) []string {
	var found []string
	for _, line := range doc.Prose {
		if !strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
		found = append(found, strings.ReplaceAll(notInAnchor.ReplaceAllString(words, ""), " ", "-"))
	}
	return found
}

// CheckSnippets returns the Go blocks of a document that are no Go, and those
// that claim to be from a file ("<!-- from: path -->") in which they are not.
func CheckSnippets(root string, doc Document) []Problem {
	var problems []Problem
	for _, b := range doc.Blocks {
		if b.Lang != "go" {
			continue
		}
		where := fmt.Sprintf("%s:%d", doc.Name, b.Line)
		if err := parses(b.Code); err != nil {
			problems = append(problems, Problem{where, fmt.Sprintf("this Go block is neither a file, nor declarations, nor statements (%v); write it so that it is, or mark it as text", err)})
		}
		if file, ok := strings.CutPrefix(b.Marker, "from: "); ok && !quotes(root, file, b.Code) {
			problems = append(problems, Problem{where, fmt.Sprintf("this block is said to be from %s and is not there any more; copy it again", file)})
		}
	}
	return problems
}

// parses tries code as a file, as declarations and as statements, and returns
// the error of the reading that got furthest.
func parses(code string) error {
	var furthest error
	var reach token.Pos
	for _, wrapped := range []string{code, "package p;" + code, "package p; func _() {" + code + "\n}"} {
		file, err := parser.ParseFile(token.NewFileSet(), "", wrapped, 0)
		if err == nil {
			return nil
		}
		if file != nil && file.End() >= reach {
			reach, furthest = file.End(), err
		}
	}
	return furthest
}

// quotes reports whether a file has the lines of code, at whatever depth of
// indentation.
func quotes(root, file, code string) bool {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	return err == nil && strings.Contains(flat(string(text)), flat(code))
}

func flat(code string) string {
	lines := strings.Split(strings.TrimSpace(code), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}
