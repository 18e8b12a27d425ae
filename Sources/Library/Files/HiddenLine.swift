internal import Glibc

/// A line that somebody types and nobody sees: a password. `tcsetattr`.
///
/// It is read of the terminal itself, so that standard input may be something else.
package enum HiddenLine {
    package enum Answer: Hashable, Sendable {
        case line(String)
        /// Ctrl-C, Ctrl-D, or no terminal to ask.
        case none
    }

    /// Asks, and waits; the terminal is as it was afterwards.
    package static func ask(_ question: String) -> Answer {
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return .none }
        defer { close(terminal) }
        var before = termios()
        guard unsafe tcgetattr(terminal, &before) == 0 else { return .none }
        var hidden = before
        // Signs one by one, with Ctrl-C among them: a signal would leave the terminal without its echo.
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return .none }
        defer { unsafe tcsetattr(terminal, TCSAFLUSH, &before) }
        write(question, terminal)
        defer { write("\n", terminal) }
        return read(terminal)
    }

    private static func read(_ terminal: Int32) -> Answer {
        var line = TypedLine()
        while true {
            var octet: UInt8 = 0
            let count = unsafe Glibc.read(terminal, &octet, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return .none }
            if let answer = line.take(octet) { return answer }
        }
    }

    private static func write(_ text: String, _ terminal: Int32) {
        let octets = Array(text.utf8)
        _ = unsafe Glibc.write(terminal, octets, octets.count)
    }
}

/// What was typed so far, with what the keys of a terminal do to it.
struct TypedLine {
    private var octets: [UInt8] = []

    /// The answer, once it is there.
    mutating func take(_ octet: UInt8) -> HiddenLine.Answer? {
        switch octet {
        case 0x0A, 0x0D: return .line(String(decoding: octets, as: UTF8.self))
        case 0x03: return HiddenLine.Answer.none
        case 0x04: return octets.isEmpty ? HiddenLine.Answer.none : nil
        case 0x15: octets.removeAll()
        case 0x08, 0x7F:
            // A sign of several octets goes as a whole.
            while let last = octets.popLast(), last & 0xC0 == 0x80 {}
        default: if octets.count < 4096 { octets.append(octet) }
        }
        return nil
    }
}
