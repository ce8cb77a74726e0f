package server

// Patterns are the patterns of all routes of the pages.
func Patterns(s *Server) []string {
	var out []string
	for _, r := range s.routes() {
		out = append(out, r.pattern)
	}
	return out
}
