/// Guesses what was meant by an unknown word.
package enum Suggestion {
    /// The known word that is at most two edits away, the nearest first, or nil.
    static func nearest(to word: String, among known: some Sequence<String>) -> String? {
        known.map { (word: $0, distance: distance(from: word, to: $0)) }
            // Two edits make any short word out of any other.
            .filter { $0.distance <= min(2, $0.word.count - 1) }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    /// `; did you mean "url"?`, or nothing.
    package static func question(for word: String, among known: some Sequence<String>) -> String {
        nearest(to: word, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// Insertions, deletions and replacements of one character that lead from one word to the other. (Levenshtein)
    static func distance(from left: String, to right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (line, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (character == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
