import Mail

/// One connection to a ``FakeMailServer``: as much of RFC 9051 as a reading client uses.
struct FakeSession {
    private let server: FakeMailServer
    private let connection: ScriptedConnection

    init(_ server: FakeMailServer, _ connection: ScriptedConnection) {
        self.server = server
        self.connection = connection
    }

    func run() throws {
        if let octets = server.faults.cutAfter { connection.cut(after: octets) }
        defer { server.endIdle(connection) }
        if let greeting = server.takeAnswer(to: "GREETING") {
            try connection.line(greeting)
        } else {
            try connection.line("* OK [CAPABILITY \(server.faults.capabilities)] a fake server is ready")
        }
        var selected: String?
        while true {
            let command = try connection.command()
            server.note(String(command.whole.dropFirst(command.tag.count + 1)))
            if command.verb == server.faults.silentAt { try connection.stall() }
            if let alert = server.takeAlert() { try connection.line("* OK [ALERT] \(alert)") }
            if let answer = server.takeAnswer(to: command.verb) {
                try connection.line(answer.hasPrefix("*") ? answer : "\(command.tag) \(answer)")
                if answer.hasPrefix("* BYE") { return }
                continue
            }
            if command.verb == "EXAMINE" || command.verb == "SELECT" {
                selected = try examine(command)
            } else if command.verb == "IDLE" {
                try idle(command, in: selected ?? "INBOX")
            } else {
                try answer(command, in: selected)
                if command.verb == "LOGOUT" { return }
            }
        }
    }

    /// Whether a name is among those of an extended LIST, RFC 5258; a plain one is for all.
    private func isWanted(_ name: String, by arguments: String) -> Bool {
        !arguments.contains("RETURN (STATUS") || arguments.contains("\"\(name)\"")
    }

    private func status(of mailbox: FakeMailServer.Mailbox, _ name: String) -> String {
        let validity = mailbox.uidValidity == 0 ? "" : " UIDVALIDITY \(mailbox.uidValidity)"
        let counts = "MESSAGES \(mailbox.messages.count) UIDNEXT \(mailbox.uidNext)"
        return #"* STATUS "\#(name)" (\#(counts)\#(validity) HIGHESTMODSEQ \#(mailbox.modSeq))"#
    }

    private func done(_ command: ScriptedConnection.Line, _ text: String = "done") throws {
        try connection.line("\(command.tag) OK \(text)")
    }

