internal import Glibc

/// The variables this process was started with, and the terminal it writes to.
package enum Environment {
    package static func value(of name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// The full path of a program, sought where the shell would and in the `sbin` a plain user's path lacks.
    package static func program(_ name: String) -> String? {
        let path = value(of: "PATH") ?? "/usr/bin:/bin"
        let places = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/local/sbin", "/sbin"]
        return places.map { "\($0)/\(name)" }.first { unsafe access($0, X_OK) == 0 }
    }

    /// Whether standard output is a terminal that wants colours: <https://no-color.org>.
    package static var wantsColour: Bool {
        isatty(STDOUT_FILENO) == 1 && (value(of: "NO_COLOR") ?? "").isEmpty && value(of: "TERM") != "dumb"
    }

    /// The columns of standard output; 80 where it is no terminal.
    package static var columns: Int {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
