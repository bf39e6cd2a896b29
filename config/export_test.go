package config

// HiddenTexts counts the texts that are remembered.
func HiddenTexts() (n int) {
	hiddenTexts.Range(func(any, any) bool { n++; return true })
	return n
}
