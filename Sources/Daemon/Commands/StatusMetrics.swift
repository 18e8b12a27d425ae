internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Store

extension StatusReport {
    /// What programs that watch over servers are told of an office at work.
    static func monitoring(_ office: Office) -> Monitoring {
        let desk = Desk(office: office, isDaemon: true)
        return Monitoring(
            figures: { try await StatusReport(desk).prometheus },
            checks: { try await StatusReport(desk).checks })
    }

    /// The database has answered, or there would be no report.
    private var checks: [Monitoring.Check] {
        let least = desk.configuration.storage.minimumFree
        var checks = [
            Monitoring.Check("database", true, "it answers"),
            Monitoring.Check("disk", free >= least, free >= least ? "there is room" : "it is almost full"),
        ]
        for source in sources {
            let words: String =
                switch source.state {
                case .idle: "in order"
                case .syncing: "reading"
                case .waiting: source.error == nil ? "waiting" : "waiting to try again"
                case .failed: "it needs a person"
                }
            checks.append(Monitoring.Check("mailbox \(source.name)", isWell(source), words))
        }
        return checks
    }

    private func isWell(_ source: SourceHealth) -> Bool {
        switch source.state {
        case .idle, .syncing: true
        case .waiting: source.error == nil
        case .failed: false
        }
    }

    /// The figures of ``json`` in Prometheus' text format, version 0.0.4.
    var prometheus: String {
        var page = PrometheusPage()
        let up = desk.isDaemon ? desk.now.seconds - desk.office.started.seconds : 0
        page.gauge("mailroom_info", "The version, as a label.", [.init(1, ["version": Installation.version])])
        page.gauge("mailroom_up_seconds", "Since the daemon started; 0 when none runs.", [.init(up)])
        page.gauge(
            "mailroom_mailbox_up", "1 while a mailbox is read, 0 while it cannot be.",
            sources.map { .init(isWell($0) ? 1 : 0, ["mailbox": $0.name]) })
        page.gauge(
            "mailroom_mailbox_last_success_seconds", "When its server last answered, in seconds since 1970.",
            sources.compactMap { source in
                source.lastContact.map { .init($0.seconds, ["mailbox": source.name]) }
            })
        page.gauge(
            "mailroom_mailbox_last_mail_seconds", "When mail last came, in seconds since 1970.",
            sources.compactMap { source in source.lastMail.map { .init($0.seconds, ["mailbox": source.name]) }
            })
        page.gauge(
            "mailroom_mailbox_messages", "Messages on its server, and those accounted for.",
            sources.flatMap { source -> [PrometheusPage.Sample] in
                [
                    .init(Int64(source.messagesOnServer), ["mailbox": source.name, "where": "server"]),
                    .init(Int64(source.messagesAccounted), ["mailbox": source.name, "where": "accounted"]),
                ]
            })
        page.gauge(
            "mailroom_needs_filing", "Parts that wait for staff, by reason.",
            waiting.map { .init(Int64($0.count), ["reason": $0.reason]) })
        page.gauge(
            "mailroom_unknown_senders", "People who wrote and whom nobody knows.",
            [.init(Int64(unknownSenders))])
        page.gauge("mailroom_quarantined", "Messages that could not be read.", [.init(Int64(quarantined))])
        page.gauge("mailroom_outbox_queued", "Letters that wait to be sent.", [.init(Int64(queue.queued))])
        page.gauge(
            "mailroom_outbox_oldest_seconds", "How long the oldest of them has waited.",
            [.init(queue.oldest.map { desk.now.seconds - $0.seconds } ?? 0)])
        page.gauge("mailroom_outbox_held", "Letters that staff held back.", [.init(Int64(queue.held))])
        page.gauge(
            "mailroom_outbox_refused", "Letters that a server refused and nobody has dealt with.",
            [.init(Int64(queue.refused))])
        page.gauge(
            "mailroom_requests_undelivered", "Requests that came back and nobody has dealt with.",
            [.init(Int64(undelivered))])
        page.gauge(
            "mailroom_tree_watched_directories", "Directories of documents that the kernel tells of.",
            desk.office.keeper.board.health.watched.map { [.init(Int64($0))] } ?? [])
        page.gauge(
            "mailroom_tree_changes_adopted", "What people changed in the tree of documents, since the start.",
            [.init(Int64(desk.office.keeper.board.health.adopted))])
        page.gauge(
            "mailroom_tree_reports", "Things in the tree of documents that need a person.",
            [.init(Int64(disk.count))])
        page.gauge("mailroom_disk_used_bytes", "What originals and documents take.", [.init(used)])
        page.gauge("mailroom_disk_free_bytes", "What is free on their disk.", [.init(free)])
        page.gauge("mailroom_problems", "Things that need a person.", [.init(Int64(problems.count))])
        return page.text
    }
}

/// Prometheus' text exposition format, version 0.0.4.
struct PrometheusPage: Sendable {
    private(set) var text = ""

    struct Sample: Sendable {
        let value: Int64
        let labels: KeyValuePairs<String, String>

        init(_ value: Int64, _ labels: KeyValuePairs<String, String> = [:]) {
            self.value = value
            self.labels = labels
        }
    }

    /// - Parameter samples: without any the figure is left out.
    mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
            text +=
                name + (labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}")
                + " \(sample.value)\n"
        }
    }

    /// A label's value: a backslash, a quote and a line feed are escaped, all else is UTF-8 as it is.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
