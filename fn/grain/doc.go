// Package grain cuts an app into units. It is pure: it looks at the description
// of an app, and says what the units are, how each is built, where each finds the
// others, and which calls between functions become remote.
//
//	func main() {
//		description, err := app.Describe(context.Background())
//		if err != nil {
//			log.Fatal(err)
//		}
//		units, err := grain.Cut(description, grain.ByGroup(description))
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, unit := range units {
//			fmt.Println(unit.Name, strings.Join(unit.Tags, ","), unit.Handler)
//		}
//	}
//
// # Partitions
//
// A Partition says which functions belong together: Whole, ByGroup and ByFunction
// are the built-in grains app, group and function; Parse reads any other from
// text, a unit a line:
//
//	# name: selectors
//	front: catalogue.* chat.*
//	orders: orders.create orders.get orders.cancel
//	pricing: orders.price
//
// Every function has to be in exactly one unit.
package grain
