import Glibc

/// A real Postfix in a throw-away directory, on ports of loopback that nobody else uses.
///
/// It delivers into the Maildirs of a ``DovecotServer``, where they are read as
/// a client's or the firm's mailbox. Its `master` has to be root to give up its
/// rights. It asks no name server anything.
package final class PostfixServer: Sendable {
    package struct Options: Sendable {
        /// Who gets mail here, and whose mailbox at Dovecot it goes to.
        package var mailboxes = ["office@firm.example": "office", "kate@client.example": "kate"]
        /// Unknown recipients of these domains: refused at RCPT, or taken and bounced.
        package var refusesUnknown = true
        /// More domains, whose mail goes on to a port of loopback.
        package var routes: [String: UInt16] = [:]
        /// Logging in is needed, with the names and secrets of Dovecot.
        package var needsLogin = false
        /// `local+detail@domain` goes to `local@domain`.
        package var recipientDelimiter = "+"
        /// The largest message, in octets.
        package var messageSizeLimit = 35_882_577
        /// More lines of main.cf.
        package var extra = ""

        package init() {}
    }

    package let port: UInt16
    /// TLS from the first octet; zero without certificates.
    package let tlsPort: UInt16
    private let directory: TestDirectory
    private let process: LeashedProcess
    private let dovecot: DovecotServer

    private static let daemons = "/usr/lib/postfix/sbin"

    package static var isInstalled: Bool {
        access("\(daemons)/master", X_OK) == 0 && ChildProcess.find("postfix") != nil && geteuid() == 0
            && ChildProcess.find("setsid") != nil && DovecotServer.isInstalled
    }

    /// Nil where Postfix is not installed, we are not root, or it will not start.
    package init?(
        _ options: Options = Options(), delivering dovecot: DovecotServer,
        certificates: TestCertificates? = nil
    ) {
        guard Self.isInstalled, let postfix = ChildProcess.find("postfix"),
            let setsid = ChildProcess.find("setsid")
        else { return nil }
        self.dovecot = dovecot
        directory = TestDirectory(readable: true)
        port = TestSocket.freePort()
        tlsPort = certificates == nil ? 0 : TestSocket.freePort()
        let path = directory.path
        for name in ["spool", "data"] { mkdir("\(path)/\(name)", 0o755) }
        if let user = getpwnam("postfix") { chown("\(path)/data", user.pointee.pw_uid, user.pointee.pw_gid) }
        directory.write(Self.main(options, path, dovecot, certificates), to: "main.cf")
        directory.write(Self.master(port, tlsPort), to: "master.cf")
        let lines = options.mailboxes.map { "\($0.key) \($0.value)/Maildir/\n" }.sorted()
        directory.write(lines.joined(), to: "mailboxes")
        let routes = options.routes.map { "\($0.key) smtp:[127.0.0.1]:\($0.value)\n" }.sorted()
        directory.write(routes.joined(), to: "transport")
        // It makes the directories of the queue, with the owners that Postfix wants.
        let check = ChildProcess.run([postfix, "-c", path, "check"])
        directory.write(check.text, to: "check")
        // Its own group of processes, which its end takes with it.
        let master = [setsid, "\(Self.daemons)/master", "-d", "-c", path]
        guard let process = LeashedProcess(master, log: "\(path)/output") else { return nil }
        self.process = process
        guard isReady() else { return nil }
    }

    package func stop() { process.stop() }

    /// What Postfix has said.
    package var log: String {
        ["check", "output", "log"].map {
            String(decoding: TestDirectory.read(directory.file($0)) ?? [], as: UTF8.self)
        }
        .joined()
    }

    /// How many connections it has taken, as its log says.
    package var connections: Int {
        log.split(separator: "\n").count { $0.contains("smtpd[") && $0.contains(": connect from") }
    }

    /// Tries everything that waits in its queue once more.
    package func flush() { _ = ChildProcess.run(["postqueue", "-c", directory.path, "-f"]) }

    /// Hands a message over as anybody's server would; whether it was taken. RFC 5321.
    package func take(_ octets: [UInt8], from: String, to: String) -> Bool {
        guard let client = TestSocket.connected(to: port), answer(client) == "220" else { return false }
        for line in ["EHLO client.example", "MAIL FROM:<\(from)>", "RCPT TO:<\(to)>", "DATA"] {
            client.send(Array("\(line)\r\n".utf8))
            guard answer(client) == (line == "DATA" ? "354" : "250") else { return false }
        }
        client.send(octets + Array(".\r\n".utf8))
        return answer(client) == "250"
    }

    /// The code of a reply, however many lines it has.
    private func answer(_ client: TestSocket) -> String? {
        while let line = client.readLine() {
            if line.dropFirst(3).first != "-" { return String(line.prefix(3)) }
        }
        return nil
    }

    private func isReady() -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let client = TestSocket.connected(to: port), client.waits(milliseconds: 5000),
                client.readLine()?.hasPrefix("220") == true
            {
                return true
            }
            // Nothing announces that a port is being listened to.
            usleep(20_000)
        }
        return false
    }

    private static func main(
        _ options: Options, _ path: String, _ dovecot: DovecotServer, _ certificates: TestCertificates?
    ) -> String {
        let domains = Set(options.mailboxes.keys.compactMap { $0.split(separator: "@").last }).sorted()
        let tls = certificates.map {
            """
            smtpd_tls_cert_file = \($0.certificate(.good))
            smtpd_tls_key_file = \($0.key(.good))
            smtpd_tls_security_level = may
            """
        }
        let login = """
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = \(dovecot.authSocket)
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            """
        return """
            compatibility_level = 3.7
            queue_directory = \(path)/spool
            data_directory = \(path)/data
            command_directory = /usr/sbin
            daemon_directory = \(daemons)
            maillog_file = \(path)/log
            maillog_file_prefixes = \(path)
            myhostname = mail.firm.example
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            alias_maps =
            alias_database =
            local_recipient_maps =
            smtputf8_enable = yes
            disable_dns_lookups = yes
            smtpd_peername_lookup = no
            recipient_delimiter = \(options.recipientDelimiter)
            message_size_limit = \(options.messageSizeLimit)
            mailbox_size_limit = 0
            virtual_mailbox_limit = 0
            virtual_mailbox_domains = \(domains.joined(separator: ", "))
            virtual_mailbox_base = \(dovecot.mailRoot)
            virtual_mailbox_maps = texthash:\(path)/mailboxes
            virtual_uid_maps = static:\(dovecot.owner.user)
            virtual_gid_maps = static:\(dovecot.owner.group)
            transport_maps = texthash:\(path)/transport
            smtpd_reject_unlisted_recipient = \(options.refusesUnknown ? "yes" : "no")
            \(options.needsLogin ? login : "smtpd_relay_restrictions = permit_mynetworks, reject")
            \(tls ?? "")
            \(options.extra)

            """
    }

    private static func master(_ port: UInt16, _ tlsPort: UInt16) -> String {
        let tls = tlsPort == 0 ? "" : "\(tlsPort) inet n - n - - smtpd\n  -o smtpd_tls_wrappermode=yes\n"
        return """
            127.0.0.1:\(port) inet n - n - - smtpd
            \(tls)
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """
    }
}
