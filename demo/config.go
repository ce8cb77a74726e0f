package demo

import (
	_ "embed"
	"strings"
)

//go:embed config.yaml
var configuration string

// Config is the sample's config.yaml with the addresses at which a Newsroom serves it.
func Config(n *Newsroom) []byte {
	out := configuration
	for host, base := range n.bases {
		out = strings.ReplaceAll(out, "{{"+host+"}}", base)
	}
	return []byte(out)
}
