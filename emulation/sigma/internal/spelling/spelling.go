package spelling

import "strings"

// Similar says that one word may be a slip of the pen for the other.
func Similar(a, b string) bool {
	d := EditDistance(a, b)
	return d <= 2 && 2*d < min(len(a), len(b)) || strings.EqualFold(a, b)
}

// EditDistance counts the letters to add, drop or change between two words.
func EditDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
