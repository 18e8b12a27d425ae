package import HTTP

extension Configuration {
    /// What monitoring may ask.
    package struct Metrics: Hashable, Sendable {
        /// Nil: nobody is answered.
        package let listen: ListenerAddress?

        init(_ settings: Instance) {
            listen = settings.optionalText("listen").flatMap { ListenerAddress($0) }
        }

        static let section = Section(
            name: "metrics", shape: .single, title: "Monitoring",
            text: """
                What programs that watch over servers may ask: `/metrics` has the figures of `mailroom status` for \
                Prometheus, `/healthz` says that the daemon lives, and `/readyz` whether the database, the disk and \
                every mailbox are in order.
                """,
            settings: [
                Setting(
                    "listen", .listener, example: "\"127.0.0.1:9125\"",
                    """
                    The address and port that are answered, or the path of a Unix socket. Without this key nobody \
                    is. A socket called `metrics` that systemd holds is used instead. When the port is taken, the \
                    journal says so, mail is read all the same, and it is tried again.
                    """),
                Setting(
                    "allow_remote", .flag, or: .flag(false),
                    """
                    Lets `listen` name an address that other machines reach. There is no password: the names of \
                    mailboxes and all figures are then told to whoever asks.
                    """),
            ])
    }
}
