package import Mail
internal import Text

/// The Authentication-Results of a message that this source's own border wrote.
///
/// A border writes its results above the Received field by which it took the
/// message from outside; whatever came with the message is below. Among
/// what is above, only the leading run of fields with a trusted id counts: a
/// server that adds one of its own stands above them all. PRODUCT.md 2.2.
///
/// | header, from the top | counts |
/// |---|---|
/// | ours, Received from outside | ours |
/// | Received from inside, ours, ours, Received from outside, ours | the first two |
/// | another's, ours, Received from outside | none |
/// | Received from outside, ours | none: it came with the message |
/// | Received from inside alone, ours | none: the border is not to be seen |
/// | ours, Received from nowhere by another's server | ours |
/// | ours, no Received at all | ours: it never travelled, so nobody outside wrote it |
package struct TrustedResults: Hashable, Sendable {
    /// Of all fields that count, from the top.
    package let results: [AuthenticationResults.Result]
    package let fieldCount: Int
    /// A sentence of what was found, for `explain`.
    package let because: String

    package init(_ fields: [HeaderField], _ checks: SenderChecks) {
        guard !checks.isEmpty else {
            self.init([], "this source's server writes no Authentication-Results that count")
            return
        }
        let organizations: Set<DomainName>
        switch checks {
        case .none: organizations = []
        case .servers(let patterns): organizations = Set(patterns.map(\.organization))
        case .microsoft365: organizations = Self.microsofts
        }
        let hops = fields.indices.filter { fields[$0].name == "received" }
            .map { ($0, ReceivedField(fields[$0].value)) }
        let border =
            hops.first { Self.isBorder($0.1, organizations, checks) }
            ?? hops.first { $0.1.isOfOthers(organizations) }
        let hasTravelled = !hops.isEmpty
        guard let end = border?.0 ?? (hasTravelled ? nil : fields.count) else {
            self.init([], "no Received field shows where the message came from outside")
            return
        }
        var counted: [AuthenticationResults] = []
        for field in fields[..<end] where field.name == "authentication-results" {
            guard let read = AuthenticationResults(field.value), Self.isTrusted(read, checks) else { break }
            counted.append(read)
        }
        let below = fields[end...].contains { $0.name == "authentication-results" }
        let sentence =
            switch (counted.isEmpty, below) {
            case (true, true): "the only Authentication-Results came with the message"
            case (true, false): "the message has no Authentication-Results of a trusted server on top"
            case (false, _):
                "by \(counted[0].authservID ?? "Microsoft 365"), above the Received field of the border"
            }
        self.init(counted, sentence)
    }

    private init(_ fields: [AuthenticationResults], _ because: String) {
        results = fields.flatMap(\.results)
        fieldCount = fields.count
        self.because = because
    }

    /// The results of a method; none when two of them differ, for then it doesn't count.
    package func results(of method: String) -> [AuthenticationResults.Result] {
        let its = results.filter { $0.method == method }
        return Set(its.map(\.result)).count > 1 ? [] : its
    }

    private static func isTrusted(_ field: AuthenticationResults, _ checks: SenderChecks) -> Bool {
        switch checks {
        case .none: false
        case .servers(let patterns):
            field.authservID.map { id in patterns.contains { $0.matches(id) } } ?? false
        case .microsoft365: field.authservID == nil
        }
    }

    /// Microsoft's front door is under mail.protection.outlook.com (seen in 2026), also for mail from
    /// its other customers, whose hosts have its names too.
    private static func isBorder(
        _ hop: ReceivedField, _ organizations: Set<DomainName>, _ checks: SenderChecks
    ) -> Bool {
        switch checks {
        case .none, .servers: !hop.isInside(organizations)
        case .microsoft365:
            hop.by?.hasSuffix(".mail.protection.outlook.com") == true
                || !hop.isInside(organizations, trustsNames: true)
        }
    }

    private static let microsofts = Set(
        ["outlook.com", "office365.com", "exchangelabs.com"].compactMap { DomainName($0) })
}
