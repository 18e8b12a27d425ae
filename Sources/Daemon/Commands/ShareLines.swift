internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// Shares as lists and programs read them.
enum ShareLines {
    static func members(_ share: Share, _ account: String, _ desk: Desk) -> [(String, JSON)] {
        [
            ("id", JSON(share.id.rawValue)), ("account", .string(account)),
            ("documents", JSON(share.documents.map { JSON($0.rawValue) })),
            ("language", .string(share.language.rawValue)), ("author", .string(share.author)),
            ("created", .string(share.created.rfc3339)),
            ("recipients", JSON(share.recipients.map { json($0, desk) })),
        ]
    }

    private static func json(_ recipient: ShareRecipient, _ desk: Desk) -> JSON {
        [
            "name": JSON(recipient.name), "address": .string(recipient.address.description),
            "state": .string(recipient.state(at: desk.now).rawValue),
            "expires": .string(recipient.expires.rfc3339), "revoked": JSON(recipient.revoked?.rfc3339),
            "letter": JSON(recipient.letter?.rawValue), "opened": JSON(recipient.opened?.rfc3339),
            "downloaded": JSON(recipient.downloaded?.rfc3339), "proof": .string(recipient.proof.rawValue),
        ]
    }

    /// Links are secrets: they are told to who asks for them, and never in a list.
    static func links(_ share: Share, _ deeds: ShareDesk) throws -> [(String, JSON)] {
        let addresses = try deeds.addresses(of: share)
        return [
            (
                "links",
                JSON(
                    share.recipients.map { recipient in
                        [
                            "address": .string(recipient.address.description),
                            "link": JSON(addresses[recipient.id]),
                        ]
                    })
            )
        ]
    }

    static func links(
        _ share: Share, _ deeds: ShareDesk, _ desk: Desk, to chosen: [ShareRecipientID]? = nil
    ) throws -> [String] {
        let addresses = try deeds.addresses(of: share)
        return share.recipients.filter { chosen?.contains($0.id) ?? true }.compactMap { recipient in
            addresses[recipient.id].map { link in
                "\(link)   valid until \(deeds.terms.lastDay(before: recipient.expires))"
                    + (share.recipients.count > 1 ? ", for \(recipient.address)".shown : "")
            }
        }
    }
}

/// `mailroom share list`.
enum ShareList {
    private static let most = 1000

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let account = try await desk.account(of: invocation)
        let (isAll, now) = (invocation.arguments.has("--all"), desk.now)
        let shares = try await desk.store.read { try $0.shares(account: account?.id, limit: most) }.filter {
            isAll || $0.recipients.contains { $0.state(at: now) == .open }
        }
        let accounts = try await desk.office.recorder.currentDirectory().accounts
        func number(_ share: Share) -> String { accounts[share.account]?.number.text ?? "" }
        if invocation.json {
            for share in shares {
                invocation.output.print(.object(members(share, number(share), desk)))
            }
            return .ok
        }
        guard !shares.isEmpty else {
            invocation.output.print("There is none: mailroom share add NUMBER DOCUMENT --to ADDRESS")
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: now)
        let terms = desk.configuration.shareTerms
        var table = Table([
            "ID", "ACCOUNT", "TO", "PROOF", "STATE", "UNTIL", "OPENED", "DOWNLOADED", "DOCUMENTS",
        ])
        for share in shares {
            let names = try await desk.store.read { try $0.names(of: share.id) }
            for recipient in share.recipients {
                table.add([
                    "\(share.id)", number(share), recipient.address.description.shown,
                    recipient.proof.rawValue, recipient.state(at: now).rawValue,
                    "\(terms.lastDay(before: recipient.expires))",
                    recipient.opened.map(clock.short) ?? "", recipient.downloaded.map(clock.short) ?? "",
                    names.shown,
                ])
            }
        }
        for line in table.lines { invocation.output.print(line) }
        return .ok
    }

    private static func members(_ share: Share, _ account: String, _ desk: Desk) -> [(String, JSON)] {
        ShareLines.members(share, account, desk)
    }
}
