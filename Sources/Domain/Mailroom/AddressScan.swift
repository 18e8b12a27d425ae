internal import Mail

/// Finds addresses in running text: in a display name, in a forwarded header.
///
/// It takes what looks like one to people. Deciding by From never goes
/// through here.
enum AddressScan {
    /// In order, at most 20, of the first 16,000 characters.
    static func addresses(in text: some StringProtocol) -> [EmailAddress] {
        let characters = Array(text.prefix(16_000))
        var found: [EmailAddress] = []
        var end = 0
        for (index, character) in characters.enumerated() where character == "@" {
            guard found.count < 20 else { break }
            var first = index
            while first > end, isLocal(characters[first - 1]) { first -= 1 }
            var last = index + 1
            while last < characters.count, isDomain(characters[last]) { last += 1 }
            end = last
            let domain = String(characters[(index + 1)..<last]).trimming(".-")
            guard domain.contains("."),
                let address = EmailAddress(localPart: String(characters[first..<index]), domain: domain)
            else { continue }
            found.append(address)
        }
        return found
    }

    private static func isLocal(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "!#$%&'*+-/=?^_`{|}~.".contains(character)
    }

    private static func isDomain(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "-" || character == "."
    }
}

extension String {
    fileprivate func trimming(_ characters: String) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
