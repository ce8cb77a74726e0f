package crawler

// add changes the Summary.
func (p *pass) add(change func(*Summary)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(&p.sum)
}

// count counts an address that gave no document.
func (p *pass) count(reason Reason) {
	p.add(func(s *Summary) {
		s.Reasons[reason]++
		switch reason {
		case ReasonTooOld, ReasonRobots, ReasonExcluded, ReasonTrap:
			s.Passed++
		default:
			s.Failed++
		}
	})
}

func (p *pass) found(n int) {
	if p.c.opts.Progress != nil {
		p.c.opts.Progress.Found(p.source.ID, n)
	}
}

func (p *pass) done(n int) {
	if p.c.opts.Progress != nil {
		p.c.opts.Progress.Done(p.source.ID, n)
	}
}
