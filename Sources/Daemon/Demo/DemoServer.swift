import Mail
package import Processes

/// A real Dovecot and a real SMTP server on loopback, in a directory that goes when they go.
///
/// Mail is delivered as any delivery agent would: written under `tmp`, then
/// renamed into `new`, so that a reader never meets half a message. A second
/// small process, there before Dovecot is, mourns us: should we be killed in a
/// way nobody can catch, it ends Dovecot and removes the directory.
package final class DemoServer: Sendable {
    package static let user = DemoFirm.mailbox

    package let port: UInt16
    /// Where mail is handed in to be sent.
    package var submissionPort: UInt16 { mailer.port }
    package let password: String
    /// Its directory; whoever uses the server may keep files of its own in it.
    package let directory: TemporaryDirectory

    private let dovecot: Subprocess
    private let mailer: DemoMailer
    private let mourner: Subprocess
    private let mailOwner: TemporaryDirectory.Owner?

    private init(
        port: UInt16, password: String, directory: TemporaryDirectory, dovecot: Subprocess,
        mailer: DemoMailer, mourner: Subprocess, mailOwner: TemporaryDirectory.Owner?
    ) {
        self.port = port
        self.password = password
        self.directory = directory
        self.dovecot = dovecot
        self.mailer = mailer
        self.mourner = mourner
        self.mailOwner = mailOwner
    }

    /// Where ``write(password:)`` puts the password, for a configuration to name.
    package var passwordFile: String { directory.absolute("password") }

    // MARK: - Start and stop

    /// - Parameters:
    ///   - mailboxes: besides INBOX, `/` between the names.
    ///   - name: of the program, sought on the path.
    ///   - time: for Dovecot to answer.
    package static func start(
        mailboxes: [String], program name: String = "dovecot", within time: Duration = .seconds(15)
    ) throws(ProcessError) -> DemoServer {
        guard let program = Environment.program(name) else {
            throw ProcessError(
                .notInstalled, doing: "starting the demo's IMAP server",
                reason: "\(name) is not installed: sudo apt-get install dovecot-imapd")
        }
        guard let caller = CallingUser.current() else {
            throw ProcessError(
                .notStarted, doing: "starting the demo's IMAP server",
                reason: "the user who runs this has no name in /etc/passwd, and Dovecot wants one")
        }
        let directory = try TemporaryDirectory.make(
            prefix: "mailroom-demo", lettingOthersThrough: caller.isRoot)
        var mourner: Subprocess?
        do {
            let watching = try mourn(in: directory)
            mourner = watching
            return try start(
                program, caller: caller, in: directory, mourner: watching, mailboxes: mailboxes, within: time)
        } catch {
            try? directory.remove()
            mourner?.kill()
            // The root of a user namespace with nobody else in it; Dovecot could not change users there either.
            if caller.isRoot, error.doing.hasPrefix("chown") {
                throw ProcessError(
                    .notStarted, doing: error.doing,
                    reason:
                        "\(error.reason); this root cannot give files away: run the demo as an ordinary user")
            }
            throw error
        }
    }

    private static func start(
        _ program: String, caller: CallingUser, in directory: TemporaryDirectory, mourner: Subprocess,
        mailboxes: [String], within time: Duration
    ) throws(ProcessError) -> DemoServer {
        var random = SystemRandomNumberGenerator()
        let password = (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
        let owner = caller.isRoot ? DovecotConfiguration.rootsMailOwner : nil
        try makeMaildirs(mailboxes, in: directory, owner: owner)
        try directory.write(Array("\(password)\n".utf8), to: "password")

        let deadline = ContinuousClock.now + time
        var attempt = 0
        while true {
            attempt += 1
            let port = try LoopbackPort.free()
            let configuration = DovecotConfiguration(
                directory: directory.path, port: port, password: password, caller: caller,
                mailboxes: mailboxes.filter { $0 != "Sent" })
            try directory.write(Array(configuration.text.utf8), to: "dovecot-\(attempt).conf")
            let dovecot = try Subprocess.start(
                program, ["-F", "-c", directory.absolute("dovecot-\(attempt).conf")],
                directory: directory.path,
                output: directory.absolute("dovecot.out"))
            if answers(port, before: deadline, unlessEnded: dovecot) {
                return try serve(
                    port: port, password: password, directory, dovecot, mourner, owner: owner,
                    before: deadline)
            }
            dovecot.stop(grace: .seconds(1))
            // Between our asking for a port and Dovecot's taking it, another program may have come first.
            if attempt < 5, ContinuousClock.now < deadline,
                words(in: directory).contains("Address already in use")
            {
                continue
            }
            throw ProcessError(.noAnswer, doing: "starting \(program)", reason: words(in: directory))
        }
    }

    /// With Dovecot up: the mail server beside it.
    private static func serve(
        port: UInt16, password: String, _ directory: TemporaryDirectory, _ dovecot: Subprocess,
        _ mourner: Subprocess, owner: TemporaryDirectory.Owner?, before deadline: ContinuousClock.Instant
    ) throws(ProcessError) -> DemoServer {
        do {
            let mailer = try DemoMailer.start(
                in: directory, owner: owner, within: deadline - ContinuousClock.now)
            return DemoServer(
                port: port, password: password, directory: directory, dovecot: dovecot, mailer: mailer,
                mourner: mourner, mailOwner: owner)
        } catch {
            dovecot.stop(grace: .seconds(1))
            throw error
        }
    }

    /// Ends the servers, in `grace` or by force, and removes the directory with all it holds. Once is enough.
    ///
    /// The mourner goes last: whoever kills us before is mourned.
    package func stop(grace: Duration = .seconds(2)) throws(ProcessError) {
        mailer.stop(grace: grace)
        dovecot.stop(grace: grace)
        defer { mourner.kill() }
        try directory.remove()
    }

    /// Lets go of the pipes, as our death would.
    func abandon() {
        mailer.abandon()
        mourner.closeInput()
    }

    /// The numbers of the processes, for whoever wants to see that they are gone.
    package var processes: [Int32] { [dovecot.id, mailer.process, mourner.id] }

    /// Reads from a pipe of which we hold the other end: it ends when we do.
    ///
    /// Dovecot leads a group, and says its number in `run/master.pid`; one that was started a moment ago has
    /// two seconds to do so. `-s`, because dash takes `kill -TERM --` for a mistake.
    private static func mourn(in directory: TemporaryDirectory) throws(ProcessError) -> Subprocess {
        let script = """
            trap '' HUP INT TERM
            read -r nothing
            for moment in 1 2 3 4 5 6 7 8 9 10; do
                if read -r group <"$1/run/master.pid"; then break; fi
                sleep 0.2
            done
            if [ -n "$group" ]; then
                kill -s TERM -- "-$group"
                sleep 1
                kill -s KILL -- "-$group"
            fi
            rm -rf -- "$1"
            """
        return try Subprocess.start(
            "/bin/sh", ["-c", script, "mailroom-demo", directory.path], directory: "/", keepsInput: true)
    }

    private static func answers(
        _ port: UInt16, before deadline: ContinuousClock.Instant, unlessEnded dovecot: Subprocess
    ) -> Bool {
        while ContinuousClock.now < deadline {
            let left = deadline - ContinuousClock.now
            if let words = LoopbackPort.greeting(port: port, within: left),
                words.starts(with: Array("* OK".utf8))
            {
                return true
            }
            if dovecot.ending(within: .milliseconds(20)) != nil { return false }
        }
        return false
    }

    /// Dovecot's last words.
    private static func words(in directory: TemporaryDirectory) -> String {
        let octets = directory.contents(of: "dovecot.out") + directory.contents(of: "dovecot.log")
        let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n")
        return lines.isEmpty ? "no answer in time" : lines.suffix(3).joined(separator: "; ")
    }

    // MARK: - Mail

    /// Puts a mail into its mailbox, as delivered when it says it was received: IMAP's INTERNALDATE.
    ///
    /// - Parameter serial: of this server, never twice; with the time it names the file.
    package func deliver(_ message: DemoMessage, serial: Int) throws(ProcessError) {
        let place = Self.maildir(message.mailbox)
        let digits = String(serial)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let name = "\(message.received.seconds).M\(padded)P1.mailroom-demo"
        try directory.write(
            message.octets, to: "\(place)/tmp/\(name)", owner: mailOwner, modified: message.received)
        let end = message.isSeen ? "cur/\(name):2,S" : "new/\(name)"
        try directory.move("\(place)/tmp/\(name)", to: "\(place)/\(end)")
    }

    /// Maildir++ of the firm: `mail/USER` for INBOX, `mail/USER/.Archive.2025` for Archive/2025.
    private static func maildir(_ mailbox: String) -> String {
        mailbox == "INBOX" ? "mail/\(user)" : "mail/\(user)/.\(mailbox.replacing("/", with: "."))"
    }

    /// What lies in somebody's INBOX, oldest first: what the firm sent to a client came here by SMTP.
    package func letters(to address: String) -> [[UInt8]] {
        ["cur", "new"].flatMap { part in
            directory.names(in: "mail/\(address)/\(part)").map {
                (name: $0, path: "mail/\(address)/\(part)/\($0)")
            }
        }
        .sorted { $0.name < $1.name }.map { directory.contents(of: $0.path, limit: 1 << 20) }
    }

    private static func makeMaildirs(
        _ mailboxes: [String], in directory: TemporaryDirectory, owner: TemporaryDirectory.Owner?
    ) throws(ProcessError) {
        try directory.makeDirectory("mail", owner: owner)
        for place in (["INBOX"] + mailboxes).map(maildir) {
            try directory.makeDirectory(place, owner: owner)
            for part in ["tmp", "new", "cur"] {
                try directory.makeDirectory("\(place)/\(part)", owner: owner)
            }
        }
    }
}
