internal import Configuration
internal import Daemon
internal import Intake
internal import Outbox

/// What the servers said, a line or an object each, as they say it.
///
/// Nobody waits for the slowest to see the first, so the columns are as wide
/// as the configuration lets one expect.
struct OnlineAnswers: Sendable {
    private let invocation: Invocation
    private let titles: Int
    private let servers: Int

    init(_ configuration: Configuration, _ invocation: Invocation) {
        self.invocation = invocation
        let sources = configuration.sources(nil).map { ("mailbox \($0.name)", "\($0.endpoint)") }
        let routes = configuration.routes(nil).map { ($0.title, "\($0.endpoint)") }
        let all = sources + routes
        titles = all.map { $0.0.columns }.max() ?? 0
        servers = all.map { $0.1.columns }.max() ?? 0
    }

    /// - Parameter server: nil where the words go on about the one before.
    func tell(_ title: String, _ server: String?, _ words: String, isGood: Bool = true) {
        guard !invocation.json else {
            return invocation.output.print(Self.object(title, server, words, isGood: isGood))
        }
        func cell(_ text: String, _ width: Int) -> String {
            text.shown + String(repeating: " ", count: max(0, width - text.shown.columns) + 2)
        }
        invocation.output.print(cell(title, titles) + cell(server ?? "", servers) + words.shown)
    }

    /// `mailbox office` is the mailbox `office`; `mailbox.office.smtp` is the server that sends for it.
    static func object(_ title: String, _ server: String?, _ words: String, isGood: Bool) -> JSON {
        let halves = title.split(whereSeparator: { " .".contains($0) }).map(String.init)
        let kind = halves.count == 3 ? halves[2] : halves[0]
        return [
            "kind": .string(kind), "name": JSON(halves.count > 1 ? halves[1] : nil),
            "server": JSON(server), "ok": JSON(isGood), "words": .string(words),
        ]
    }
}
