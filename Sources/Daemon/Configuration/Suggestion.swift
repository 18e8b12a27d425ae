internal import Text

/// The word that was probably meant.
enum Suggestion {
    /// The known word nearest to `word`, if it is near enough that a slip of the finger explains it.
    ///
    /// Case, and `-` for `_`, are no slips.
    static func nearest(to word: String, among known: [String]) -> String? {
        let wanted = plain(word)
        if let same = known.first(where: { plain($0) == wanted }) { return same }
        let limit = min(3, max(1, wanted.unicodeScalars.count / 3))
        let near = known.compactMap { candidate in
            EditDistance.between(wanted, plain(candidate), atMost: limit).map { (candidate, $0) }
        }
        return near.min { $0.1 < $1.1 }?.0
    }

    private static func plain(_ word: String) -> String {
        String(word.lowercased().map { $0 == "-" ? "_" : $0 })
    }
}
