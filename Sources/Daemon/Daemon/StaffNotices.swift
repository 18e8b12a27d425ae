internal import Configuration
internal import Intake
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Systemd
internal import Text

extension Configuration.Requests.Tell {
    var hearers: UploadHearers {
        switch self {
        case .assignee: .assignee
        case .followers: .followers
        case .all: .all
        case .nobody: .nobody
        }
    }
}

/// What the firm's own people are written to of.
extension Office {
    /// A letter to each who hears of an upload.
    func notices(of upload: StaffLetters.Upload) async throws -> [WrittenLetter] {
        guard let stationery else { return [] }
        let (circle, account) = (configuration.requests.tell.hearers, upload.account)
        let members = try await data.store.read { try $0.hearers(circle, of: account) }
        let letters = StaffLetters(stationery: stationery, now: Office.now)
        return try members.filter(isOutside).compactMap { try letters.uploaded(upload, to: $0) }
    }

    /// Writes to whoever had a letter sent that came back.
    package func tellUndelivered() async {
        guard let stationery else { return }
        let now = Office.now
        let since = Timestamp(milliseconds: now.milliseconds - 3 * 86_400_000)
        do {
            let found = try await data.store.read { transaction in
                try transaction.untoldUndelivered(since: since, limit: 100).map {
                    (failure: $0, hearer: try transaction.hearer(of: $0))
                }
            }
            guard !found.isEmpty else { return }
            let writer = StaffLetters(stationery: stationery, now: now)
            let written = try found.compactMap { failure, hearer in
                try hearer.flatMap { isOutside($0) ? try writer.undelivered(failure, to: $0) : nil }
            }
            let failures = found.map(\.failure)
            try await letters.queue(written, now: now, with: { try $0.setTold(failures, now: now) })
        } catch {
            log.event("not-told", .error, [], "staff could not be told of letters that came back: \(error)")
        }
    }

    /// Whether somebody's address is none of those that we read ourselves: there it would be mail to file.
    private func isOutside(_ member: StaffMember) -> Bool {
        guard let key = member.email.flatMap({ AddressKey($0) }) else { return false }
        let own =
            configuration.mailboxes.compactMap { AddressKey($0.user) }
            + [officeAddress.address].compactMap { AddressKey($0) }
        return !own.contains(key)
    }
}
