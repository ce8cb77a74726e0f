package server

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"tallywire/claims"
)

// A graph draws who carries whom: voices at the left, the sources that printed them at the right. All lengths are in units
// of the drawing, Width wide.
type graph struct {
	Left          int // where the drawing begins: there is nothing to the left
	Width, Height int
	Voices        []node
	Carriers      []node
	Ties          []tie
	Hidden        int // voices beyond what is drawn
	Describe      string
}

type node struct {
	X, Y              int
	Name, Note, Class string
}

type tie struct {
	Path, Class string
}

// Bounds of the drawing.
const (
	maxVoices   = 10
	maxCarriers = 14
	graphWidth  = 720
	rowHeight   = 46
	letterWidth = 8 // of the widest common letters at the drawing's size
)

func (s *Server) newGraph(v *view, c *claims.Claim) *graph {
	if len(c.Origins) == 0 {
		return nil
	}
	g := &graph{Width: graphWidth, Hidden: max(0, len(c.Origins)-maxVoices)}
	var carriers []claims.SourceID
	for _, o := range c.Origins[:min(len(c.Origins), maxVoices)] {
		for _, id := range o.Carriers {
			if !slices.Contains(carriers, id) && len(carriers) < maxCarriers {
				carriers = append(carriers, id)
			}
		}
	}
	voices := c.Origins[:min(len(c.Origins), maxVoices)]
	rows := max(len(voices), len(carriers))
	g.Height = rows*rowHeight + 12
	middle := func(i, n int) int { return 6 + (2*i+1)*rows*rowHeight/(2*n) }
	for i, o := range voices {
		class := "voice " + string(o.Stance)
		if !o.Counts {
			class += " uncounted"
		}
		note := v.Value(o.Value)
		switch {
		case !o.Counts:
			note += " · " + v.T("voice.uncounted")
		case o.Stake:
			note += " · " + v.T("voice.stake", plain(o.Party))
		}
		n := node{X: 300, Y: middle(i, len(voices)), Name: plain(cut(o.Name, 36)), Note: cut(note, 48), Class: class}
		g.Voices = append(g.Voices, n)
		for _, id := range o.Carriers {
			j := slices.Index(carriers, id)
			if j < 0 {
				continue
			}
			y := middle(j, len(carriers))
			g.Ties = append(g.Ties, tie{Path: fmt.Sprintf("M%d %d C%d %d %d %d %d %d", n.X+10, n.Y, n.X+70, n.Y, 410, y, 470, y), Class: class})
		}
	}
	for j, id := range carriers {
		g.Carriers = append(g.Carriers, node{X: 478, Y: middle(j, len(carriers)), Name: cut(s.sourceName(id), 30)})
	}
	longest := func(nodes []node) int {
		n := 0
		for _, x := range nodes {
			n = max(n, utf8.RuneCountInString(x.Name), utf8.RuneCountInString(x.Note))
		}
		return n * letterWidth
	}
	g.Left = max(0, 300-longest(g.Voices))
	g.Width = min(graphWidth, 500+longest(g.Carriers)) - g.Left
	g.Describe = v.T("graph.describe", len(c.Origins), len(carriers))
	return g
}
