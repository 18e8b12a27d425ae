/// Secrets that systemd decrypted for this service alone. `systemd.exec(5)`, `LoadCredential=`.
package enum Credentials {
    /// Where they are; nil where the unit has none.
    package static func directory(environment: Environment = .process) -> String? {
        guard let path = environment["CREDENTIALS_DIRECTORY"], path.hasPrefix("/") else { return nil }
        return path
    }

    /// The file of one; nil where there are none, or the name could be a path.
    package static func path(of name: String, environment: Environment = .process) -> String? {
        guard let directory = directory(environment: environment), isName(name) else { return nil }
        return directory + "/" + name
    }

    /// A credential's name is one component of a path. `systemd-creds(1)`.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
    }
}
