internal import Glibc

/// A file that holds one secret and nothing else.
enum SecretFile {
    /// Far longer than any password, app password or token.
    static let longest = 8_192
    /// A key with its certificate, say: text of many lines.
    static let longestDocument = 65_536

    /// Also true where we may not look: reading it then says why.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe path.withCString { unsafe lstat($0, &status) } == 0 || errno == EACCES
    }

    /// Reads it, unless somebody else could have read or written it too.
    ///
    /// What is checked is what is read: one descriptor, and the last step is
    /// never through a link.
    ///
    /// - Parameter isGuarded: systemd's credentials, whose directory nobody else
    ///   can enter; an access list makes them look readable by their group.
    static func read(_ path: String, isGuarded: Bool) throws(SecretError) -> Secret {
        try secret(in: octets(path, isGuarded: isGuarded, limit: longest), from: path)
    }

    /// The same for a text of many lines.
    static func readDocument(_ path: String, isGuarded: Bool) throws(SecretError) -> Secret {
        let octets = try octets(path, isGuarded: isGuarded, limit: longestDocument)
        let text = String(decoding: octets, as: UTF8.self)
        guard !octets.isEmpty, octets.count <= longestDocument, text.utf8.elementsEqual(octets) else {
            throw SecretError(code: .unusable, description: "\(path) is empty, too long, or no UTF-8 text.")
        }
        return Secret(text)
    }

    private static func octets(_ path: String, isGuarded: Bool, limit: Int) throws(SecretError) -> [UInt8] {
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW
        let descriptor = unsafe path.withCString { unsafe open($0, flags) }
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SecretError(code: .unreadable, description: "\(path) is not a plain file.")
        }
        if !isGuarded {
            if status.st_uid != 0, status.st_uid != geteuid() {
                throw SecretError(
                    code: .exposed,
                    description:
                        "\(path) belongs to another user, who can change it. Do: chown mailroom \(path)")
            }
            if status.st_mode & 0o077 != 0 {
                throw SecretError(
                    code: .exposed,
                    description: "\(path) can be read or changed by others (mode \(octal(status.st_mode))). "
                        + "Do: chmod 600 \(path)")
            }
        }
        return try octets(descriptor, path, limit: limit)
    }

    /// One line of text; its end is not part of it.
    static func secret(in octets: [UInt8], from place: String) throws(SecretError) -> Secret {
        func unusable(_ why: String) -> SecretError {
            SecretError(code: .unusable, description: "\(place) \(why).")
        }
        guard octets.count <= longest else { throw unusable("is too long for a password") }
        var line = octets[...]
        if line.last == 0x0A { line = line.dropLast() }
        if line.last == 0x0D { line = line.dropLast() }
        guard !line.isEmpty else { throw unusable("is empty") }
        guard !line.contains(0x0A) else { throw unusable("has more than one line") }
        guard !line.contains(where: { $0 < 32 }) else { throw unusable("holds a control character") }
        let text = String(decoding: line, as: UTF8.self)
        guard text.utf8.elementsEqual(line) else { throw unusable("is no UTF-8 text") }
        return Secret(text)
    }

    private static func octets(
        _ descriptor: Int32, _ path: String, limit: Int
    ) throws(SecretError) -> [UInt8] {
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: limit + 1)
        while octets.count <= limit {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            guard count > 0 else { break }
            octets += buffer[..<count]
        }
        return octets
    }

    private static func octal(_ mode: mode_t) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func failure(_ path: String, _ number: Int32) -> SecretError {
        switch number {
        case ENOENT:
            SecretError(
                code: .missing,
                description: "\(path) does not exist. Write the password into it, then: chmod 600 \(path)")
        case ELOOP:
            SecretError(
                code: .unreadable,
                description: "\(path) is a symbolic link. Name the file itself.")
        default:
            SecretError(
                code: .unreadable,
                description: "\(path) cannot be read: \(unsafe String(cString: strerror(number))).")
        }
    }
}
