package import Mail
package import Text

/// A letter of ours that a message names: looked up for each message, for there are many letters.
package struct AnsweredLetter: Hashable, Sendable {
    /// How the message names it, the surest first.
    package enum Naming: Int, Hashable, Comparable, Sendable, CaseIterable {
        /// A recipient carries the letter's token as its sub-address.
        case subAddress
        case inReplyTo
        case references

        package static func < (left: Naming, right: Naming) -> Bool { left.rawValue < right.rawValue }
    }

    package let naming: Naming
    package let subject: String
    /// Whom the letter was about; nil: nobody's in particular.
    package let account: AccountID?
    /// All of its envelope's recipients.
    package let recipients: Set<AddressKey>
    package let request: AnsweredRequest?
    /// Whether the message names it by its token too: an id that some server gave it may be guessed.
    package let isBySecret: Bool

    package init(
        naming: Naming, subject: String, account: AccountID?, recipients: Set<AddressKey>,
        request: AnsweredRequest? = nil, isBySecret: Bool
    ) {
        self.naming = naming
        self.subject = subject
        self.account = account
        self.recipients = recipients
        self.request = request
        self.isBySecret = isBySecret
    }
}

/// The request that a letter belongs to, as far as an answer depends on it.
package struct AnsweredRequest: Hashable, Sendable {
    package let id: RequestID
    package let account: AccountID
    package let title: String
    package let folder: FolderPath
    package let state: RequestState
    /// Whether answers are filed into its folder and tick its items.
    package let takesReplies: Bool

    package init(
        id: RequestID, account: AccountID, title: String, folder: FolderPath, state: RequestState,
        takesReplies: Bool
    ) {
        self.id = id
        self.account = account
        self.title = title
        self.folder = folder
        self.state = state
        self.takesReplies = takesReplies
    }

    /// As people are told of it: `request 318 “Lohnunterlagen”`.
    package var name: String { "request \(id) “\(title)”" }
}

/// The names a message gives for what it answers: Message-IDs, and tokens in sub-addresses.
package struct AnswerNames: Hashable, Sendable {
    /// The `detail` of each `local+detail@domain` it went to that has a token's shape.
    package let tokens: [String]
    package let inReplyTo: [MessageID]
    /// The last one first: it is the nearest.
    package let references: [MessageID]

    /// More than that in one message is nobody's thread.
    private static let most = 200

    package init(_ facts: MessageFacts) {
        let recipients = (facts.envelope.to + facts.envelope.cc).map(\.address) + facts.deliveredTo
        tokens = Array(Set(recipients.prefix(Self.most).compactMap(Self.token))).sorted()
        inReplyTo = Array(facts.envelope.inReplyTo.prefix(Self.most))
        references = Array(facts.envelope.references.suffix(Self.most).reversed())
    }

    package var isEmpty: Bool { tokens.isEmpty && inReplyTo.isEmpty && references.isEmpty }

    /// Whether one of them is a letter's secret token, or is made of it.
    package func tell(_ token: String) -> Bool {
        tokens.contains(token)
            || (inReplyTo + references).contains {
                $0.rawValue.hasPrefix(token + "@") || $0.rawValue.hasPrefix(token + ".r@")
            }
    }

    /// 16 octets in lower-case base32: some servers change the case of local parts.
    private static func token(_ address: EmailAddress) -> String? {
        guard let plus = address.localPart.lastIndex(of: "+") else { return nil }
        let detail = address.localPart[address.localPart.index(after: plus)...].lowercased()
        guard detail.utf8.count == 26,
            detail.utf8.allSatisfy({ (97...122).contains($0) || (50...55).contains($0) })
        else { return nil }
        return detail
    }
}
