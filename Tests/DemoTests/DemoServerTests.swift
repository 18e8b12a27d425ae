import Glibc
import Mail
import Processes
import Testing

@testable import Demo

@Suite(
    "The demo's Dovecot", .serialized,
    .enabled(
        if: Workshop.has("dovecot") && Workshop.has("python3"), "dovecot and python3 are not both installed"))
struct DemoServerTests {
    private static let client = """
        import collections, glob, hashlib, imaplib, sys
        imap = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]), timeout=30)
        imap.login("office@bergmann-stb.example", open(sys.argv[2]).read().strip())
        served = collections.Counter()
        for mailbox in sys.argv[3:]:
            status, count = imap.select(mailbox, readonly=True)
            status, dates = imap.fetch("1", "(INTERNALDATE)")
            seen = len(imap.search(None, "SEEN")[1][0].split())
            print(mailbox, int(count[0]), seen, dates[0].decode().split('"')[1][:11])
            for answer in imap.fetch("1:*", "(BODY.PEEK[])")[1]:
                if isinstance(answer, tuple): served[hashlib.sha256(answer[1]).hexdigest()] += 1
        sent = collections.Counter(hashlib.sha256(open(f, "rb").read()).hexdigest() for f in glob.glob("*.eml"))
        print("the same octets" if served == sent else "other octets")
        print([line.decode() for line in imap.list()[1] if b"Sent" in line][0])
        imap.logout()
        """

