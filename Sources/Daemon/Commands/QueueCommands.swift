internal import Daemon
internal import Mail
internal import Mailroom
internal import Store

extension CommandTable {
    static let queueCommands: [Command] = [
        Command(
            "queue list",
            options: [
                Option("--all", "what was sent or cancelled, too"),
                Option("--limit", value: "N", "at most so many"), .json,
            ], "letters that wait, are in doubt or were refused, newest first", .onData(QueueList.run)),
        Command(
            "queue show", operands: "LETTER", least: 1, most: 1, options: [.json],
            "a letter, and what each recipient's server said", .onData(QueueShow.run)),
        Command(
            "queue retry", operands: "LETTER…", least: 1, most: nil,
            "offers letters again at once, refused and doubtful ones too",
            .onData { invocation, desk in
                try await QueueDeeds.each(invocation, desk, "is offered again") { transaction, id in
                    try transaction.retryLetter(id, by: invocation.actor, now: desk.now)
                }
            }),
        Command(
            "queue hold", operands: "LETTER…", least: 1, most: nil,
            options: [Option("--release", "lets it go on")],
            "holds letters back until they are released",
            .onData { invocation, desk in
                let hold = !invocation.arguments.has("--release")
                return try await QueueDeeds.each(invocation, desk, hold ? "is held back" : "goes on") {
                    try $0.holdLetter($1, hold, by: invocation.actor, now: desk.now)
                }
            }),
        Command(
            "queue cancel", operands: "LETTER…", least: 1, most: nil,
            "takes letters back from those they were not sent to",
            .onData { invocation, desk in
                try await QueueDeeds.each(invocation, desk, "is cancelled") { transaction, id in
                    try transaction.cancelLetter(id, by: invocation.actor, now: desk.now)
                }
            }),
        Command(
            "queue learn", operands: "SERVER KEEPS FILES SUB BOUNCES", least: 5, most: 5,
            "keeps what check --online found out about a server that sends",
            .onData(CheckSending.learn)),
    ]
}

/// What `queue` does to letters: all of those named, or none.
enum QueueDeeds {
    static func each(
        _ invocation: Invocation, _ desk: Desk, _ done: String,
        _ deed: @escaping @Sendable (StoreTransaction, LetterID) throws -> Void
    ) async throws -> ExitCode {
        var ids: [LetterID] = []
        for text in invocation.arguments.operands { ids.append(try letter(text)) }
        let all = ids
        try await desk.store.write { transaction in for id in all { try deed(transaction, id) } }
        for id in ids { invocation.output.print("letter \(id) \(done)") }
        if !desk.isDaemon {
            invocation.output.complain("no daemon runs: what is queued leaves when one does")
        }
        return .ok
    }

    static func letter(_ text: String) throws(CommandFailure) -> LetterID {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no letter: they have numbers, see mailroom queue list")
        }
        return LetterID(number)
    }
}

/// `mailroom queue list`.
enum QueueList {
    private static let screenful = 50

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let asked = try invocation.arguments.number("--limit")
        let all = invocation.arguments.has("--all")
        let limit = asked ?? (invocation.json ? Int.max : screenful)
        let letters = try await desk.store.read { try $0.queuedLetters(all: all, limit: limit) }
        if invocation.json {
            for letter in letters { invocation.output.print(QueueLines.json(letter)) }
            return .ok
        }
        guard !letters.isEmpty else {
            invocation.output.print("Nothing waits to be sent.")
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        var table = Table(["LETTER", "QUEUED", "BY", "TO", "STATE", "SUBJECT"])
        for letter in letters {
            let to = letter.submissions.map(\.address)
            table.add([
                letter.id.description, clock.short(letter.queued), letter.author.shown.shortened(to: 16),
                (to.first ?? "").shown.shortened(to: 30) + (to.count > 1 ? " +\(to.count - 1)" : ""),
                QueueLines.state(letter, clock), letter.subject.shown.shortened(to: 60),
            ])
        }
        for line in table.lines { invocation.output.print(line) }
        if asked == nil, letters.count == limit {
            invocation.output.print("These are the newest \(limit); --limit N shows more.")
        }
        return .ok
    }
}

