internal import Daemon
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Text

/// `mailroom request edit`: changes what is given, and leaves the rest.
enum RequestEditing {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let request = try await desk.request(arguments.operands[0])
        try desk.check(.edit, request)
        let reading = RequestReading(desk: desk)
        var change = RequestChange()
        change.title = try arguments.value("--title").map { text throws(CommandFailure) in
            try reading.title(text)
        }
        change.text = try await reading.message(invocation)
        change.language = try arguments.word("--language", Text.Language.self)
        if let folder = arguments.value("--folder") {
            change.folder = try FolderReading.folder(folder, of: try await desk.account(of: request))
        }
        if let due = arguments.value("--due") {
            change.due = due == "none" ? .some(nil) : .some(try reading.day("--due", due))
        }
        if let days = arguments.value("--reminders") {
            change.reminders = days == "firm" ? .some(nil) : .some(try reading.reminders(days))
        }
        guard !change.isEmpty else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom request edit --help")
        }
        let (actor, now, changes) = (invocation.actor, desk.now, change)
        try await desk.store.write { try $0.editRequest(request.id, changes, by: actor, now: now) }
        try await RequestShow.show(request.id, invocation, desk)
        return .ok
    }
}

/// `mailroom request add`: asks for more, or asks more people.
enum RequestAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let request = try await desk.request(arguments.operands[0])
        let reading = RequestReading(desk: desk)
        let account = try await desk.account(of: request)
        let items = try reading.items(arguments.values("--item"))
        let documents = try await reading.documents(arguments.values("--document"), of: account)
        let recipients = try await reading.recipients(arguments.values("--to"), of: account)
        guard !items.isEmpty || !documents.isEmpty || !recipients.isEmpty else {
            throw CommandFailure(.usage, "nothing to add is given: --item, --document or --to")
        }
        for (isGiven, deed) in [
            (!items.isEmpty, RequestDeed.addItems), (!documents.isEmpty, .attach),
            (!recipients.isEmpty, .addRecipients),
        ] where isGiven { try desk.check(deed, request) }
        let isByMail = request.state == .open && !recipients.isEmpty && !arguments.has("--no-mail")
        if isByMail { _ = try RequestPost(desk, invocation) }
        let (actor, now, id) = (invocation.actor, desk.now, request.id)
        let end = desk.againUntil
        let added = try await desk.store.write { transaction in
            if !items.isEmpty {
                try transaction.addItems(items, to: id, holdingUntil: end, by: actor, now: now)
            }
            if !documents.isEmpty { try transaction.addDocuments(documents, to: id, by: actor, now: now) }
            guard !recipients.isEmpty else { return [RequestRecipientID]() }
            return try transaction.addRecipients(recipients, to: id, by: actor, now: now)
        }
        let changed = try await desk.store.read { try $0.knownRequest(id) }
        let new = changed.recipients.filter { added.contains($0.id) }
        if isByMail, !new.isEmpty {
            try await RequestPost(desk, invocation).queue({ _ in .request }, of: changed, to: new) {
                transaction in
                try transaction.sendRequest(id, to: added, by: actor, now: now)
            }
        } else if request.state == .open {
            try await desk.store.write { transaction in
                for recipient in added { try transaction.setRecipient(recipient, after: .take, now: now) }
            }
        }
        try await RequestShow.show(id, invocation, desk)
        return .ok
    }
}

/// `mailroom request remind`: a letter at once, besides those of the cadence.
enum RequestReminding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let request = try await desk.request(invocation.arguments.operands[0])
        try desk.check(.remind, request)
        let asked = try desk.recipients(of: request, invocation)
        let recipients = asked.filter(\.state.mayBeReminded)
        guard !recipients.isEmpty else {
            let states = asked.map { "\($0.address) is \($0.state.rawValue)" }.joined(separator: ", ")
            throw CommandFailure(.badData, "nobody can be reminded: \(states)".shown)
        }
        let (actor, now, id) = (invocation.actor, desk.now, request.id)
        let isOverdue = request.isOverdue(today: RequestReading(desk: desk).today)
        let reminded = try await desk.store.read { transaction in
            try recipients.map { ($0.id, try transaction.reminderSubject($0.id)?.reminded ?? 0) }
        }
        let counts = Dictionary(uniqueKeysWithValues: reminded)
        let chosen = recipients.map(\.id)
        let letters = try await RequestPost(desk, invocation).queue(
            { LetterKind.reminder(afterOthers: counts[$0.id] ?? 0, isOverdue: isOverdue) }, of: request,
            to: recipients,
            with: { transaction in
                let current = try transaction.knownRequest(id)
                if let refusal = RequestDeed.remind.refusal(in: current.state) {
                    throw StoreError(.conflict, "request \(id) \(refusal)")
                }
                try transaction.audit(
                    "request.remind", by: actor, account: current.account.rawValue, subject: "\(id)", at: now)
            },
            after: { transaction, letters in
                for (recipient, letter) in zip(chosen, letters) {
                    try transaction.recordReminder(nil, to: recipient, letter: letter, now: now)
                }
            })
        let addresses = recipients.map(\.address.description).joined(separator: ", ")
        try await RequestSending.tell(
            id, "reminder to \(addresses) (queued \(letters.map(\.description).joined(separator: ", ")))",
            letters,
            invocation, desk)
        return .ok
    }
}

extension Desk {
    /// Until when a request holds at least that is asked for again.
    var againUntil: Timestamp {
        let terms = configuration.requestTerms
        return terms.end(of: RequestReading(desk: self).today + RequestTerms.daysWhenAskedAgain)
    }
}
