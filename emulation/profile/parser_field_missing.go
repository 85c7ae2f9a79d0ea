package profile

// ParserFieldMissing is a parser that stopped to give a field, as after an
// update of the log's format.
type ParserFieldMissing struct {
	About
	Field string
}

func (p ParserFieldMissing) befall(c *Copy) {
	if p.befalls(c) {
		c.lose(p.Field)
	}
}
