package crawler

import (
	"context"
	"net"
)

// SetDial has a Crawler connect by dial alone, past the guard: for tests on connections in memory.
func SetDial(c *Crawler, dial func(ctx context.Context, network, address string) (net.Conn, error)) {
	c.transport.base.DialContext = dial
}