/// `mailroom queue show`.
enum QueueShow {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let id = try QueueDeeds.letter(invocation.arguments.operands[0])
        guard let letter = try await desk.store.read({ try $0.queuedLetter(id) }) else {
            throw CommandFailure(.noSuchThing, "there is no letter \(id) in the queue")
        }
        if invocation.json {
            invocation.output.print(QueueLines.json(letter))
            return .ok
        }
        let clock = OfficeClock(desk.configuration, now: desk.now)
        let output = invocation.output
        output.print("“\(letter.subject.shown)”, \(letter.kind.rawValue), \(size(Int64(letter.octets)))")
        output.print("queued   \(clock.short(letter.queued)) by \(letter.author.shown)")
        output.print("leaves   by \(letter.route.map { "[mailbox.\($0)] smtp" } ?? "[smtp]")")
        output.print("id       <\(letter.messageID.shown)>")
        if let account = letter.accountNumber { output.print("account  \(account)") }
        if let request = letter.request { output.print("request  \(request)") }
        if let message = letter.message { output.print("message  \(message)") }
        if let held = letter.held { output.print("held     since \(clock.short(held))") }
        if let copy = letter.copy {
            output.print("copy     " + (letter.copyReason.map { "\(copy): \($0)" } ?? copy).shown)
        }
        var table = Table(["TO", "STATE", "TRIES", "WHAT WAS SAID"])
        for submission in letter.submissions {
            table.add([
                submission.address.shown, QueueLines.state(submission, letter, clock),
                "\(submission.attempts)", QueueLines.said(submission),
            ])
        }
        for line in table.lines { output.print(line) }
        return .ok
    }
}

/// How a letter of the queue is written: for people, and as JSON.
enum QueueLines {
    static func state(_ letter: QueuedLetter, _ clock: OfficeClock) -> String {
        let states = letter.submissions.map { state($0, letter, clock) }
        let different = Set(states)
        guard different.count > 1 else { return states.first ?? "" }
        return different.sorted().map { state in "\(states.count { $0 == state }) \(state)" }
            .joined(separator: ", ")
    }

    static func state(
        _ submission: QueuedLetter.Submission, _ letter: QueuedLetter, _ clock: OfficeClock
    ) -> String {
        let twice = submission.maybeTwice ? ", may have been sent twice" : ""
        switch submission.state {
        case .queued:
            if letter.held != nil { return "held" }
            if let next = submission.nextTry { return "next try \(clock.short(next))" + twice }
            if let after = letter.notBefore { return "leaves \(clock.short(after))" }
            return "queued" + twice
        case .intended: return "may have been sent" + (submission.intents > 1 ? ", twice" : "")
        case .sent: return "sent" + twice
        case .refused: return "refused" + twice
        case .undelivered: return "came back"
        case .cancelled: return "cancelled"
        }
    }

    /// `550 5.1.1 no such user`.
    static func said(_ submission: QueuedLetter.Submission) -> String {
        let pieces = [submission.code.map(String.init), submission.status, submission.reply]
        let words = pieces.compactMap { $0 }.joined(separator: " ")
        return words.isEmpty ? "–" : words.shown
    }

    static func json(_ letter: QueuedLetter) -> JSON {
        [
            "id": JSON(letter.id.rawValue), "kind": .string(letter.kind.rawValue),
            "subject": .string(letter.subject), "message_id": .string(letter.messageID),
            "bytes": JSON(letter.octets), "mailbox": JSON(letter.route),
            "message": JSON(letter.message?.rawValue), "account": JSON(letter.accountNumber),
            "request": JSON(letter.request?.rawValue), "by": .string(letter.author),
            "queued": .string(letter.queued.rfc3339), "not_before": JSON(letter.notBefore?.rfc3339),
            "held": JSON(letter.held?.rfc3339), "copy": JSON(letter.copy),
            "recipients": JSON(
                letter.submissions.map { submission -> JSON in
                    [
                        "address": .string(submission.address), "state": .string(submission.state.rawValue),
                        "tries": JSON(submission.attempts), "next_try": JSON(submission.nextTry?.rfc3339),
                        "code": JSON(submission.code), "status": JSON(submission.status),
                        "reply": JSON(submission.reply), "maybe_twice": JSON(submission.maybeTwice),
                        "changed": .string(submission.changed.rfc3339),
                    ]
                }),
        ]
    }
}
