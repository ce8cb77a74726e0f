package hostile

import (
	"strings"
	"testing"
)

func TestMarkup(t *testing.T) {
	t.Parallel()
	all := Markup()
	if len(all) < 350 {
		t.Errorf("only %d texts", len(all))
	}
	scripts := 0
	for _, s := range all {
		if l := strings.ToLower(s); strings.Contains(l, "<script") || strings.Contains(l, "javascript:") || strings.Contains(l, "onload") {
			scripts++
		}
	}
	if scripts < 40 {
		t.Errorf("only %d of them would run anything", scripts)
	}
}
