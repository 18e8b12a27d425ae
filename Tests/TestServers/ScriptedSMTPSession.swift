import Synchronization

/// One connection of a ``ScriptedSMTPServer``.
final class ScriptedSMTPSession {
    struct Over: Error {}

    private let server: ScriptedSMTPServer
    private let socket: TestSocket
    private let number: Int
    private var transaction = 0
    private var mail: String?
    private var recipients: [String] = []
    private var isSecure: Bool

    init(_ server: ScriptedSMTPServer, _ socket: TestSocket, _ number: Int) {
        self.server = server
        self.socket = socket
        self.number = number
        isSecure = server.options.isImplicit
    }

    func run() throws {
        if server.options.isImplicit { try secure() }
        try answer(.greeting, "", "220 mail.example ESMTP scripted")
        while true {
            let line = try read()
            let verb = line.split(separator: " ").first.map { $0.uppercased() } ?? ""
            server.state.withLock { $0.lines.append(verb == "AUTH" ? "AUTH" : line) }
            switch verb {
            case "EHLO": try answer(.ehlo, line, greeting)
            case "HELO": try answer(.ehlo, line, "250 mail.example")
            case "NOOP": try answer(.noop, line, "250 2.0.0 here")
            case "RSET":
                mail = nil
                try say("250 2.0.0 forgotten")
            case "STARTTLS": try startTLS(line)
            case "AUTH": try authenticate(line)
            case "MAIL":
                transaction += 1
                recipients = []
                mail = try answer(.mail, line, "250 2.1.0 sender taken") ? String(line.dropFirst(10)) : nil
            case "RCPT":
                guard mail != nil else { try say("503 5.5.1 MAIL first"); continue }
                if try answer(.rcpt, line, "250 2.1.5 recipient taken") {
                    recipients.append(String(line.dropFirst(8)))
                }
            case "DATA": try data(line)
            case "QUIT":
                try answer(.quit, line, "221 2.0.0 goodbye")
                return
            default: try say("502 5.5.2 not known here")
            }
        }
    }

    private var greeting: String {
        var words = ["mail.example at your service"] + server.options.extensions
        if server.options.tls != nil, !isSecure { words.append("STARTTLS") }
        if !server.options.mechanisms.isEmpty {
            words.append("AUTH " + server.options.mechanisms.joined(separator: " "))
        }
        return words.enumerated().map { "250\($0 == words.count - 1 ? " " : "-")\($1)" }.joined(
            separator: "\r\n")
    }

    private func startTLS(_ line: String) throws {
        guard try answer(.startTLS, line, "220 2.0.0 begin", extra: server.options.injection) else { return }
        _ = socket.discardInput()
        try secure()
    }

    private func secure() throws {
        guard let tls = server.options.tls, socket.startTLS(server.options.certificate, of: tls) else {
            throw Over()
        }
        isSecure = true
    }

    private func data(_ line: String) throws {
        guard let mail, !recipients.isEmpty else { return try say("503 5.5.1 RCPT first") }
        guard try answer(.data, line, "354 go ahead") else { return }
        guard let sent = socket.read(throughLine: [46, 13, 10]) else { throw Over() }
        let delivery = ScriptedSMTPServer.Delivery(
            mail: mail, recipients: recipients, octets: Self.unstuffed(sent.dropLast(3)), connection: number)
        self.mail = nil
        try answer(.end, "", "250 2.0.0 queued as \(number)-\(transaction)") { [server] in
            server.state.withLock { $0.deliveries.append(delivery) }
        }
    }

    /// Takes away the dot that stands first in a line. RFC 5321 section 4.5.2.
    private static func unstuffed(_ sent: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(sent.count)
        var isFirst = true
        for octet in sent {
            if !(isFirst && octet == 46) { octets.append(octet) }
            isFirst = octet == 10 && octets.dropLast().last == 13
        }
        return octets
    }

    /// Answers as the rule wants it; whether that was a yes.
    @discardableResult
    private func answer(
        _ step: ScriptedSMTPServer.Step, _ line: String, _ usual: String, extra: String = "",
        onYes: () -> Void = {}
    ) throws -> Bool {
        let moment = ScriptedSMTPServer.Moment(
            step: step, connection: number, transaction: transaction, line: line)
        switch server.rule(moment) {
        case .usual:
            onYes()
            try send(Array((usual + "\r\n" + extra).utf8))
            return true
        case .wait(let milliseconds):
            Pause.milliseconds(milliseconds)
            onYes()
            try say(usual)
            return true
        case .trickle(let milliseconds):
            onYes()
            for octet in Array((usual + "\r\n").utf8) {
                try send([octet])
                Pause.milliseconds(Int(milliseconds))
            }
            return true
        case .say(let text):
            let isYes = text.hasPrefix("2") || text.hasPrefix("3")
            if isYes { onYes() }
            try say(text)
            return isYes
        case .sayAndDrop(let text):
            try say(text)
            throw Over()
        case .deaf:
            onYes()
            try say(usual)
            while !server.state.withLock({ $0.isStopped }) { Pause.milliseconds(20) }
            throw Over()
        case .drop: throw Over()
        case .storeAndDrop:
            onYes()
            throw Over()
        case .stall:
            while socket.readLine() != nil {}
            throw Over()
        }
    }

    private func say(_ text: String) throws { try send(Array((text + "\r\n").utf8)) }

    private func send(_ octets: [UInt8]) throws { guard socket.send(octets) else { throw Over() } }

    private func read() throws -> String {
        guard let line = socket.readLine() else { throw Over() }
        return line
    }

    // MARK: - Logging in

    private func authenticate(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let mechanism = words.count > 1 ? words[1].uppercased() : ""
        guard server.options.mechanisms.contains(mechanism) else {
            return try say("504 5.5.4 no such mechanism")
        }
        func next(_ prompt: String) throws -> String {
            try say("334 \(prompt)")
            return Self.decoded(try read())
        }
        let initial = words.count > 2 ? Self.decoded(words[2]) : nil
        let isRight: Bool
        switch mechanism {
        case "PLAIN": isRight = try (initial ?? next("")) == "\0office\0correct horse"
        case "LOGIN":
            let user = try initial ?? next("VXNlcm5hbWU6")
            isRight = try next("UGFzc3dvcmQ6") == "correct horse" && user == "office"
        case "XOAUTH2":
            isRight = try (initial ?? next("")) == "user=office\u{1}auth=Bearer correct horse\u{1}\u{1}"
        case "OAUTHBEARER":
            let said = try initial ?? next("")
            isRight =
                said.hasPrefix("n,a=office,") && said.hasSuffix("\u{1}auth=Bearer correct horse\u{1}\u{1}")
        default: isRight = false
        }
        guard isRight else {
            if mechanism.hasSuffix("H2") || mechanism.hasSuffix("ER") {
                _ = try next("eyJzdGF0dXMiOiI0MDEifQ==")
            }
            return try say("535 5.7.8 no such user, or not that secret")
        }
        try answer(.auth, mechanism, "235 2.7.0 welcome")
    }

    private static func decoded(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { continue }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
