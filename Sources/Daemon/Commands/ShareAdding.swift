internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom share add`: somebody may look at documents, by a letter to each or by a link alone.
enum ShareAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(arguments.operands[0])
        let reading = RequestReading(desk: desk)
        var order = ShareOrder(
            account: account.id,
            documents: try await reading.documents(Array(arguments.operands.dropFirst())),
            recipients: arguments.values("--to"), person: try await desk.person(invocation),
            knowsPrivate: arguments.has("--private"))
        guard !order.recipients.isEmpty else {
            throw CommandFailure(.usage, "--to ADDRESS is missing: who may look")
        }
        order.lastDay = try arguments.value("--expires").map { text throws(CommandFailure) in
            try reading.day("--expires", text)
        }
        order.text = try await reading.message(invocation) ?? ""
        order.language = try arguments.word("--language", Text.Language.self)
        order.proof = try arguments.word("--proof", LinkProof.self)
        let isByMail = !arguments.has("--no-mail")
        do {
            let (id, letters) = try await desk.shares(invocation).share(order, isByMail: isByMail)
            try await tell(id, letters, invocation, desk)
        } catch let refusal as DeskRefusal where refusal.reason == .privateDocument {
            throw CommandFailure(.notAllowed, "\(refusal.words.shown) (share it all the same: --private)")
        }
        return .ok
    }

    private static func tell(
        _ id: ShareID, _ letters: [LetterID], _ invocation: Invocation, _ desk: Desk
    ) async throws {
        let share = try await desk.store.read { try $0.knownShare(id) }
        if invocation.json {
            let account = try await desk.account(of: share)
            invocation.output.print(
                .object(
                    try ShareLines.members(share, account.number.text, desk)
                        + ShareLines.links(share, desk.shares(invocation))
                        + [("queued", JSON(letters.map { JSON($0.rawValue) }))]))
            return
        }
        let addresses = share.recipients.map(\.address.description).joined(separator: ", ")
        let numbers = letters.map(\.description).joined(separator: ", ")
        let words = letters.isEmpty ? "is open" : "sent to \(addresses) (queued \(numbers))"
        invocation.output.print("share \(id) \(words)".shown)
        for line in try ShareLines.links(share, desk.shares(invocation), desk) {
            invocation.output.print(line)
        }
    }
}

extension Desk {
    /// Who does what staff want of shares, in the name of the caller.
    func shares(_ invocation: Invocation) -> ShareDesk {
        ShareDesk(office, actor: invocation.actor, now: now)
    }

    /// The share of that number.
    func share(_ text: String) async throws -> Share {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no share: they have numbers, see mailroom share list")
        }
        return try await ShareDesk(office, actor: "", now: now).share(ShareID(number))
    }

    /// The account a share is of.
    func account(of share: Share) async throws -> Account {
        guard let account = try await office.recorder.currentDirectory().accounts[share.account] else {
            throw CommandFailure(.noSuchThing, "the account of share \(share.id) is gone")
        }
        return account
    }
}
