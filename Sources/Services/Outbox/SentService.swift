internal import IMAP
internal import Mail
internal import Mailroom
internal import Store
internal import Workers

/// Sees to it that each letter is in the Sent of one source exactly once.
///
/// It looks before it adds: some servers file a copy of their own, and a crash
/// may have come between the copy and the row that tells of it.
struct SentService: Sendable {
    let sent: SentSettings
    let vault: Vault
    let store: Store
    let board: RouteBoard
    let events: OutboxEvents
    let bell: Bell
    let times: OutboxTimes
    let clock: @Sendable () -> Timestamp

    private static let batch = 100
    private static let longestWait = 3600
    /// Copies are put together: the mailbox is opened at most so often.
    private static let pause = 2

    private var title: String { "mailbox.\(sent.source) Sent" }

    func run() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                let next = try await copyDue()
                failures = 0
                let left = next.map { Int(($0.milliseconds - clock().milliseconds + 999) / 1000) }
                await bell.wait(seconds: max(Self.pause, min(left ?? Self.longestWait, Self.longestWait)))
            } catch {
                if Task.isCancelled { break }
                failures += 1
                await bell.wait(seconds: report(error, failures: failures))
            }
        }
        board.remove(title)
    }

    /// Sees to what is due; returns when to look again.
    private func copyDue() async throws -> Timestamp? {
        let (source, now) = (sent.source, clock())
        let due = try await store.read {
            try $0.dueCopies(source: source, now: now, limit: Self.batch)
        }
        var ready: [SentCopy] = []
        for copy in due {
            let wait = copy.serverFilesCopy == false || copy.isIntended ? 0 : Int64(times.filing) * 1000
            let moment = Timestamp(milliseconds: copy.sent.milliseconds + wait)
            if moment <= now {
                ready.append(copy)
            } else {
                try await store.write { try $0.delayCopy(of: copy.letter, until: moment, reason: nil) }
            }
        }
        if !ready.isEmpty { try await copy(ready) }
        return try await store.read { try $0.nextCopyDue(source: source) }
    }

    private func copy(_ copies: [SentCopy]) async throws {
        let login: IMAPLogin
        do { login = try await sent.login() } catch { throw RouteTrouble(login: error) }
        let session = try await IMAPSession.open(sent.endpoint, login)
        defer { session.cancel() }
        try await withTaskCancellationHandler {
            let listed = try await session.list().map {
                Mailroom.ListedMailbox(
                    name: $0.name, uses: Set($0.uses), isSelectable: $0.isSelectable, delimiter: $0.delimiter)
            }
            guard let mailbox = MailboxChoice.sent(among: listed) else {
                throw RouteTrouble("the server has no Sent mailbox", .login, needsPerson: true)
            }
            _ = try await session.examine(mailbox)
            for copy in copies {
                if Task.isCancelled { return }
                try await see(to: copy, in: mailbox, session)
            }
            await session.logout()
        } onCancel: {
            session.cancel()
        }
        board.update(title) { health in
            health.state = .idle
            health.error = nil
            health.nextTry = nil
        }
    }

    private func see(to copy: SentCopy, in mailbox: MailboxName, _ session: IMAPSession) async throws {
        let id = copy.letter
        let (letter, names) = try await store.read { (try $0.letter(id), try $0.names(of: id)) }
        guard let letter else { return }
        if try await isThere(letter, names, session) {
            try await store.write { try $0.copyIsThere(of: id) }
            return events.copied(sent.source, id, isOurs: copy.isIntended)
        }
        let age = clock().milliseconds - copy.sent.milliseconds
        if copy.serverFilesCopy == true, age < Self.serversTime {
            let later = Timestamp(milliseconds: clock().milliseconds + 120_000)
            return try await store.write { try $0.delayCopy(of: id, until: later, reason: nil) }
        }
        try await store.write { try $0.intendCopy(of: id) }
        Fault.reached("copy-intended")
        do {
            try await session.append(to: mailbox, flags: [.seen], octetCount: letter.octets) { [vault] sink in
                try vault.pass(letter.place, letter.sha256, to: sink)
            }
        } catch {
            try await put(off: copy, age: age, "\(error)")
            throw error
        }
        Fault.reached("copy-appended")
        try await store.write { try $0.copyIsThere(of: id) }
        events.copied(sent.source, id, isOurs: true)
    }

    /// So long a server that files its own copies may take.
    private static let serversTime: Int64 = 900_000

    /// By our Message-ID, by the name in References where the server gave it another, and by that other.
    private func isThere(
        _ letter: DueLetter, _ names: [MessageID], _ session: IMAPSession
    ) async throws -> Bool {
        if try await !session.uids(whereField: "Message-ID", holds: letter.token).isEmpty { return true }
        if try await !session.uids(whereField: "References", holds: "\(letter.token).r@").isEmpty {
            return true
        }
        for name in names where !name.rawValue.contains(letter.token) {
            if try await !session.uids(whereField: "Message-ID", holds: name.rawValue).isEmpty { return true }
        }
        return false
    }

    /// Ever more rarely, and after five days no more.
    private func put(off copy: SentCopy, age: Int64, _ words: String) async throws {
        let wait = min(max(60_000, age / 2), 4 * 3_600_000)
        let later = Timestamp(milliseconds: clock().milliseconds + wait)
        let isOver = age > 5 * 86_400_000
        try await store.write { transaction in
            if isOver {
                try transaction.giveUpCopy(of: copy.letter, reason: words)
            } else {
                try transaction.delayCopy(of: copy.letter, until: later, reason: words)
            }
        }
        events.copyFailed(sent.source, copy.letter, words)
    }

    private func report(_ error: any Error, failures: Int) -> Int {
        let imap = error as? IMAPError
        let trouble =
            error as? RouteTrouble
            ?? RouteTrouble(
                "\(error)", imap?.code == .authenticationFailed ? .login : .connection,
                needsPerson: imap.map { !$0.isTransient } ?? false)
        let wait = RetryPolicy.delay(
            after: trouble.failure, failures: failures, jitter: Double.random(in: 0..<1))
        board.update(title) { health in
            health.state = trouble.needsPerson ? .failed : .waiting
            health.error = trouble.description
            health.nextTry = Timestamp(milliseconds: clock().milliseconds + Int64(wait) * 1000)
        }
        events.trouble(title, trouble.description, nextTry: wait)
        return wait
    }
}
