package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tallywire/extract"
)

// TestMonotone holds that the same words over and over count nothing, and that prose beside them is read.
func TestMonotone(t *testing.T) {
	t.Parallel()
	prose := "Each side released 85 captives on Friday."
	for name, text := range map[string]string{
		"figures": strings.Repeat("5, ", 4000), "lines": strings.Repeat("12\n", 4000), "words": strings.Repeat("said 5 of ", 4000),
	} {
		mentions := extract.Text(prose+"\n\n"+text+"\n\n"+strings.Repeat(prose+" ", 2), "en", time.Time{})
		if len(mentions) == 0 || mentions[0].Text != "85 captives" || len(mentions) > 200 {
			t.Errorf("%s: got %d mentions, want the captives and few others", name, len(mentions))
		}
	}
	endless := strings.Builder{}
	for i := range 3000 {
		fmt.Fprintf(&endless, "w%d said %d of m%d, ", i*7919%4093, i*31%9973, i*13%997)
	}
	if mentions := extract.Text(endless.String(), "en", time.Time{}); len(mentions) > 600 {
		t.Errorf("data without the end of a sentence: got %d mentions", len(mentions))
	}
	table := strings.Repeat("January 12 31 44 7\nFebruary 15 28 40 9\nMarch 11 30 39 8\n", 2)
	if mentions := extract.Text(table, "en", time.Time{}); len(mentions) < 12 {
		t.Errorf("a table: got %d mentions, want its figures", len(mentions))
	}
}
