extension String {
    /// Whether those very octets are in it.
    ///
    /// `contains` compares characters, which of two texts in ASCII says the same and takes twenty times as
    /// long; whoever looks for words in all mail asks this.
    package func hasOctets(of wanted: String) -> Bool {
        let all = utf8Span.span
        let wanted = wanted.utf8Span.span
        guard wanted.count > 0 else { return true }
        guard all.count >= wanted.count else { return false }
        let first = wanted[0]
        for start in 0...(all.count - wanted.count) where all[start] == first {
            var length = 1
            while length < wanted.count, all[start + length] == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }
}
