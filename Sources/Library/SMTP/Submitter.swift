internal import Curl
internal import Mail
package import Workers

/// Submits messages to one server, one after the other, over a connection that is kept. RFC 6409.
///
/// Its methods block their ``Worker``, never Swift's own threads. Cancelling
/// the task cuts a submission short; whether it was too late for that says the
/// ``Submission``.
package actor Submitter: WorkerActor {
    package nonisolated let worker: Worker
    package nonisolated let endpoint: SMTPEndpoint
    private var session: SMTPSession?
    /// How many connections there have been.
    package private(set) var connections = 0

    package init(_ endpoint: SMTPEndpoint, pool: WorkerPool = .shared) {
        self.endpoint = endpoint
        worker = Worker(pool: pool)
    }

    /// Hands over one message, and says what became of it for each recipient.
    ///
    /// An error means that the server was not told the end of the data, so that
    /// nobody has the message. A connection that turns out to be gone before the
    /// server has taken MAIL is replaced once.
    ///
    /// - Parameter beforeFinalDot: called when the server has all octets and
    ///   before it is told so; if it throws, it never is.
    package func submit(
        _ message: OutgoingMessage, login: SMTPLogin, beforeFinalDot: @escaping @Sendable () throws -> Void
    ) async throws(SMTPError) -> Submission {
        try await stoppable { stop throws(SMTPError) in
            try self.submit(message, login, stop, beforeFinalDot)
        }
    }

    /// Connects and logs in where that is not done yet, and gives what the server says of itself.
    package func greet(login: SMTPLogin) async throws(SMTPError) -> SMTPServer {
        try await stoppable { stop throws(SMTPError) in try self.open(login, stop).session.server }
    }

    /// Says goodbye and closes the connection; the next submission opens another.
    package func close() { session = nil }

    private func stoppable<Value: Sendable>(
        _ body: (TransferStop) throws(SMTPError) -> Value
    ) async throws(SMTPError) -> Value {
        let stop = TransferStop()
        let result: Result<Value, SMTPError> = await withTaskCancellationHandler {
            // A closure that did not capture `self` would run on one of Swift's own threads.
            self.result(of: body, stop)
        } onCancel: {
            stop.stop()
        }
        return try result.get()
    }

    private func result<Value>(
        of body: (TransferStop) throws(SMTPError) -> Value, _ stop: TransferStop
    ) -> Result<Value, SMTPError> {
        do throws(SMTPError) { return .success(try body(stop)) } catch { return .failure(error) }
    }

    private func submit(
        _ message: OutgoingMessage, _ login: SMTPLogin, _ stop: TransferStop,
        _ beforeFinalDot: () throws -> Void
    ) throws(SMTPError) -> Submission {
        guard !message.recipients.isEmpty else {
            throw SMTPError(.argument, doing: "RCPT", words: "the message has no recipient")
        }
        for address in message.recipients + [message.reversePath].compactMap(\.self) {
            _ = try Path.wire(address)
        }
        let (session, isOld) = try open(login, stop)
        try Self.check(message, session.server)
        do throws(SMTPError) {
            let submission = try session.submit(message, stop, beforeFinalDot: beforeFinalDot)
            if !(isOld && !session.wasBegun && submission.isGoodbye) { return submission }
        } catch {
            guard isOld, !session.wasBegun, error.code == .closed || error.code == .connect else {
                throw error
            }
        }
        self.session = nil
        let fresh = try open(login, stop).session
        try Self.check(message, fresh.server)
        return try fresh.submit(message, stop, beforeFinalDot: beforeFinalDot)
    }

    private func open(_ login: SMTPLogin, _ stop: TransferStop) throws(SMTPError) -> (
        session: SMTPSession, isOld: Bool
    ) {
        if let session, session.isUsable, session.login.isSame(as: login) { return (session, true) }
        session = nil
        connections += 1
        let opened = try SMTPSession.open(endpoint, login, stop)
        session = opened
        return (opened, false)
    }

    /// Whether the server can take it at all: better said before than after 30 MB.
    private static func check(_ message: OutgoingMessage, _ server: SMTPServer) throws(SMTPError) {
        if let largest = server.largestMessage, message.octetCount > largest {
            throw SMTPError(
                .tooLarge, doing: "MAIL",
                words: "the message has \(message.octetCount) octets, and the server takes at most \(largest)"
            )
        }
        let addresses = message.recipients + [message.reversePath].compactMap(\.self)
        if message.needsSMTPUTF8 || addresses.contains(where: Path.isInternational), !server.hasSMTPUTF8 {
            throw SMTPError(
                .unsupported, doing: "MAIL",
                words: "an address is not ASCII, and the server has no SMTPUTF8 (RFC 6531)")
        }
        if message.needs8BitMIME, !server.has8BitMIME {
            throw SMTPError(
                .unsupported, doing: "MAIL",
                words: "the message has 8-bit octets, and the server has no 8BITMIME (RFC 6152)")
        }
    }
}

extension Submission {
    /// Whether 421 is all that the server had to say.
    fileprivate var isGoodbye: Bool {
        recipients.allSatisfy { recipient in
            switch recipient.outcome {
            case .refused(let reply): reply.code.rawValue == 421
            case .accepted, .unknown: false
            }
        }
    }
}
