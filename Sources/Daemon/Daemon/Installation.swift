internal import Workers

/// Where things are on an installed system.
package enum Installation {
    package static let configuration = "/etc/mailroom/mailroom.toml"
    package static let version = "1.0.0"

    /// Drop-ins of a configuration file: `conf.d` beside it.
    package static func dropIns(of configuration: String) -> String {
        let directory = configuration.lastIndex(of: "/").map { String(configuration[..<$0]) } ?? "."
        return (directory.isEmpty ? "/" : directory) + "/conf.d"
    }

    /// The control socket: systemd's runtime directory where there is one, else in the data.
    package static func controlSocket(data: String) -> String {
        (ThisProcess.environment("RUNTIME_DIRECTORY") ?? data) + "/control.sock"
    }

    /// Where a client looks for the socket, the likelier first.
    package static func controlSockets(data: String) -> [String] {
        ["/run/mailroom/control.sock", data + "/control.sock"]
    }
}
