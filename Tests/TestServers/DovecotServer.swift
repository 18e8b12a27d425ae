import Glibc
import Mail

/// A real Dovecot in a throw-away directory, on ports of loopback that nobody else uses.
///
/// Dovecot refuses to run mail processes as root, so as root they run as
/// `nobody`; as an ordinary user everything runs as that user. It looks for
/// changes by inotify, of which Linux gives 128 instances to a user: with more
/// than a hundred idle sessions some notices come late.
package final class DovecotServer: Sendable {
    package struct Options: Sendable {
        /// Connections of one user from one address.
        package var connections = 1000
        package var users = ["office": "correct horse", "kate": "naïve pässword"]
        /// More lines of dovecot.conf.
        package var extra = ""

        package init() {}
    }

    package let port: UInt16
    /// Zero without certificates.
    package let tlsPort: UInt16
    package let options: Options
    private let directory: TestDirectory
    private let process: LeashedProcess
    /// Whose the mail is.
    let owner: (user: uid_t, group: gid_t)

    package static var isInstalled: Bool {
        ChildProcess.find("dovecot") != nil && ChildProcess.find("doveadm") != nil
            && access("/usr/lib/dovecot/imap", X_OK) == 0
    }

    /// Nil where Dovecot is not installed or will not start.
    package init?(_ options: Options = Options(), certificates: TestCertificates? = nil) {
        guard Self.isInstalled, let dovecot = ChildProcess.find("dovecot") else { return nil }
        self.options = options
        directory = TestDirectory(readable: true)
        port = TestSocket.freePort()
        tlsPort = certificates == nil ? 0 : TestSocket.freePort()
        let nobody = getpwnam("nobody").map { ($0.pointee.pw_uid, $0.pointee.pw_gid) }
        owner = geteuid() == 0 ? nobody ?? (65_534, 65_534) : (geteuid(), getegid())
        let directory = directory
        let users = options.users.map { "\($0.key):{PLAIN}\($0.value)::::::\n" }.sorted().joined()
        directory.write(users, to: "users")
        let lines = Self.configuration(options, certificates, directory.path, port, tlsPort, owner)
        directory.write(lines, to: "dovecot.conf")
        mkdir(directory.file("mail"), 0o755)
        for user in options.users.keys {
            for name in ["", "/Maildir", "/Maildir/tmp", "/Maildir/new", "/Maildir/cur"] {
                mkdir(directory.file("mail/\(user)\(name)"), 0o755)
            }
        }
        _ = ChildProcess.run(["chown", "-R", "\(owner.user):\(owner.group)", directory.file("mail")])
        guard
            let process = LeashedProcess(
                [dovecot, "-F", "-c", directory.file("dovecot.conf")], log: directory.file("output"))
        else { return nil }
        self.process = process
        guard isReady() else { return nil }
    }

    package func stop() { process.stop() }

    /// Where the Maildirs are: `USER/Maildir`.
    var mailRoot: String { directory.file("mail") }
    /// Where another server may ask who somebody is: Postfix's `smtpd_sasl_path`.
    var authSocket: String { directory.file("run/auth-smtp") }

    /// What Dovecot and its processes have said.
    package var log: String {
        String(decoding: TestDirectory.read(directory.file("log")) ?? [], as: UTF8.self)
    }

    /// Puts a message into a mailbox as a delivery agent would: written whole, then renamed.
    package func deliver(_ octets: [UInt8], to user: String, _ mailbox: MailboxName = .inbox) {
        let maildir = maildir(of: user, mailbox)
        for name in ["", "/tmp", "/new", "/cur"] where access(maildir + name, F_OK) != 0 {
            var path = ""
            for piece in (maildir + name).split(separator: "/") {
                path += "/\(piece)"
                if mkdir(path, 0o755) == 0 { chown(path, owner.user, owner.group) }
            }
        }
        let name = "\(time(nil)).\(UInt64.random(in: 0...UInt64.max)).test"
        TestDirectory.write(octets, to: "\(maildir)/tmp/\(name)")
        chown("\(maildir)/tmp/\(name)", owner.user, owner.group)
        let result = rename("\(maildir)/tmp/\(name)", "\(maildir)/new/\(name)")
        precondition(result == 0, "a Maildir is one file system")
    }

    /// Runs doveadm with this server's configuration; a failure ends the test run.
    @discardableResult
    package func doveadm(_ arguments: String...) -> String {
        let output = ChildProcess.run(["doveadm", "-c", directory.file("dovecot.conf")] + arguments)
        precondition(output.status == 0, "doveadm \(arguments): \(output.text)")
        return output.text
    }

    package func expunge(_ user: String, _ mailbox: String, uid: UInt32) {
        doveadm("expunge", "-u", user, "mailbox", mailbox, "uid", String(uid))
    }

    package func move(_ user: String, _ uid: UInt32, from source: String, to target: String) {
        doveadm("move", "-u", user, target, "mailbox", source, "uid", String(uid))
    }

    package func create(_ user: String, _ mailbox: String) {
        doveadm("mailbox", "create", "-u", user, mailbox)
    }
    package func delete(_ user: String, _ mailbox: String) {
        doveadm("mailbox", "delete", "-u", user, mailbox)
    }

    /// Every message of a user as the server itself gives it.
    package func everything(of user: String) -> [TinyIMAP.Message] {
        guard let client = TinyIMAP(port: port, user: user, secret: options.users[user] ?? "") else {
            fatalError("the server takes no login of \(user)")
        }
        return client.everything()
    }

    private func maildir(of user: String, _ mailbox: MailboxName) -> String {
        let root = directory.file("mail/\(user)/Maildir")
        return mailbox.isInbox ? root : "\(root)/.\(mailbox.encoded)"
    }

    private func isReady() -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if let client = TestSocket.connected(to: port), client.waits(milliseconds: 5000),
                client.readLine()?.hasPrefix("* OK") == true
            {
                return true
            }
            // Nothing announces that a port is being listened to.
            usleep(20_000)
        }
        return false
    }

    private static func configuration(
        _ options: Options, _ certificates: TestCertificates?, _ path: String, _ port: UInt16,
        _ tlsPort: UInt16,
        _ owner: (user: uid_t, group: gid_t)
    ) -> String {
        let me = geteuid() == 0 ? nil : getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
        let internalUsers = me.map {
            """
            default_internal_user = \($0)
            default_login_user = \($0)
            default_internal_group = \(getgrgid(getegid()).map { String(cString: $0.pointee.gr_name) } ?? $0)
            """
        }
        let tls = certificates.map {
            "ssl = yes\nssl_cert = <\($0.certificate(.good))\nssl_key = <\($0.key(.good))"
        }
        return """
            base_dir = \(path)/run
            state_dir = \(path)/state
            instance_name = \(path)
            log_path = \(path)/log
            protocols = imap
            listen = 127.0.0.1
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            auth_failure_delay = 0
            first_valid_uid = 1
            first_valid_gid = 1
            mail_location = maildir:\(path)/mail/%u/Maildir
            mail_max_userip_connections = \(options.connections)
            mailbox_list_index = no
            \(internalUsers ?? "")
            \(tls ?? "ssl = no")
            passdb {
              driver = passwd-file
              args = scheme=PLAIN username_format=%u \(path)/users
            }
            userdb {
              driver = static
              args = uid=\(owner.user) gid=\(owner.group) home=\(path)/mail/%u allow_all_users=yes
            }
            namespace inbox {
              inbox = yes
              separator = .
              mailbox Sent {
                special_use = \\Sent
              }
              mailbox Junk {
                special_use = \\Junk
              }
            }
            service imap-login {
              chroot =
              service_count = 0
              client_limit = 3000
              process_limit = 1
              inet_listener imap {
                port = \(port)
              }
              inet_listener imaps {
                port = \(tlsPort)
              }
            }
            service imap {
              process_limit = 3000
            }
            service anvil {
              chroot =
              client_limit = 6000
            }
            service auth {
              client_limit = 6000
              unix_listener auth-smtp {
                mode = 0666
              }
            }
            service stats {
              chroot =
              client_limit = 6000
            }
            service auth-worker {
              user = \(me ?? "root")
            }
            \(options.extra)

            """
    }
}
