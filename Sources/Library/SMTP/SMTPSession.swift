internal import Curl
internal import Mail

/// One connection to a submission server, logged in, on which one transaction follows the other.
///
/// It is opened with a transfer of its own, whose command is NOOP, for two
/// reasons: what the server can do is known before MAIL, and every reply of
/// the next transfer has its place: MAIL, one for each RCPT, DATA, the end.
/// That transfer may open no other connection: libcurl would log in again on
/// its own, and the places would not be true.
final class SMTPSession {
    /// The lines that come, read.
    private final class Log {
        var reader = SMTPReplyReader()
        /// Of the transaction; zero before there is one.
        var recipients = 0

        /// Whether nothing is to come that matters.
        var isDecided: Bool {
            recipients > 0
                ? Answers.isDecided(reader, recipients)
                // HELO may follow on a refused EHLO.
                : reader.replies.count > 2 && reader.replies.last?.code.isPositive == false
                    && reader.replies.last?.code.rawValue != 334
        }
    }

    let server: SMTPServer
    let login: SMTPLogin
    /// Whether the server has taken MAIL of the last transaction: before that, nothing has happened.
    private(set) var wasBegun = false
    private let endpoint: SMTPEndpoint
    private let transfer: Transfer
    private let log: Log

    private init(
        _ endpoint: SMTPEndpoint, _ login: SMTPLogin, _ transfer: Transfer, _ log: Log, _ server: SMTPServer
    ) {
        self.endpoint = endpoint
        self.login = login
        self.transfer = transfer
        self.log = log
        self.server = server
    }

    /// Whether the connection is there, and its server has not begun to say goodbye.
    var isUsable: Bool { transfer.isQuiet }

    // MARK: - Opening

    static func open(
        _ endpoint: SMTPEndpoint, _ login: SMTPLogin, _ stop: TransferStop
    ) throws(SMTPError) -> SMTPSession {
        let doing = "opening a session with \(endpoint)"
        let transfer = Transfer()
        let log = Log()
        transfer.onHeader { [weak transfer] line in
            log.reader.take(line)
            if log.isDecided { transfer?.hurry() }
        }
        transfer.set(.url, try url(of: endpoint, doing: doing))
        transfer.set(.protocols, endpoint.security == .tls ? "smtps" : "smtp")
        transfer.set(.tlsRequired, endpoint.security == .plain ? 0 : 1)
        if let caFile = endpoint.caFile { transfer.set(.caFile, caFile) }
        try set(login, in: transfer)
        transfer.set(.customRequest, "NOOP")
        transfer.set(.noBody, 1)
        transfer.begin(stop)
        guard case .ended(let ending) = transfer.drive(until: .now + .seconds(endpoint.connectSeconds)) else {
            preconditionFailure("NOOP has no octets")
        }
        let replies = log.reader.replies
        guard ending.kind == .fine else { throw failure(ending, replies, login, doing) }
        let isLoggedIn = replies.contains { $0.code.rawValue == 235 }
        guard isLoggedIn || !login.isSecret else {
            throw SMTPError(
                .unsupported, doing: "AUTH", words: "the server offers no login over this connection")
        }
        // Before NOOP's own: EHLO's, the one after STARTTLS if there are two.
        let ehlo = zip(replies, log.reader.lines).dropFirst().dropLast().last { $0.0.code.rawValue == 250 }
        let server = SMTPServer(greeting: replies.first?.text ?? "", lines: ehlo?.1 ?? [])
        return SMTPSession(endpoint, login, transfer, log, server)
    }

    private static func failure(
        _ ending: TransferEnding, _ replies: [SMTPReply], _ login: SMTPLogin, _ doing: String
    ) -> SMTPError {
        // After a no, libcurl says QUIT, and the answer to that stands last.
        guard let reply = replies.last(where: { !$0.code.isPositive }) else {
            return SMTPError(ending, doing: doing)
        }
        switch ending.kind {
        case .stopped, .timeout, .certificate, .dns, .connect, .tls: return SMTPError(ending, doing: doing)
        case .login:
            // 334: more is asked of a token that was refused, and libcurl has nothing more to say.
            let code: SMTPError.Code = reply.code.isTransient ? .refused : .authenticationFailed
            return SMTPError(code, doing: "AUTH", words: reply.description, reply: reply)
        case .noTLS:
            let code: SMTPError.Code = reply.code.isPermanent ? .unsupported : .refused
            return SMTPError(code, doing: "STARTTLS", words: reply.description, reply: reply)
        case .fine, .closed, .answer, .declined, .other:
            return SMTPError(.refused, doing: doing, words: reply.description, reply: reply)
        }
    }

