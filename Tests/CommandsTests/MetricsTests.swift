import Daemon
import HTTP
import Intake
import Mail
import Testing

@testable import Commands

@Suite("What monitoring is told")
struct MetricsTests {
    private func ask(_ bench: Bench, _ path: String) async throws -> (status: Status, text: String) {
        let reply = await StatusReport.monitoring(bench.office).router.answer(Request(.get, path))
        guard case .octets(let octets) = reply.content else { throw Bench.Failed(words: "no content") }
        return (reply.status, String(decoding: octets, as: UTF8.self))
    }

    /// The figures of a page, by name and labels.
    private func figures(_ text: String) -> [String: Int64] {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let pairs = lines.compactMap { line -> (String, Int64)? in
            guard let blank = line.lastIndex(of: " "), let value = Int64(line[line.index(after: blank)...])
            else {
                return nil
            }
            return (String(line[..<blank]), value)
        }
        #expect(pairs.count == lines.count)
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    @Test("the figures are those of status --json, each with its help and its type")
    func same() async throws {
        let bench = try await Bench()
        try await bench.receive(Letter(from: "stranger@nowhere.example"))
        try await bench.receive(
            Letter(id: "2@hofmann-brot.example", dmarc: "fail").with("Rechnung.pdf", Letter.pdf("1")))
        bench.office.health.update("office") { health in
            health.state = .idle
            health.lastContact = Bench.now
            health.messagesOnServer = 7
            health.messagesAccounted = 5
        }
        let (status, text) = try await ask(bench, "/metrics")
        #expect(status == .ok)
        let figures = figures(text)
        #expect(figures["mailroom_mailbox_last_success_seconds{mailbox=\"office\"}"] == Bench.now.seconds)
        #expect(figures["mailroom_mailbox_messages{mailbox=\"office\",where=\"server\"}"] == 7)
        #expect(figures["mailroom_mailbox_messages{mailbox=\"office\",where=\"accounted\"}"] == 5)
        #expect(figures["mailroom_mailbox_up{mailbox=\"office\"}"] == 1)
        let report = try await StatusReport(bench.desk)
        #expect(figures["mailroom_disk_used_bytes"] == report.used)
        #expect(
            figures["mailroom_unknown_senders"] == Int64(report.unknownSenders) && report.unknownSenders > 0)
        for (reason, count) in report.waiting {
            #expect(figures["mailroom_needs_filing{reason=\"\(reason)\"}"] == Int64(count))
        }
        #expect(!report.waiting.isEmpty)
        let (code, printed) = await bench.run("status", "--prometheus")
        #expect(code == .ok)
        let names = figures.keys.map { String($0.prefix { $0 != "{" }) }
        for name in names {
            #expect(text.contains("# HELP \(name) ") && text.contains("# TYPE \(name) gauge\n"))
            #expect(printed.text.contains(name))
        }
    }

    @Test("ready means: the database answers, the disk has room, every mailbox is in order")
    func ready() async throws {
        let bench = try await Bench()
        #expect(try await ask(bench, "/healthz").text == "alive\n")
        bench.office.health.update("office") { $0.state = .idle }
        let good = try await ask(bench, "/readyz")
        #expect(good.status == .ok)
        #expect(good.text == "database: it answers\ndisk: there is room\nmailbox office: in order\n")
        bench.office.health.update("office") { health in
            health.state = .failed
            health.error = "NO kate@secret.example has a wrong password"
        }
        let bad = try await ask(bench, "/readyz")
        #expect(bad.status == .serviceUnavailable)
        #expect(bad.text.contains("mailbox office: it needs a person\n") && !bad.text.contains("kate"))
        #expect(try await ask(bench, "/healthz").status == .ok)
    }

    @Test("a label's value cannot end it")
    func escaped() {
        var page = PrometheusPage()
        page.gauge("a", "b", [.init(1, ["c": "d\"e\\f\ng"])])
        #expect(page.text == "# HELP a b\n# TYPE a gauge\na{c=\"d\\\"e\\\\f\\ng\"} 1\n")
    }
}