    private func answer(_ command: ScriptedConnection.Line, in selected: String?) throws {
        switch command.verb {
        case "CAPABILITY": try connection.line("* CAPABILITY \(server.faults.capabilities)")
        case "LOGIN", "AUTHENTICATE":
            guard isRight(command) else {
                return try connection.line("\(command.tag) NO [AUTHENTICATIONFAILED] who are you?")
            }
        case "ID": try connection.line(#"* ID ("name" "Fake" "version" "1")"#)
        case "ENABLE": try connection.line("* ENABLED QRESYNC")
        case "NOOP": break
        case "NOTIFY":
            guard server.faults.capabilities.contains("NOTIFY") else {
                return try connection.line("\(command.tag) BAD what is that?")
            }
        case "LOGOUT": try connection.line("* BYE see you")
        case "LIST":
            if server.faults.refusesListStatus, command.arguments.contains("RETURN (STATUS") {
                return try connection.line("\(command.tag) BAD no such option")
            }
            for name in server.names where isWanted(name, by: command.arguments) {
                let attributes = server.mailbox(name)?.attributes ?? ""
                try connection.line(#"* LIST (\#(attributes)) "." "\#(name)""#)
                guard command.arguments.contains("RETURN (STATUS"), let mailbox = server.mailbox(name),
                    !server.faults.forbidden.contains(name)
                else { continue }
                try connection.line(status(of: mailbox, name))
            }
        case "STATUS":
            guard let name = quoted(command.arguments), let mailbox = server.mailbox(name) else {
                return try connection.line("\(command.tag) NO [NONEXISTENT] no such mailbox")
            }
            try connection.line(status(of: mailbox, name))
        case "UID SEARCH":
            guard let mailbox = selected.flatMap(server.mailbox) else { break }
            let range = command.arguments.split(separator: " ").last.map(String.init) ?? "1:*"
            let uids = wanted(range == "ALL" ? "1:*" : range, in: mailbox).map(\.message.uid)
            try connection.line("* SEARCH" + uids.map { " \($0)" }.joined())
        case "UID FETCH":
            guard let mailbox = selected.flatMap(server.mailbox) else { break }
            return try fetch(command, in: mailbox)
        default: return try connection.line("\(command.tag) BAD \(command.verb) is unknown here")
        }
        try done(command)
    }

    private func examine(_ command: ScriptedConnection.Line) throws -> String? {
        guard let name = quoted(command.arguments), !server.faults.forbidden.contains(name),
            let mailbox = server.examined(name)
        else {
            try connection.line("\(command.tag) NO [NONEXISTENT] no such mailbox")
            return nil
        }
        try connection.line("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)")
        try connection.line("* \(mailbox.messages.count) EXISTS")
        try connection.line("* 0 RECENT")
        if mailbox.uidValidity > 0 {
            try connection.line("* OK [UIDVALIDITY \(mailbox.uidValidity)] UIDs are valid")
        }
        try connection.line("* OK [UIDNEXT \(mailbox.uidNext)] next")
        try connection.line("* OK [HIGHESTMODSEQ \(mailbox.modSeq)] highest")
        let words = command.arguments.split { " ()".contains($0) }.map(String.init)
        if let place = words.firstIndex(of: "QRESYNC"), words.count > place + 2,
            UInt32(words[place + 1]) == mailbox.uidValidity, let since = UInt64(words[place + 2])
        {
            let gone = mailbox.expunged.filter { $0.modSeq > since }.map(\.uid) + server.faults.vanishedLies
            if !gone.isEmpty {
                try connection.line(
                    "* VANISHED (EARLIER) \(gone.sorted().map(String.init).joined(separator: ","))")
            }
            for (index, message) in mailbox.messages.enumerated() where message.modSeq > since {
                let flags = message.flags.joined(separator: " ")
                try connection.line(
                    "* \(index + 1) FETCH (UID \(message.uid) FLAGS (\(flags)) MODSEQ (\(message.modSeq)))")
            }
        }
        try connection.line("\(command.tag) OK [READ-ONLY] examined")
        return name
    }

    private func fetch(_ command: ScriptedConnection.Line, in mailbox: FakeMailServer.Mailbox) throws {
        let faults = server.faults
        let set = command.arguments.split(separator: " ").first.map(String.init) ?? ""
        var asked = wanted(set, in: mailbox).filter { !faults.withheld.contains($0.message.uid) }
        if asked.count > 1 { asked.removeAll { faults.withheldFromBatches.contains($0.message.uid) } }
        let words = command.arguments.split { " ()".contains($0) }.map(String.init)
        if let place = words.firstIndex(of: "CHANGEDSINCE"), let since = UInt64(words[place + 1]) {
            asked = asked.filter { $0.message.modSeq > since }
        }
        for (index, message) in asked {
            if faults.refused.contains(message.uid) {
                return try connection.line(
                    "\(command.tag) NO Retrieval using the IMAP4 protocol failed for message")
            }
            var octets = Array("* \(index + 1) FETCH (UID \(message.uid)".utf8)
            func add(_ item: String) { octets += Array(" \(item)".utf8) }
            for word in words {
                switch word {
                case "FLAGS": add("FLAGS (\(message.flags.joined(separator: " ")))")
                case "INTERNALDATE": add("INTERNALDATE \"\(message.internalDate)\"")
                case "RFC822.SIZE": add("RFC822.SIZE \(message.octets.count)")
                case "MODSEQ": add("MODSEQ (\(message.modSeq))")
                case "X-GM-MSGID": add("X-GM-MSGID \(1_278_455_344_230_334_865 + UInt64(message.uid))")
                case "X-GM-LABELS": add("X-GM-LABELS (\(message.labels))")
                case "BODY.PEEK[]": octets += body("BODY[]", message.octets, message.uid, faults)
                case "BODY.PEEK[HEADER]":
                    octets += body("BODY[HEADER]", Self.header(of: message.octets), message.uid, faults)
                default: break
                }
            }
            if faults.breaking.contains(message.uid) { connection.cut(after: octets.count / 2) }
            try connection.send(octets: octets + Array(")\r\n".utf8))
        }
        try done(command)
    }

    private func body(_ name: String, _ octets: [UInt8], _ uid: UInt32, _ faults: FakeMailServer.Faults)
        -> [UInt8]
    {
        if faults.empty.contains(uid) { return Array(" \(name) \"\"".utf8) }
        if faults.absent.contains(uid) { return Array(" \(name) NIL".utf8) }
        return Array(" \(name) {\(octets.count)}\r\n".utf8) + octets
    }

    private func idle(_ command: ScriptedConnection.Line, in mailbox: String) throws {
        for line in server.faults.beforeIdling { try connection.line(line) }
        try connection.line("+ idling")
        if server.faults.halfOpenIdle { try connection.stall() }
        // Of this connection or another: a test has one.
        let isNotified = server.commands.contains { $0.hasPrefix("NOTIFY SET") }
        server.idle(connection, in: mailbox, isNotified: isNotified)
        defer { server.endIdle(connection) }
        let answer = try connection.read()
        guard answer == "DONE" else { return try connection.line("\(command.tag) BAD \(answer)") }
        try done(command)
    }

    /// Messages with their positions.
    private func wanted(
        _ set: String, in mailbox: FakeMailServer.Mailbox
    ) -> [(index: Int, message: FakeMailServer.Message)] {
        let last = mailbox.messages.last?.uid ?? 0
        let ranges = set.split(separator: ",").map { piece in
            let ends = piece.split(separator: ":").map { $0 == "*" ? last : UInt32($0) ?? 0 }
            return min(ends[0], ends[ends.count - 1])...max(ends[0], ends[ends.count - 1])
        }
        return mailbox.messages.enumerated().filter { pair in
            ranges.contains { $0.contains(pair.element.uid) }
        }.map { ($0.offset, $0.element) }
    }

    private func isRight(_ command: ScriptedConnection.Line) -> Bool {
        if command.verb == "LOGIN" { return command.arguments == "\"\(server.user)\" \"\(server.secret)\"" }
        let plain = [0] + Array(server.user.utf8) + [0] + Array(server.secret.utf8)
        return command.arguments.split(separator: " ").last.map { Self.decoded($0) } == plain
    }

    private static func decoded(_ text: some StringProtocol) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var octets: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in text.utf8.compactMap({ alphabet.firstIndex(of: $0) }) {
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                octets.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return octets
    }

    private func quoted(_ arguments: String) -> String? {
        arguments.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first.map(String.init)
    }

    private static func header(of octets: [UInt8]) -> [UInt8] {
        let blank: [UInt8] = [13, 10, 13, 10]
        guard octets.count >= 4 else { return octets }
        for index in 0...(octets.count - 4) where Array(octets[index..<(index + 4)]) == blank {
            return Array(octets[..<(index + 4)])
        }
        return octets
    }
}
