package demo

import (
	_ "embed"
	"strings"
)

//go:embed draft.txt
var draft string

// Draft is a draft about the sample's news, with figures that are right, wrong, open and unheard of.
var Draft = strings.TrimSpace(draft)
