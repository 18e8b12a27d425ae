package import IMAP
internal import MIME
internal import Mail

/// Which authserv-ids a server has been writing of late: what `sender_checks` should say.
package struct SenderCheckSurvey {
    private let session: IMAPSession

    package init(session: IMAPSession) { self.session = session }

    private static let messages = 100

    /// The ids of the newest messages' top Authentication-Results, the most frequent first.
    package func run() async throws -> [String] {
        let selection = try await session.examine(.inbox)
        guard selection.exists > 0 else { return [] }
        let all = try await session.uids()
        let newest = UIDSet(Array(all).suffix(Self.messages))
        let received = Received<HeaderOfUID>()
        _ = try await session.fetchHeaders(newest, into: HeaderIntake(received: received))
        var counts: [String: Int] = [:]
        for header in received.take() {
            guard let top = header.parsed.header.values(of: "Authentication-Results").first else { continue }
            let id = AuthenticationResults(top)?.authservID ?? "(no id: “microsoft365”?)"
            counts[id, default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
