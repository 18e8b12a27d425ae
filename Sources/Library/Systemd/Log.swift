internal import CLinux
internal import Glibc

/// Where events go: the journal with their fields, or lines on standard error.
///
/// What is private is the caller's to know: nothing is hidden here. What
/// comes out is always one line an event, whatever the values contain.
package struct Log: Sendable {
    /// How much an event matters, as syslog counts. RFC 5424 section 6.2.1.
    package enum Priority: Int, Hashable, Sendable {
        case emergency = 0
        case alert, critical, error, warning, notice, info, debug
    }

    package struct Field: Hashable, Sendable {
        /// Lower case letters, digits and `_`, beginning with a letter.
        package let key: String
        package let value: String

        package init(_ key: String, _ value: some CustomStringConvertible) {
            self.key = key
            self.value = value.description
        }
    }

    private enum Form {
        case journal(DatagramSocket)
        /// Each line begins with `<priority>`, which the journal reads: `sd-daemon(3)`.
        case prefixed
        case plain
    }

    private let identifier: String
    private let form: Form
    private let descriptor: Int32
    private let least: Priority

    /// - Parameters:
    ///   - journal: the journal's socket.
    ///   - descriptor: standard error; a test has its own.
    ///   - least: what matters less is not written.
    package init(
        identifier: String, environment: Environment = .process,
        journal: String = "/run/systemd/journal/socket", descriptor: Int32 = 2, least: Priority = .info
    ) {
        self.identifier = identifier
        self.descriptor = descriptor
        self.least = least
        form =
            if !Self.isJournal(descriptor, environment["JOURNAL_STREAM"]) {
                .plain
            } else if unsafe access(journal, W_OK) == 0, let socket = DatagramSocket(address: journal) {
                .journal(socket)
            } else {
                .prefixed
            }
    }

    /// Writes one event: `filed part=2.1 account=10482`, and after a colon what people should read.
    ///
    /// It never fails: where the journal takes no more, standard error does.
    package func event(
        _ name: String, _ priority: Priority = .info, _ fields: [Field] = [], _ message: String? = nil
    ) {
        guard priority.rawValue <= least.rawValue else { return }
        let line = Self.line(name, fields, message)
        switch form {
        case .journal(let socket):
            let code = socket.send(entry(name, priority, fields, line))
            if code != 0 { write("<\(priority.rawValue)>\(line)\n") }
        case .prefixed: write("<\(priority.rawValue)>\(line)\n")
        case .plain: write("\(line)\n")
        }
    }

    static func line(_ name: String, _ fields: [Field], _ message: String?) -> String {
        var line = LogText.escaped(name)
        for field in fields { line += " \(LogText.escaped(field.key))=\(LogText.value(field.value))" }
        if let message { line += ": " + LogText.escaped(message) }
        return line
    }

    /// One entry in the journal's own protocol: `NAME=value` lines, no value with a line end in it.
    func entry(_ name: String, _ priority: Priority, _ fields: [Field], _ line: String) -> [UInt8] {
        var text = "MESSAGE=\(line)\nPRIORITY=\(priority.rawValue)\nSYSLOG_IDENTIFIER=\(identifier)\n"
        text += "MAILROOM_EVENT=\(LogText.escaped(name))\n"
        for field in fields {
            guard let key = Self.journalName(field.key) else { continue }
            text += "\(key)=\(LogText.escaped(field.value))\n"
        }
        return Array(text.utf8)
    }

    /// `MAILROOM_PART` of `part`; nil where the journal would refuse the name. `systemd.journal-fields(7)`.
    private static func journalName(_ key: String) -> String? {
        let isName =
            !key.isEmpty && key.utf8.count <= 50
            && key.utf8.allSatisfy { octet in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || octet == UInt8(ascii: "_")
            }
        return isName ? "MAILROOM_" + key.uppercased() : nil
    }

    /// Whether a descriptor leads to the journal: `JOURNAL_STREAM` is its device and inode. `systemd.exec(5)`.
    private static func isJournal(_ descriptor: Int32, _ stream: String?) -> Bool {
        guard let stream else { return false }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    /// One call for one line, so that lines of several threads don't mix.
    private func write(_ text: String) {
        let octets = Array(text.utf8)
        var start = 0
        while start < octets.count {
            let written = unsafe octets.span.extracting(start...).withUnsafeBufferPointer { rest in
                unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            // Where even standard error is gone, there is nobody left to tell.
            guard written > 0 || errno == EINTR else { return }
            start += max(0, written)
        }
    }
}
