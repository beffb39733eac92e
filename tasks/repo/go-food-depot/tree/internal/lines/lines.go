// Package lines reads the depot's files line by line.
package lines

import "strings"

// Line is the words of a line that says something, and its number from 1.
type Line struct {
	Number int
	Words  []string
}

// Split leaves out empty lines and what stands behind a "#".
func Split(text string) []Line {
	var found []Line
	for at, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			found = append(found, Line{at + 1, words})
		}
	}
	return found
}
