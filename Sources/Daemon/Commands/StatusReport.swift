internal import Configuration
internal import Daemon
internal import Files
internal import Intake
internal import Mail
internal import Outbox
internal import Store

/// `mailroom status`: each mailbox, what waits, and what needs a person. INTERFACES.md.
struct StatusReport: Sendable {
    let desk: Desk
    let waiting: [(reason: String, count: Int)]
    let quarantined: Int
    let unknownSenders: Int
    let queue: QueueCounts
    /// Requests that came back, and that nobody has dealt with.
    let undelivered: Int
    let free: Int64
    let used: Int64
    /// What in the tree of documents needs a person.
    let disk: [DiskReport]
    /// Sources as configured; one that never ran yet is waiting.
    let sources: [SourceHealth]

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        while true {
            let report = try await StatusReport(desk)
            if invocation.arguments.has("--prometheus") {
                invocation.output.write(Array(report.prometheus.utf8))
                return .ok
            }
            if invocation.json {
                invocation.output.print(report.json)
            } else {
                if invocation.arguments.has("--watch") {
                    invocation.output.write(Array("\u{1b}[H\u{1b}[2J".utf8))
                }
                for line in report.lines { invocation.output.print(line) }
            }
            guard invocation.arguments.has("--watch") else {
                return report.problems.isEmpty ? .ok : .foundProblem
            }
            try await Task.sleep(for: .seconds(2))
        }
    }

    init(_ desk: Desk) async throws {
        self.desk = desk
        let now = desk.now
        (waiting, quarantined, unknownSenders, used, queue, undelivered, disk) =
            try await desk.store.read { transaction in
                (
                    try transaction.waitingCounts(), try transaction.quarantinedCount(),
                    try transaction.unknownSenderCount(), try transaction.storedOctets(),
                    try transaction.queueCounts(now: now), try transaction.undeliveredRequestCount(),
                    try transaction.diskReports()
                )
            }
        free = try desk.office.data.directory.freeSpace().free
        var sources: [SourceHealth] = []
        for mailbox in desk.configuration.mailboxes {
            var health = SourceHealth(name: mailbox.name)
            health.state = .waiting
            health.error = desk.isDaemon ? nil : "no daemon runs"
            sources.append(await desk.health(of: mailbox.name) ?? health)
        }
        self.sources = sources
    }

    var problems: [String] {
        var problems: [String] = []
        for source in sources {
            let isKnown = desk.isDaemon || source.state == .failed
            if source.state == .failed || source.state == .waiting, let error = source.error, isKnown {
                problems.append("\(source.name): \(error)")
            }
            problems += source.alarms.map { "\(source.name): \($0)" }
        }
        if quarantined > 0 {
            problems.append("\(quarantined) messages could not be read: mailroom message list --quarantined")
        }
        problems += outboxProblems
        if undelivered > 0 {
            problems.append(
                "\(counted(undelivered, "request")) came back undelivered: mailroom request list --state undelivered"
            )
        }
        problems += diskProblems
        if free < desk.configuration.storage.minimumFree {
            problems.append("only \(size(free)) free on the disk")
        }
        return problems
    }

    /// What of the outbox needs a person.
    private var outboxProblems: [String] {
        var problems = desk.office.outbox.board.all.filter { $0.state == .failed }.map { route in
            "\(route.title): \(route.error ?? "failed")"
        }
        if queue.queued > 0, desk.configuration.routes(nil).isEmpty {
            problems.append("\(queue.queued) letters wait, and there is no [smtp] to send them by")
        }
        if queue.unanswered > 0 {
            problems.append(
                "\(queue.unanswered) letters may have been sent, the answers were lost: mailroom queue list")
        }
        if queue.refused > 0 {
            problems.append("\(queue.refused) letters were refused: mailroom queue list")
        }
        if queue.copiesGivenUp > 0 {
            problems.append("\(queue.copiesGivenUp) letters have no copy in Sent: mailroom queue list --all")
        }
        return problems
    }

    private var oldestQueued: Int64 { queue.oldest.map { max(0, desk.now.seconds - $0.seconds) } ?? 0 }

    var json: JSON {
        let sources = sources.map { source -> JSON in
            [
                "name": .string(source.name), "state": .string(source.state.rawValue),
                "last_contact": JSON(source.lastContact?.rfc3339),
                "last_mail": JSON(source.lastMail?.rfc3339),
                "messages_server": JSON(source.messagesOnServer),
                "messages_accounted": JSON(source.messagesAccounted),
                "next_try": JSON(source.nextTry?.rfc3339),
                "error": JSON(source.error),
            ]
        }
        return [
            "version": .string(Installation.version),
            "up_seconds": JSON(desk.isDaemon ? (desk.now.seconds - desk.office.started.seconds) : 0),
            "sources": JSON(sources),
            "needs_filing": .object(waiting.map { ($0.reason, JSON($0.count)) }),
            "quarantined": JSON(quarantined),
            "outbox": ["queued": JSON(queue.queued), "oldest_seconds": JSON(oldestQueued)],
            "documents": [
                "edited_on_disk": JSON(isEditedOnDisk),
                "watched": JSON(desk.office.keeper.board.health.watched),
                "last_pass": JSON(desk.office.keeper.board.health.lastPass?.rfc3339),
                "pass_milliseconds": JSON(desk.office.keeper.board.health.passMilliseconds),
                "adopted": JSON(desk.office.keeper.board.health.adopted), "reports": JSON(disk.count),
            ],
            "disk": ["used": JSON(used), "free": JSON(free)],
            "problems": JSON(problems.map { JSON.string($0) }),
        ]
    }

    var lines: [String] {
        let clock = OfficeClock(desk.configuration, now: desk.now)
        var lines = [
            "mailroom \(Installation.version), " + (desk.isDaemon ? "up \(duration)" : "no daemon runs")
        ]
        var table = Table(["MAILBOX", "STATE", "LAST MAIL", "CONTACT", "MESSAGES", "NOTE"])
        for source in sources {
            table.add([
                source.name, source.state.rawValue, source.lastMail.map { clock.short($0) } ?? "–",
                source.lastContact.map { ago($0) } ?? "–",
                "\(source.messagesAccounted) of \(source.messagesOnServer)",
                note(source, clock),
            ])
        }
        if table.isEmpty {
            lines.append("nothing to do yet: no [mailbox.…] is configured, see man mailroom.toml")
        } else {
            lines += table.lines
        }
        let total = waiting.reduce(0) { $0 + $1.count }
        let reasons = waiting.map { "\($0.count) \($0.reason)" }.joined(separator: ", ")
        lines += CommandTable.filled(
            (total == 0 ? "0" : "\(total): \(reasons)").split(separator: " ").map(String.init),
            first: "Waiting for staff  ", indent: String(repeating: " ", count: 19))
        lines.append("Unknown senders    \(unknownSenders)")
        if queue.queued + queue.held > 0 {
            lines.append(
                "To send            \(queue.queued)"
                    + (queue.oldest.map { " (oldest \(ago($0)))" } ?? "")
                    + (queue.held > 0 ? "      Held back  \(queue.held)" : ""))
        }
        for route in desk.office.outbox.board.all where route.error != nil {
            let next = route.nextTry.map { ", next try \(clock.short($0))" } ?? ""
            lines.append("\(route.title): \((route.error ?? "").shown.shortened(to: 100))\(next)")
        }
        lines.append("Disk               \(size(used)) kept, \(size(free)) free")
        if let line = treeLine { lines.append(line) }
        if !problems.isEmpty {
            lines.append(problems.count == 1 ? "1 thing needs you:" : "\(problems.count) things need you:")
            lines += problems.map { "  " + $0.shown }
        }
        return lines
    }

    private func note(_ source: SourceHealth, _ clock: OfficeClock) -> String {
        guard let error = source.error else { return source.alarms.first?.shown ?? "" }
        let next = source.nextTry.map { ", next try \(clock.short($0))" } ?? ""
        return error.shown.shortened(to: 100) + next
    }

    private var duration: String {
        let seconds = desk.now.seconds - desk.office.started.seconds
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 { return "\(seconds / 60) min" }
        if seconds < 172_800 { return "\(seconds / 3600) h" }
        return "\(seconds / 86_400) days"
    }

    private func ago(_ moment: Timestamp) -> String {
        let seconds = max(0, desk.now.seconds - moment.seconds)
        if seconds < 120 { return "\(seconds) s ago" }
        if seconds < 7200 { return "\(seconds / 60) min ago" }
        return seconds < 172_800 ? "\(seconds / 3600) h ago" : "\(seconds / 86_400) days ago"
    }
}
