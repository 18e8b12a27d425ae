import Processes

/// The server that takes the demo's outgoing mail and puts it into the Maildirs that Dovecot serves.
///
/// Debian's aiosmtpd with a handler of ours: an ordinary user can run it, and
/// no letter leaves the machine. It knows the firm and its contacts; any other
/// recipient is refused as a real server would refuse it. It ends when our end
/// of its input does, so nobody has to clean up behind a demo that was killed.
struct DemoMailer {
    let port: UInt16
    private let server: Subprocess

    /// Debian's own, where the module is: another python3 on the path would not find it.
    private static let python = "/usr/bin/python3"
    private static let file = "smtp.py"
    private static let words = "smtp.out"

    /// - Parameter owner: of what it delivers; nil: whoever runs it.
    static func start(
        in directory: TemporaryDirectory, owner: TemporaryDirectory.Owner?, within time: Duration
    ) throws(ProcessError) -> DemoMailer {
        try directory.write(Array(script.utf8), to: file)
        try directory.write(
            Array(recipients.map { "\($0)\n" }.joined().utf8), to: "recipients")
        let deadline = ContinuousClock.now + time
        for _ in 0..<5 {
            let port = try LoopbackPort.free()
            let numbers = owner.map { ["\($0.user)", "\($0.group)"] } ?? []
            let server = try Subprocess.start(
                python, ["-I", directory.absolute(file), "\(port)", directory.path] + numbers,
                directory: directory.path, output: directory.absolute(words), keepsInput: true)
            while ContinuousClock.now < deadline, server.ending(within: .milliseconds(20)) == nil {
                let left = deadline - ContinuousClock.now
                if let greeting = LoopbackPort.greeting(port: port, within: left),
                    greeting.starts(with: Array("220 ".utf8))
                {
                    return DemoMailer(port: port, server: server)
                }
            }
            server.stop(grace: .zero)
            // Between our asking for a port and its taking it, another program may have come first.
            if !said(in: directory).contains("address already in use") { break }
        }
        throw refusal(said(in: directory))
    }

    func stop(grace: Duration) { server.stop(grace: grace) }

    /// Lets go of its input, as our death would.
    func abandon() { server.closeInput() }

    /// The number of its process.
    var process: Int32 { server.id }

    private static func said(in directory: TemporaryDirectory) -> String {
        String(decoding: directory.contents(of: words), as: UTF8.self)
    }

    private static func refusal(_ words: String) -> ProcessError {
        let doing = "starting the demo's mail server"
        if words.contains("No module named 'aiosmtpd") {
            return ProcessError(
                .notInstalled, doing: doing,
                reason: "aiosmtpd is not installed: sudo apt-get install python3-aiosmtpd")
        }
        let last = words.split(separator: "\n").last.map(String.init)
        return ProcessError(.noAnswer, doing: doing, reason: last ?? "no answer in time")
    }

    private static var recipients: [String] {
        [DemoFirm.mailbox]
            + DemoFirm.accounts.flatMap(\.contacts).flatMap(\.addresses).map { address in
                // As it comes on the wire: RFC 5890's A-label.
                address == "kontakt@weingut-müller.example" ? People.jorg.address : address
            }
    }

    /// Port, directory, and the numbers of the mail's owner.
    private static let script = """
        import asyncio, email.utils, itertools, os, sys, time
        from aiosmtpd.smtp import SMTP

        port, directory, owner = int(sys.argv[1]), sys.argv[2], [int(word) for word in sys.argv[3:5]]
        known = set(open(directory + "/recipients", encoding="utf-8").read().split())
        firm = "@bergmann-stb.example"
        serial = itertools.count(1)

        def user(address):
            local, at, domain = address.lower().rpartition("@")
            return local.partition("+")[0] + at + domain

        def make(path):
            if not os.path.isdir(path):
                os.mkdir(path, 0o700)
                if owner: os.chown(path, *owner)

        def deliver(address, octets):
            place = directory + "/mail/" + user(address)
            for path in (place, place + "/tmp", place + "/new", place + "/cur"): make(path)
            name = "%d.S%06dP%d.mailroom-demo" % (time.time(), next(serial), os.getpid())
            with open(place + "/tmp/" + name, "xb") as file:
                os.fchmod(file.fileno(), 0o600)
                if owner: os.fchown(file.fileno(), *owner)
                file.write(octets)
            os.rename(place + "/tmp/" + name, place + "/new/" + name)

        class Maildirs:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if user(address) not in known:
                    return "550 5.1.1 <%s>: nobody here has this address" % address
                envelope.rcpt_tos.append(address)
                return "250 2.1.5 Recipient OK"

            async def handle_DATA(self, server, session, envelope):
                number = "%x" % time.time_ns()
                for address in envelope.rcpt_tos:
                    trace = "Return-Path: <%s>\\r\\nDelivered-To: %s\\r\\n" % (envelope.mail_from or "", address)
                    trace += "Received: from %s ([127.0.0.1])\\r\\n by mx%s with ESMTP id %s\\r\\n for <%s>; %s\\r\\n" % (
                        session.host_name, firm.replace("@", "."), number, address, email.utils.formatdate())
                    deliver(address, trace.encode() + envelope.original_content)
                return "250 2.0.0 OK: queued as " + number

        async def serve():
            loop = asyncio.get_running_loop()
            def session():
                return SMTP(Maildirs(), hostname="mx" + firm.replace("@", "."), enable_SMTPUTF8=True,
                            data_size_limit=25_000_000)
            try:
                await loop.create_server(session, "127.0.0.1", port)
            except OSError as error:
                sys.exit(str(error))
            # Until whoever started us is gone.
            await loop.run_in_executor(None, sys.stdin.read)

        asyncio.run(serve())

        """
}