    private static func url(of endpoint: SMTPEndpoint, doing: String) throws(SMTPError) -> String {
        let isAddress = endpoint.host.contains(":")
        guard Path.isDomain(isAddress ? "[\(endpoint.host)]" : endpoint.host) else {
            throw SMTPError(.argument, doing: doing, words: "the host is neither a name nor an address")
        }
        guard Path.isDomain(endpoint.ehloName), endpoint.ehloName.utf8.allSatisfy({ $0 < 128 }) else {
            throw SMTPError(.argument, doing: doing, words: "our name for EHLO is no domain")
        }
        let scheme = endpoint.security == .tls ? "smtps" : "smtp"
        let host = isAddress ? "[\(endpoint.host)]" : endpoint.host
        // libcurl says in EHLO what stands here, and the machine's own name where nothing does.
        let name = endpoint.ehloName.map { $0 == "[" ? "%5B" : $0 == "]" ? "%5D" : String($0) }.joined()
        return "\(scheme)://\(host):\(endpoint.port)/\(name)"
    }

    private static func set(_ login: SMTPLogin, in transfer: Transfer) throws(SMTPError) {
        func check(_ texts: String...) throws(SMTPError) {
            guard texts.allSatisfy({ !$0.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) }) else {
                throw SMTPError(.argument, doing: "AUTH", words: "CR, LF or NUL in user name or secret")
            }
        }
        transfer.set(.initialResponse, 1)
        switch login {
        case .none: break
        case .password(let user, let secret):
            try check(user, secret)
            transfer.set(.user, user)
            transfer.set(.password, secret)
            transfer.set(.loginOptions, "AUTH=PLAIN;AUTH=LOGIN")
        case .bearer(let user, let token):
            try check(user, token)
            transfer.set(.user, user)
            transfer.set(.bearer, token)
            transfer.set(.loginOptions, "AUTH=OAUTHBEARER;AUTH=XOAUTH2")
        }
    }

    // MARK: - A transaction

    /// Submits a message that ``Submitter`` has found fit for the server.
    func submit(
        _ message: OutgoingMessage, _ stop: TransferStop, beforeFinalDot: () throws -> Void
    ) throws(SMTPError) -> Submission {
        wasBegun = false
        var recipients: [String] = []
        for recipient in message.recipients { recipients.append(try Path.wire(recipient)) }
        transfer.set(
            .mailFrom, try message.reversePath.map { path throws(SMTPError) in try Path.wire(path) } ?? "")
        transfer.set(.recipients, recipients)
        transfer.set(.recipientsMayFail, 1)
        transfer.set(.customRequest, nil)
        transfer.set(.noBody, 0)
        // The number of octets stays untold: libcurl 7.88 counts the dots it adds, and would stop before the end.
        transfer.set(.upload, 1)
        transfer.seal(true)
        log.reader = SMTPReplyReader()
        log.recipients = recipients.count
        transfer.begin(stop)

        let begun = ContinuousClock.now
        var step = transfer.drive(until: begun + .seconds(endpoint.transactionSeconds))
        var finalDotSent = false
        if case .hungry = step {
            step = try send(message, begun)
            if case .hungry = step {
                do { try beforeFinalDot() } catch {
                    throw abandon(.withheld, "the message was held back at the last moment", error)
                }
                finalDotSent = true
                transfer.finishUpload()
                step = transfer.drive(until: .now + .seconds(endpoint.answerSeconds))
            }
        }
        guard case .ended(let ending) = step else {
            preconditionFailure("at its end a message has no more octets")
        }
        let answers = Answers(log.reader, message.recipients)
        wasBegun = answers.wasBegun
        return try answers.submission(finalDotSent: finalDotSent, ending)
    }

    /// All the octets: hungry for the end of the data, or ended before it.
    private func send(_ message: OutgoingMessage, _ begun: ContinuousClock.Instant) throws(SMTPError)
        -> Transfer.Step
    {
        var check = DataCheck(message)
        var step = Transfer.Step.hungry
        do {
            try message.octets { octets in
                var place = 0
                while case .hungry = step, place < octets.count {
                    let piece = octets.extracting(place..<min(place + 65_536, octets.count))
                    place += piece.count
                    check.take(piece)
                    guard check.failure == nil else { return }
                    // The whole may take longer the more was taken; a peer that takes nothing is soon given up.
                    let patience = Duration.seconds(endpoint.transactionSeconds)
                    let earned = Duration.seconds((check.octets - piece.count) / 1_024)
                    step = transfer.feed(piece, until: min(begun + patience + earned, .now + patience))
                }
            }
        } catch {
            throw abandon(.source, "the message could not be read", error)
        }
        guard case .hungry = step else { return step }
        if let failure = check.verdict { throw abandon(.argument, failure, nil) }
        return step
    }

    /// Leaves the transaction before the end of the data, which the server then forgets.
    private func abandon(_ code: SMTPError.Code, _ words: String, _ underlying: (any Error)?) -> SMTPError {
        transfer.abandon()
        return SMTPError(code, doing: "DATA", words: words, underlying: underlying)
    }
}

extension SMTPLogin {
    /// Whether there is something to be proven.
    fileprivate var isSecret: Bool {
        switch self {
        case .none: false
        case .password, .bearer: true
        }
    }
}
