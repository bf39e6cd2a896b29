package middleware

// configure applies options to the defaults. A nil option changes nothing.
func configure[S any, O ~func(*S)](settings S, options []O) S {
	for _, o := range options {
		if o != nil {
			o(&settings)
		}
	}
	return settings
}
