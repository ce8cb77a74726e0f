package article

import "golang.org/x/net/html"

func (c *cutter) markOf(n *html.Node, elem int) {}
