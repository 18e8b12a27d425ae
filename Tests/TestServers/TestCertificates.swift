/// An authority of our own and the certificates, good and bad, that a client must tell apart.
package final class TestCertificates: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// For localhost and 127.0.0.1.
        case good
        case expired
        case wrongHost
        case selfSigned
        /// Signed by an authority that nobody trusts.
        case unknownAuthority
        /// Signed with SHA-1.
        case weak
    }

    package let directory = TestDirectory(readable: true)
    package var caFile: String { directory.file("ca.pem") }

    package func certificate(_ kind: Kind) -> String { directory.file("\(kind.rawValue).pem") }
    package func key(_ kind: Kind) -> String { directory.file("\(kind.rawValue).key") }

    /// Nil where openssl is not installed.
    package init?() {
        guard ChildProcess.find("openssl") != nil else { return nil }
        guard authority("ca"), authority("other") else { return nil }
        for kind in Kind.allCases where !issue(kind) { return nil }
    }

    private func openssl(_ arguments: String...) -> Bool {
        ChildProcess.run(["openssl"] + arguments).status == 0
    }

    private func authority(_ name: String) -> Bool {
        openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
            "-subj", "/CN=Test authority \(name)", "-keyout", directory.file("\(name).key"), "-out",
            directory.file("\(name).pem"), "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    }

    private func issue(_ kind: Kind) -> Bool {
        let names = kind == .wrongHost ? "DNS:elsewhere.example" : "DNS:localhost,IP:127.0.0.1"
        let request = directory.file("\(kind.rawValue).csr")
        let extensions = directory.file("\(kind.rawValue).ext")
        directory.write("subjectAltName=\(names)\nbasicConstraints=CA:FALSE\n", to: "\(kind.rawValue).ext")
        guard
            openssl(
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=localhost", "-keyout", key(kind), "-out", request)
        else { return false }
        let digest = kind == .weak ? "-sha1" : "-sha256"
        let days = kind == .expired ? "-1" : "30"
        let output = certificate(kind)
        switch kind {
        case .selfSigned:
            return openssl(
                "x509", "-req", "-in", request, "-signkey", key(kind), "-days", days, "-extfile", extensions,
                "-out",
                output)
        case .good, .expired, .wrongHost, .weak, .unknownAuthority:
            let signer = kind == .unknownAuthority ? "other" : "ca"
            return openssl(
                "x509", "-req", "-in", request, "-CA", directory.file("\(signer).pem"), "-CAkey",
                directory.file("\(signer).key"), "-CAcreateserial", digest, "-days", days, "-extfile",
                extensions,
                "-out", output)
        }
    }
}
