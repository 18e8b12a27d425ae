internal import Daemon
internal import Demo
internal import Mail
internal import Mailroom
internal import Outbox
internal import Store
internal import Synchronization

/// The demo's second act: the firm asks a client by mail, and the client answers by mail.
///
/// The very commands that staff would type, run on the daemon that is up; the
/// letter goes through the real mail server into the client's mailbox, and
/// the answer is read from the firm's like any other mail.
struct DemoRequesting {
    let invocation: Invocation
    let story: DemoStory
    let server: DemoServer
    let office: Office

    /// Seconds for the letter to arrive, and for the answer to be read.
    private static let patience = 60

    /// - Parameter serial: of the answer's file, never used before.
    func run(serial: Int) async throws {
        let request = DemoRequest(now: Office.now)
        invocation.output.write(Array(story.asking.utf8))
        try await tell(
            ["request", "send", request.account, request.title]
                + request.items.flatMap { ["--item", $0] }
                + [
                    "--to", request.recipient, "--due", request.due, "--by", "Jana Vogel", "--message",
                    request.text,
                ])

        let letter = try await letter(to: request.recipient)
        invocation.output.write(Array(story.letter(to: request.recipientName, letter.text).utf8))
        guard let id = letter.envelope.messageID else {
            throw CommandFailure(.internalError, "the demo's letter has no Message-ID")
        }
        let answer = request.answer(
            to: id.rawValue, references: letter.envelope.references.map(\.rawValue),
            subject: letter.envelope.subject ?? request.title, now: Office.now)
        try server.deliver(answer, serial: serial)
        invocation.output.write(Array(story.answered(answer.label).utf8))
        let (store, count) = (office.data.store, request.answered.count)
        try await DemoCommand.waitUntil(seconds: Self.patience, "the demo's request was not answered") {
            try await store.read { try $0.requests() }.first?.items.count { $0.state == .received } == count
        }
        try await tell(["request", "show", "1"])
    }

    private func letter(to address: String) async throws -> ReadMessage {
        let server = server
        try await DemoCommand.waitUntil(seconds: Self.patience, "the demo's letter did not arrive") {
            !server.letters(to: address).isEmpty
        }
        guard let octets = server.letters(to: address).last else {
            preconditionFailure("a letter that arrived is there")
        }
        return try MessageReader.read(octets)
    }

    /// Runs a command and shows it, and what it said.
    private func tell(_ words: [String]) async throws {
        let output = GatheredOutput()
        let code = await Dispatch.run(
            words, on: Desk(office: office, isDaemon: true), file: nil, files: .none, actor: invocation.actor,
            output)
        guard code == .ok else {
            throw CommandFailure(code, "mailroom \(words[0]) \(words[1]): \(output.complaints)")
        }
        invocation.output.write(Array(story.command(words, said: output.text).utf8))
    }
}

/// Keeps what a command says, for somebody who tells it in his own way.
private final class GatheredOutput: CommandOutput {
    private let said = Mutex<(octets: [UInt8], complaints: [String])>(([], []))

    var isTerminal: Bool { false }
    var text: String { String(decoding: said.withLock(\.octets), as: UTF8.self) }
    var complaints: String { said.withLock(\.complaints).joined(separator: "; ") }

    func write(_ octets: [UInt8]) { said.withLock { $0.octets += octets } }
    func complain(_ words: String) { said.withLock { $0.complaints.append(words) } }
}
