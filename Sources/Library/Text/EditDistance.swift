/// How many slips of the finger lie between two words.
package enum EditDistance {
    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    ///
    /// - Returns: nil when it takes more than `atMost`.
    package static func between(_ one: String, _ other: String, atMost: Int) -> Int? {
        let one = Array(one.unicodeScalars)
        let other = Array(other.unicodeScalars)
        guard abs(one.count - other.count) <= atMost, max(one.count, other.count) <= 128 else { return nil }
        var before: [Int] = []
        var above = Array(0...other.count)
        for row in one.indices {
            var current = [row + 1]
            for column in other.indices {
                let replaced = above[column] + (one[row] == other[column] ? 0 : 1)
                var best = min(replaced, above[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            before = above
            above = current
        }
        let distance = above[other.count]
        return distance <= atMost ? distance : nil
    }
}
