/// Where a secret is kept: what the configuration holds in its place.
package enum SecretSource: Hashable, Sendable {
    /// A name: systemd's credential, or a file in /etc/mailroom/secrets.
    case credential(String)
    /// An absolute path.
    case file(String)
    /// A program and its arguments; its first line of output.
    case command([String])

    /// A line of the configuration's, run by the shell.
    package static func shell(_ line: String) -> SecretSource { .command(["/bin/sh", "-c", line]) }

    /// Whether `name` may name a credential: a file name of systemd's, and no path.
    package static func isName(_ name: String) -> Bool {
        let isWord = name.unicodeScalars.allSatisfy {
            switch $0 {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: false
            }
        }
        return isWord && !name.isEmpty && name.utf8.count <= 200 && name.first != "."
    }

    /// Fetches the secret; a command may take its time, so this is for a worker's thread.
    package func read(_ places: SecretPlaces = .standard) throws(SecretError) -> Secret {
        switch self {
        case .credential(let name): return try Self.credential(name, places, SecretFile.read)
        case .file(let path): return try SecretFile.read(path, isGuarded: false)
        case .command(let words): return try SecretCommand.run(words, timeLimit: places.timeLimit)
        }
    }

    /// Fetches a secret of many lines, such as a key; a command gives only one.
    package func readDocument(_ places: SecretPlaces = .standard) throws(SecretError) -> Secret {
        switch self {
        case .credential(let name): return try Self.credential(name, places, SecretFile.readDocument)
        case .file(let path): return try SecretFile.readDocument(path, isGuarded: false)
        case .command:
            throw SecretError(code: .unusable, description: "A command gives one line, and a key has many.")
        }
    }

    private static func credential(
        _ name: String, _ places: SecretPlaces,
        _ read: (_ path: String, _ isGuarded: Bool) throws(SecretError) -> Secret
    ) throws(SecretError) -> Secret {
        precondition(isName(name), "the configuration refuses names that are paths")
        var tried: [String] = []
        if let directory = places.credentials {
            // LoadCredential=mailroom:DIRECTORY gives every file of it the prefix (systemd 252).
            for file in ["mailroom_\(name)", name] {
                let path = "\(directory)/\(file)"
                if SecretFile.exists(path) { return try read(path, true) }
            }
            tried.append("systemd passes no such credential")
        }
        let path = "\(places.directory)/\(name)"
        if SecretFile.exists(path) { return try read(path, false) }
        tried.append("\(path) does not exist")
        throw SecretError(
            code: .missing,
            description: "There is no credential “\(name)”: \(tried.joined(separator: ", and ")). "
                + "Write the password into \(path), then: chmod 600 \(path)")
    }
}

extension SecretSource: CustomStringConvertible {
    /// As the configuration says it; it names where the secret is, not the secret.
    package var description: String {
        switch self {
        case .credential(let name): "{ credential = \"\(name)\" }"
        case .file(let path): "{ file = \"\(path)\" }"
        case .command(let words):
            "{ command = \(words.count == 3 && words[0] == "/bin/sh" ? "a shell line" : words[0]) }"
        }
    }
}
