/// What a server says of itself after EHLO. RFC 5321 section 4.1.1.1.
package struct SMTPServer: Hashable, Sendable {
    /// As it greets; the first line's words.
    package let greeting: String
    /// The octets of the largest message it takes; nil where it does not say. RFC 1870 section 3.
    package let largestMessage: Int?
    package let hasSMTPUTF8: Bool
    package let has8BitMIME: Bool
    /// Mechanisms it offers for logging in, in capitals.
    package let mechanisms: [String]

    /// - Parameter lines: of the answer to the last EHLO.
    init(greeting: String, lines: [String]) {
        self.greeting = greeting
        var sizes: [Int] = []
        var words: Set<String> = []
        var mechanisms: [String] = []
        // The first line is the server's name.
        for line in lines.dropFirst() {
            let pieces = line.uppercased().split(whereSeparator: { $0 == " " || $0 == "=" }).map(String.init)
            guard let keyword = pieces.first else { continue }
            words.insert(keyword)
            if keyword == "SIZE", pieces.count > 1, let size = Int(pieces[1]), size > 0 { sizes.append(size) }
            if keyword == "AUTH" { mechanisms += pieces.dropFirst().filter { !mechanisms.contains($0) } }
        }
        largestMessage = sizes.min()
        hasSMTPUTF8 = words.contains("SMTPUTF8")
        has8BitMIME = words.contains("8BITMIME")
        self.mechanisms = mechanisms
    }
}
