package import Text

/// Which server's Authentication-Results are believed: `mx.example.net`, or `mx*.example.net`.
///
/// A star stands for anything within one label, and never in the part that an
/// organisation registered: `*.net` would believe everybody.
package struct AuthservPattern: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    /// Whose servers these are.
    package let organization: DomainName
    private let labels: [NamePattern]

    package init?(_ text: String) {
        let lower = text.lowercased()
        let labels = lower.split(separator: ".", omittingEmptySubsequences: false)
        guard !lower.contains(where: { "?[]".contains($0) }),
            let organization = DomainName(String(lower.map { $0 == "*" ? "x" : $0 }))?.organization
        else { return nil }
        let registered = organization.aLabels.split(separator: ".").count
        guard !labels.suffix(registered).contains(where: { $0.contains("*") }) else { return nil }
        var patterns: [NamePattern] = []
        for label in labels {
            guard let pattern = NamePattern(String(label)) else { return nil }
            patterns.append(pattern)
        }
        self.text = text
        self.organization = organization
        self.labels = patterns
    }

    package var description: String { text }

    package func matches(_ authservID: String) -> Bool {
        let its = authservID.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        return its.count == labels.count && zip(labels, its).allSatisfy { $0.matches(String($1)) }
    }
}

/// Whose word on senders a source takes: `sender_checks`.
package enum SenderChecks: Hashable, Sendable {
    /// The server writes none.
    case none
    case servers([AuthservPattern])
    /// Microsoft's servers write results without saying who they are.
    case microsoft365

    /// No server at all: `[]` in the configuration.
    package var isEmpty: Bool { self == .none || self == .servers([]) }
}
