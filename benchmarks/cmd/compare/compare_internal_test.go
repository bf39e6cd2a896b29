package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestChoose(t *testing.T) {
	for list, want := range map[string]string{"": partNames(), "cold": "cold", "macro, http": "macro, http"} {
		chosen, err := choose(list)
		var names []string
		for _, p := range chosen {
			names = append(names, p.name)
		}
		if got := strings.Join(names, ", "); err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", list, got, err, want)
		}
	}
	if _, err := choose("http,warm"); err == nil || !strings.Contains(err.Error(), partNames()) {
		t.Errorf("an unknown part: %v", err)
	}
}

func TestEveryoneHasATurnInEveryRound(t *testing.T) {
	all := []string{"a", "b", "c", "d"}
	var turns []string
	if err := takeTurns(20, all, func(s string) error { turns = append(turns, s); return nil }); err != nil {
		t.Fatal(err)
	}
	orders := map[string]bool{}
	for round := range slices.Chunk(turns, len(all)) {
		orders[strings.Join(round, "")] = true
		if got := slices.Sorted(slices.Values(round)); !slices.Equal(got, all) {
			t.Errorf("a round is %v", round)
		}
	}
	if len(turns) != 80 || len(orders) == 1 { // 20 rounds in the same order: once in 24 to the 19th
		t.Errorf("%d turns in %d orders", len(turns), len(orders))
	}
}

func TestWhatIsWrittenCanBeRead(t *testing.T) {
	var file strings.Builder
	l := lines{w: &file}
	values := map[string]float64{"next-ns": 2960000, "rss-B": 9.5e6}
	for range 2 {
		if err := l.add("Cold", "byhand", []metric{{unit: "next-ns"}, {unit: "rss-B"}}, values); err != nil {
			t.Fatal(err)
		}
	}
	written := strings.Split(strings.TrimSpace(file.String()), "\n")
	if len(written) != 5 || written[3] != "BenchmarkCold/contender=byhand 1 2960000 next-ns 9500000 rss-B" || written[4] != written[3] {
		t.Fatalf("wrote\n%s", file.String())
	}
	if got, ok := read(written[3]); !ok || got["next-ns"] != 2960000 || got["rss-B"] != 9.5e6 {
		t.Errorf("read %v, %t", got, ok)
	}
}

func TestRead(t *testing.T) {
	got, ok := read("BenchmarkHTTP/get/contender=chi \t  379416\t      3173 ns/op\t    1900 B/op\t      22 allocs/op")
	if !ok || got["ns/op"] != 3173 || got["B/op"] != 1900 || got["allocs/op"] != 22 {
		t.Errorf("got %v, %t", got, ok)
	}
	for _, line := range []string{"", "PASS", "cpu: a b c d", "BenchmarkHTTP/get/contender=chi", "Benchmark of x y z"} {
		if got, ok := read(line); ok {
			t.Errorf("%q is %v", line, got)
		}
	}
}

func TestAPatternNamesOneBenchmark(t *testing.T) {
	u := suite{benchmark: "BenchmarkLambda"}
	if got := u.pattern(turn{"http-2.0/get", "byhand"}); got != `^BenchmarkLambda$/^http-2\.0$/^get$/^contender=byhand$` {
		t.Errorf("got %s", got)
	}
	if got := u.pattern(turn{"", "local"}); got != "^BenchmarkLambda$/^contender=local$" {
		t.Errorf("got %s", got)
	}
}

func TestFormats(t *testing.T) {
	for want, got := range map[string]string{
		"4.97 ns": duration(4.97), "4.97 µs": duration(4970), "1 ms": duration(999_999), "12.3 ms": duration(12_345_678),
		"9694 B": size(9694), "24.6 kB": size(24_612), "9.54 MB": size(9_540_000), "-288.5 kB": size(-288_500),
		"0": exact(0), "999": exact(999), "6 287 022": exact(6_287_022), "54486": whole(54486.3),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestASheetWritesEachRowInItsUnit(t *testing.T) {
	s := newSheet("get", "a", []string{"a", "b"}, []metric{{"ns/op", "time", duration, 0}, {"B/op", "memory", size, 0}})
	s.add("b", map[string]float64{"ns/op": 1500, "B/op": 10, "other": 1})
	s.add("a", map[string]float64{"ns/op": 3000, "B/op": 20})
	const want = "| get | a | b |\n|---|--:|--:|\n| time | 3 µs | 1.5 µs (0.50) |\n| memory | 20 B | 10 B (0.50) |\n"
	if got := s.markdown(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestReplace(t *testing.T) {
	const doc = "a\n<!-- table:http -->\nold\n<!-- end:http -->\nb\n"
	got, err := replace(doc, "http", "new\n")
	if want := "a\n<!-- table:http -->\nnew\n<!-- end:http -->\nb\n"; err != nil || got != want {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := replace(doc, "cold", "new\n"); err == nil {
		t.Error("there is no place for it")
	}
}

func TestTheDocumentHasAPlaceForEveryPart(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/benchmarks.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts() {
		if _, err := replace(string(doc), p.name, ""); err != nil {
			t.Errorf("docs/benchmarks.md: %v", err)
		}
	}
}