    @Test("serves every mail with its octets, date and flag, and leaves no process and no directory")
    func servesAndVanishes() throws {
        let server = try DemoServer.start(mailboxes: DemoMessages.mailboxes(now: Workshop.now))
        let result = Result {
            for (serial, message) in Workshop.messages.enumerated() {
                try server.deliver(message, serial: serial)
            }
            return try look(at: server, ["INBOX", "Sent", "Archive/2024"])
        }
        let processes = server.processes
        let path = server.directory.path
        try server.stop()
        for process in processes { #expect(kill(-process, 0) == -1 && errno == ESRCH) }
        #expect(access(path, F_OK) == -1 && errno == ENOENT)

        var expected = ""
        for (mailbox, date) in [
            ("INBOX", "22-Oct-2025"), ("Sent", "03-Nov-2025"), ("Archive/2024", "21-Oct-2024"),
        ] {
            let there = Workshop.messages.filter { $0.mailbox == mailbox }
            expected += "\(mailbox) \(there.count) \(there.filter(\.isSeen).count) \(date)\n"
        }
        expected += "the same octets\n" + #"(\HasNoChildren \Sent) "/" Sent"# + "\n"
        #expect(try result.get() == expected)
    }

    private func look(at server: DemoServer, _ mailboxes: [String]) throws -> String {
        var output = ""
        try Workshop.with { workshop in
            for (serial, message) in Workshop.messages.enumerated() {
                try workshop.directory.write(message.octets, to: "\(serial).eml")
            }
            let arguments = ["-c", Self.client, "\(server.port)", server.passwordFile] + mailboxes
            output = try workshop.run("python3", arguments).output
        }
        return output
    }

    @Test("a letter handed in lies in the client's mailbox, and the firm's is where mail to the firm goes")
    func mailer() throws {
        let script = """
            import imaplib, smtplib, sys
            smtp = smtplib.SMTP("127.0.0.1", int(sys.argv[2]), timeout=20)
            letter = "From: office@bergmann-stb.example\\r\\nSubject: hello\\r\\n\\r\\nto you\\r\\n"
            firm, client = "office@bergmann-stb.example", "buero@hofmann-brot.example"
            print(smtp.sendmail(firm, [client, "office+detail@bergmann-stb.example", "who@elsewhere.example"], letter))
            smtp.quit()
            for user in firm, client:
                imap = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]), timeout=30)
                imap.login(user, open(sys.argv[3]).read().strip())
                print(user, imap.select("INBOX", readonly=True)[1][0].decode())
                fields = imap.fetch("1", "(BODY.PEEK[HEADER.FIELDS (DELIVERED-TO SUBJECT)])")[1][0][1]
                print(*fields.decode().split("\\r\\n")[:2])
                imap.logout()
            """
        let server = try DemoServer.start(mailboxes: [])
        let result = Result {
            var output = ""
            try Workshop.with { workshop in
                output = try workshop.run(
                    "python3",
                    ["-c", script, "\(server.port)", "\(server.submissionPort)", server.passwordFile]
                ).output
            }
            return (output, server.letters(to: "buero@hofmann-brot.example"))
        }
        try server.stop()
        let (output, letters) = try result.get()
        #expect(
            output == """
                {'who@elsewhere.example': (550, b'5.1.1 <who@elsewhere.example>: nobody here has this address')}
                office@bergmann-stb.example 1
                Delivered-To: office+detail@bergmann-stb.example Subject: hello
                buero@hofmann-brot.example 1
                Delivered-To: buero@hofmann-brot.example Subject: hello

                """)
        #expect(letters.count == 1)
        #expect(
            String(decoding: letters.joined(), as: UTF8.self).hasSuffix("Subject: hello\r\n\r\nto you\r\n"))
    }

    @Test("a client that idles hears of a new mail within seconds")
    func idle() throws {
        let server = try DemoServer.start(mailboxes: [])
        let result = Result { try hear(of: DemoMessages.next(0, now: Workshop.now), from: server) }
        try server.stop()
        #expect(try result.get().hasSuffix("* 1 EXISTS\n"))
    }

    private func hear(of message: DemoMessage, from server: DemoServer) throws -> String {
        let script = """
            import socket, sys
            stream = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20).makefile("rw", newline="")
            def say(line): stream.write(line + "\\r\\n"); stream.flush()
            def hear(start):
                line = ""
                while not line.startswith(start): line = stream.readline()
                print(line.strip(), flush=True)
            hear("* OK")
            say("a login office@bergmann-stb.example " + open(sys.argv[2]).read().strip()); hear("a OK")
            say("b examine INBOX"); hear("b OK")
            say("c idle"); hear("+ idling"); hear("* 1 EXISTS")
            """
        var output = ""
        try Workshop.with { workshop in
            let python = try #require(Environment.program("python3"))
            let client = try Subprocess.start(
                python, ["-c", script, "\(server.port)", server.passwordFile],
                environment: ["PATH": Environment.value(of: "PATH") ?? "/usr/bin"], directory: "/",
                output: workshop.directory.absolute("words"))
            defer { client.stop(grace: .zero) }
            func words() -> String {
                String(decoding: workshop.directory.contents(of: "words"), as: UTF8.self)
            }
            let deadline = ContinuousClock.now + .seconds(20)
            while !words().contains("+ idling"), ContinuousClock.now < deadline { usleep(2000) }
            try server.deliver(message, serial: 0)
            _ = client.ending(within: .seconds(20))
            output = words()
        }
        return output
    }

    @Test("where there is no Dovecot, the error says what to install")
    func notInstalled() {
        let error = #expect(throws: ProcessError.self) {
            try DemoServer.start(mailboxes: [], program: "dovecot-of-nowhere")
        }
        #expect(error?.code == .notInstalled)
        #expect(error?.reason.hasSuffix("sudo apt-get install dovecot-imapd") == true)
    }

    @Test("a server that ends at once is an error soon, and leaves nothing")
    func endsAtOnce() {
        let start = ContinuousClock.now
        let error = #expect(throws: ProcessError.self) {
            try DemoServer.start(mailboxes: ["Sent"], program: "false")
        }
        #expect(error?.code == .noAnswer)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("two run side by side")
    func two() throws {
        let first = try DemoServer.start(mailboxes: [])
        let second = Result { try DemoServer.start(mailboxes: []) }
        try first.stop()
        let other = try second.get()
        #expect(LoopbackPort.greeting(port: other.port, within: .seconds(5)) != nil)
        try other.stop()
        #expect(first.port != other.port && first.password != other.password)
        #expect(LoopbackPort.greeting(port: first.port, within: .seconds(1)) == nil)
    }

    @Test("when we are gone without a word, the mourner ends Dovecot and removes the directory")
    func mourner() throws {
        let server = try DemoServer.start(mailboxes: [])
        server.abandon()
        let deadline = ContinuousClock.now + .seconds(20)
        while access(server.directory.path, F_OK) == 0, ContinuousClock.now < deadline { usleep(10_000) }
        let isGone = access(server.directory.path, F_OK) != 0
        #expect(LoopbackPort.greeting(port: server.port, within: .seconds(1)) == nil)
        #expect(LoopbackPort.greeting(port: server.submissionPort, within: .seconds(1)) == nil)
        try server.stop()
        #expect(isGone)
    }
}
