package config

// zoneExample is the form of a time zone, and the remedy where no name of one can be read.
func zoneExample(known bool) string {
	const form = ` such as "Europe/Paris"`
	if known {
		return form
	}
	return form + ": there is no database of time zones on this machine, so that no name is known; build with -tags timetzdata, which puts one into the program, or install tzdata"
}
