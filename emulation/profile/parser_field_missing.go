package profile

// ParserFieldMissing is a parser that stopped to give a field, as after an
// update of the log's format.
type ParserFieldMissing struct {
	About
	Field string
}

func (p ParserFieldMissing) apply(c *Delivery) {
	if p.appliesTo(c) {
		c.dropFields(p.Field)
	}
}
