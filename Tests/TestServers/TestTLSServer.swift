import Glibc

/// A TLS server with a certificate of one's choice, that proves itself, or fails to, and says nothing more.
package final class TestTLSServer: Sendable {
    package let port: UInt16
    private let process: LeashedProcess

    /// Nil where openssl is not installed or will not start.
    ///
    /// - Parameter options: of `openssl s_server`.
    package init?(_ kind: TestCertificates.Kind, of certificates: TestCertificates, options: [String] = []) {
        port = TestSocket.freePort()
        guard let openssl = ChildProcess.find("openssl"),
            let process = LeashedProcess(
                [
                    openssl, "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert",
                    certificates.certificate(kind), "-key", certificates.key(kind),
                ] + options, log: certificates.directory.file("s_server.log"))
        else { return nil }
        self.process = process
        let deadline = ContinuousClock.now + .seconds(10)
        while TestSocket.connected(to: port) == nil {
            guard ContinuousClock.now < deadline else { return nil }
            usleep(10_000)
        }
    }
}
