package claims

// Blocks returns the keys under which the store finds a mention again when another one might speak of the same claim.
func Blocks(m *Mention) []string {
	f := figureOf(m, DefaultWidths())
	return []string{kindOf(m) + " " + f.point.String()}
}
