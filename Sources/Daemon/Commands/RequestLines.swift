internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// Requests as lists and programs read them.
enum RequestLines {
    static func members(_ request: Request, _ account: String, _ desk: Desk) -> [(String, JSON)] {
        let today = RequestReading(desk: desk).today
        return [
            ("id", JSON(request.id.rawValue)), ("account", .string(account)),
            ("title", .string(request.title)),
            ("state", .string(request.state.rawValue)), ("partly_answered", JSON(request.isPartlyAnswered)),
            ("overdue", JSON(request.isOverdue(today: today))), ("folder", .string("\(request.folder)")),
            ("language", .string(request.language.rawValue)), ("due", JSON(request.due?.description)),
            ("expires", .string(request.expires.rfc3339)),
            ("reminders", request.reminders.map { JSON($0.map { JSON($0) }) } ?? .null),
            ("author", .string(request.author)), ("created", .string(request.created.rfc3339)),
            ("closed", JSON(request.closed?.rfc3339)), ("items", JSON(request.items.map(json))),
            ("recipients", JSON(request.recipients.map(json))),
            ("documents", JSON(request.documents.map { JSON($0.rawValue) })),
        ]
    }

    static func json(_ item: RequestItem) -> JSON {
        [
            "number": JSON(item.number), "name": .string(item.name), "state": .string(item.state.rawValue),
            "note": JSON(item.note),
        ]
    }

    private static func json(_ recipient: RequestRecipient) -> JSON {
        [
            "name": JSON(recipient.name), "address": .string(recipient.address.description),
            "state": .string(recipient.state.rawValue), "reason": JSON(recipient.reason),
            "sent": JSON(recipient.sent?.rfc3339), "proof": .string(recipient.proof.rawValue),
        ]
    }

    static func json(_ part: RequestPart, of request: Request) -> JSON {
        [
            "message": JSON(part.message.rawValue), "section": .string(part.section.text),
            "name": JSON(part.name), "bytes": JSON(part.octets), "sha256": .string(part.sha256.hex),
            "state": .string(part.state.rawValue), "document": JSON(part.document),
            "item": JSON(request.items.first { $0.id == part.item }?.number),
            "because": .string(part.because), "ticked_by": JSON(part.tickedBy),
        ]
    }

    /// What a link asks of whoever comes by it, where it asks for anything.
    static func proof(_ proof: LinkProof) -> String {
        switch proof {
        case .nothing: ""
        case .code: "  asks for a code"
        case .login: "  asks to sign in"
        }
    }

    // MARK: - Links

    /// Links are secrets: they are told to who asks for them, and never in a list.
    static func links(
        of request: Request, _ links: RequestLinks, _ desk: Desk
    ) -> [(String, JSON)] {
        guard RequestDeed.copyLink.refusal(in: request.state) == nil else { return [] }
        // Beside links that ask who comes, one that lets in anybody is not handed out.
        let asks = request.recipients.contains { $0.proof != .nothing }
        return [
            ("link", JSON(asks ? nil : links.openLink(of: request))),
            (
                "links",
                JSON(
                    request.recipients.map { recipient in
                        [
                            "address": .string(recipient.address.description),
                            "link": JSON(links.link(of: recipient, request)),
                        ]
                    })
            ),
        ]
    }

    static func links(
        _ request: Request, _ links: RequestLinks, _ desk: Desk, to recipients: [RequestRecipient]? = nil
    ) -> [String] {
        guard RequestDeed.copyLink.refusal(in: request.state) == nil else { return [] }
        let until = "valid until \(desk.configuration.requestTerms.lastDay(before: request.expires))"
        let chosen = recipients ?? request.recipients
        guard !chosen.isEmpty else {
            return links.openLink(of: request).map { ["\($0)   \(until)"] } ?? []
        }
        return chosen.compactMap { recipient in
            links.link(of: recipient, request).map { link in
                "\(link)   \(until)" + (chosen.count > 1 ? ", for \(recipient.address)".shown : "")
            }
        }
    }

    // MARK: - For people

    /// `2 of 3 items`, `answered`, `overdue since 2026-12-10`.
    static func state(_ request: Request, _ desk: Desk) -> String {
        var words = [request.state.rawValue]
        if request.isPartlyAnswered {
            words.append(
                "\(request.items.count - request.askedFor.count) of \(counted(request.items.count, "item"))")
        }
        if request.isUndelivered { words.append("undelivered") }
        if request.isOverdue(today: RequestReading(desk: desk).today) { words.append("overdue") }
        return words.joined(separator: ", ")
    }

    static func lines(_ request: Request, _ parts: [RequestPart], _ account: Account, _ desk: Desk)
        -> [String]
    {
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let last = desk.configuration.requestTerms.lastDay(before: request.expires)
        var lines = ["\(request.id) \(request.title)   \(state(request, desk))"]
        lines.append("account  \(account.number) \(account.name), \(request.folder)")
        lines.append(
            "asked    by \(request.author), \(clock.short(request.created)), "
                + (request.due.map { "due \($0), " } ?? "") + "valid until \(last)")
        for recipient in request.recipients {
            lines.append(
                "to       \(recipient.address)  \(recipient.state.rawValue)"
                    + (recipient.reason.map { ": \($0)" } ?? "") + RequestLines.proof(recipient.proof))
        }
        for line in request.text.split(separator: "\n") { lines.append("  | \(line)") }
        if !request.items.isEmpty {
            var table = Table(["ITEM", "STATE", "NAME", "DOCUMENT"])
            for item in request.items {
                let came = parts.filter { $0.item == item.id }.compactMap { $0.document ?? $0.name }
                table.add([
                    "\(item.number)", item.state.rawValue, item.name + (item.note.map { " (\($0))" } ?? ""),
                    came.joined(separator: ", "),
                ])
            }
            lines += [""] + table.lines
        }
        let others = parts.filter { $0.item == nil }
        if !others.isEmpty {
            lines += ["", "came besides:"]
            for part in others {
                lines.append(
                    "  \(part.message):\(part.section.text)  \(part.document ?? part.name ?? "")  \(part.because)"
                )
            }
        }
        return lines.map(\.shown)
    }
}

/// `mailroom request show`.
enum RequestShow {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        try await show(try await desk.request(invocation.arguments.operands[0]).id, invocation, desk)
        return .ok
    }

    /// Also what every verb that changes something ends with.
    static func show(_ id: RequestID, _ invocation: Invocation, _ desk: Desk) async throws {
        let (request, parts) = try await desk.store.read { (try $0.knownRequest(id), try $0.parts(of: id)) }
        let account = try await desk.account(of: request)
        if invocation.json {
            invocation.output.print(
                .object(
                    RequestLines.members(request, account.number.text, desk) + [
                        ("text", .string(request.text)),
                        ("parts", JSON(parts.map { RequestLines.json($0, of: request) })),
                    ]))
        } else {
            for line in RequestLines.lines(request, parts, account, desk) { invocation.output.print(line) }
        }
    }
}
