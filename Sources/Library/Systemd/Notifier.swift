internal import CLinux
internal import Glibc

/// Tells systemd how the service is: ready, reloading, stopping, alive. `sd_notify(3)`.
///
/// The protocol is one datagram of `NAME=value` lines to `$NOTIFY_SOCKET`.
/// Without that variable, started by hand, there is nobody to tell.
package final class Notifier: Sendable {
    private let socket: DatagramSocket?
    /// How often systemd wants to hear that we live, half of what it waits for; nil for never.
    package let watchdogSeconds: Double?

    package init(environment: Environment = .process) {
        socket = environment["NOTIFY_SOCKET"].flatMap(DatagramSocket.init(address:))
        // A watchdog for another process, our parent, is none of ours.
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { UInt64($0) }
        watchdogSeconds =
            if isOurs, let microseconds, microseconds > 0 { Double(microseconds) / 2_000_000 } else { nil }
    }

    /// Whether anybody listens.
    package var isConnected: Bool { socket != nil }

    /// The service does its work from now on; also the end of a reload.
    package func ready(status: String? = nil) throws(SystemdError) { try send(["READY=1"], status) }

    /// The configuration is being read again; ``ready(status:)`` ends it. For `Type=notify-reload`.
    package func reloading() throws(SystemdError) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        try send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"], nil)
    }

    package func stopping(status: String? = nil) throws(SystemdError) { try send(["STOPPING=1"], status) }

    /// One line for `systemctl status`.
    package func status(_ text: String) throws(SystemdError) { try send([], text) }

    /// We live: to be said every ``watchdogSeconds``, by who can tell that the work goes on.
    package func watchdog() throws(SystemdError) { try send(["WATCHDOG=1"], nil) }

    /// Stopping or starting takes so much longer than systemd was told.
    package func extendTimeout(seconds: Int) throws(SystemdError) {
        try send(["EXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)"], nil)
    }

    private func send(_ lines: [String], _ status: String?) throws(SystemdError) {
        guard let socket else { return }
        // A line end in a status would be another assignment.
        let all = lines + (status.map { ["STATUS=" + LogText.escaped($0)] } ?? [])
        let code = socket.send(Array(all.joined(separator: "\n").utf8))
        guard code == 0 else { throw SystemdError(code: code, doing: "telling systemd \(all[0].prefix(20))") }
    }
}
