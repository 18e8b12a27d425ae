package import Mail

/// The Message-ID that a server gives a letter, as far as its answer to the final dot tells.
///
/// | server | what it says, in 2026 | the letter's Message-ID then |
/// |---|---|---|
/// | Exchange Online | `250 2.0.0 OK <AB1…@x.prod.outlook.com> [Hostname=…]` | the one in brackets |
/// | Amazon SES | `250 Ok 0102019…-000000` | `0102019…-000000@eu-west-1.amazonses.com` |
/// | others | a queue id | ours |
package enum AnsweredMessageID {
    /// - Parameter host: of the server that said it: SES's id is that of its region.
    package static func named(in words: String, by host: String) -> MessageID? {
        if let open = words.firstIndex(of: "<"), let close = words[open...].firstIndex(of: ">") {
            let id = words[words.index(after: open)..<close]
            guard id.utf8.count <= 250, id.contains("@"), id.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
                return nil
            }
            return MessageID(id)
        }
        let labels = host.lowercased().split(separator: ".")
        guard labels.count == 4, labels[0] == "email-smtp", labels[2] == "amazonaws", labels[3] == "com",
            let id = words.split(separator: " ").last, id.utf8.count > 30, id.hasSuffix("-000000"),
            id.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
        else { return nil }
        // The first region's name is left out, and its domain is another.
        let domain = labels[1] == "us-east-1" ? "email.amazonses.com" : "\(labels[1]).amazonses.com"
        return MessageID("\(id)@\(domain)")
    }
}
