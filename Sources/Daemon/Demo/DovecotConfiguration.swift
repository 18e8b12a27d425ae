import Processes

/// What a Dovecot of our own must be told: everything in one directory, IMAP alone, on one port of loopback.
///
/// Dovecot wants a user for each of its jobs. Started by an ordinary user it
/// can be nobody else, so that user does them all; started by root it has the
/// users of Debian's package, and the mail belongs to a number nobody else has,
/// because Dovecot serves no mail of root's. No chroot: a sandbox may forbid it.
struct DovecotConfiguration {
    let directory: String
    let port: UInt16
    /// Of everybody: the firm, and its clients, whose mailboxes one may look into.
    let password: String
    let caller: CallingUser
    /// Besides INBOX and Sent.
    let mailboxes: [String]

    /// Debian reserves 65000 to 65533 and gives them to nobody (policy, section 9.2.2).
    static let rootsMailOwner = TemporaryDirectory.Owner(user: 65_432, group: 65_432)

    /// Whose the mail is; nil: ours.
    var mailOwner: TemporaryDirectory.Owner? { caller.isRoot ? Self.rootsMailOwner : nil }

    var text: String {
        let owner = mailOwner ?? TemporaryDirectory.Owner(user: caller.id, group: caller.groupID)
        let users =
            caller.isRoot
            ? ("dovecot", "dovecot", "dovenull") : (caller.name, caller.group, caller.name)
        return """
            base_dir = \(directory)/run
            state_dir = \(directory)/state
            instance_name = mailroom-demo
            log_path = \(directory)/dovecot.log
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            auth_mechanisms = plain login
            default_internal_user = \(users.0)
            default_internal_group = \(users.1)
            default_login_user = \(users.2)
            first_valid_uid = 1
            first_valid_gid = 0
            mail_location = maildir:\(directory)/mail/%u
            # Where the kernel has no inotify, new mail is looked for.
            mailbox_idle_check_interval = 1 s
            passdb {
              driver = static
              args = password=\(password)
            }
            userdb {
              driver = static
              args = uid=\(owner.user) gid=\(owner.group) home=\(directory)/mail/%u
            }
            namespace inbox {
              inbox = yes
              separator = /
              mailbox Sent {
                auto = subscribe
                special_use = \\Sent
              }
            \(mailboxes.map { "  mailbox \($0) {\n    auto = subscribe\n  }" }.joined(separator: "\n"))
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = \(port)
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }

            """
    }
}
