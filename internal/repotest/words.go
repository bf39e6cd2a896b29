package repotest

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// machinePath finds a path of somebody's machine: it starts a word, unlike the
// same letters within a URL. The pattern does not match itself.
var machinePath = regexp.MustCompile(`(?:^|[^\w.~/)}\]-])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+)/`)

// CheckWords returns the lines of text files that name a path of one machine.
func CheckWords(root string) ([]Problem, error) {
	var problems []Problem
	err := walkFiles(root, func(name string, text []byte) {
		for i, line := range strings.Split(string(text), "\n") {
			if found := machinePath.FindString(line); found != "" {
				problems = append(problems, Problem{fmt.Sprintf("%s:%d", name, i+1), fmt.Sprintf(
					"names a path of one machine (%s…); write it relative to the repository", strings.TrimSpace(found))})
			}
		}
	})
	return problems, err
}

// Documents parses the Markdown files under root.
func Documents(root string) ([]Document, error) {
	var docs []Document
	err := walkFiles(root, func(name string, text []byte) {
		if strings.HasSuffix(name, ".md") {
			docs = append(docs, ParseDocument(name, string(text)))
		}
	})
	return docs, err
}

// walkFiles calls visit with every text file. Directories of git and of tools
// (.git, bin) are not part of the repository.
func walkFiles(root string, visit func(name string, text []byte)) error {
	return filepath.WalkDir(root, func(full string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == ".git" || e.Name() == "bin" || e.Name() == ".bin") {
			return filepath.SkipDir
		}
		if !e.Type().IsRegular() || e.Name() == ".git" { // a worktree's says where its repository is
			return nil
		}
		text, err := os.ReadFile(full)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, full)
		if err == nil && bytes.IndexByte(text, 0) < 0 {
			visit(filepath.ToSlash(name), text)
		}
		return err
	})
}
