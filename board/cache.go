package board

import "sync"

// cacheSize is how many filters' answers are kept. One over a hundred thousand claims takes 400 KB.
const cacheSize = 24

// A resultCache keeps what filters picked of the present state.
type resultCache struct {
	mu   sync.Mutex
	kept map[string]*matched
	line []string // oldest first
}

func (c *resultCache) get(key string, generation uint64) *matched {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m := c.kept[key]; m != nil && m.generation == generation {
		return m
	}
	return nil
}

func (c *resultCache) put(key string, m *matched) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[string]*matched{}
	}
	if c.kept[key] == nil {
		c.line = append(c.line, key)
	}
	c.kept[key] = m
	if len(c.line) > cacheSize {
		delete(c.kept, c.line[0])
		c.line = c.line[1:]
	}
}

func (c *resultCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept, c.line = nil, nil
}
