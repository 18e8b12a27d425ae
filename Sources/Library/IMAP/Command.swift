/// One command, without its tag, as it goes to the server. RFC 9051 section 6.
///
/// libetpan would send arguments raw between quotes, so that a CR LF in a
/// mailbox's name becomes a command of its own (C-library defect D10). Here
/// nothing gets in but through ``string(_:)``.
struct Command {
    private(set) var line: String
    /// For errors: the command without its secrets.
    let doing: String

    init(_ line: String, doing: String? = nil) {
        self.line = line
        self.doing = doing ?? line
    }

    /// `string` as a quoted string; an error where none can hold it.
    ///
    /// Eight-bit text would need a literal, or UTF8=ACCEPT, which servers
    /// understand too differently: names are encoded before, secrets go
    /// through AUTHENTICATE.
    static func quoted(_ string: String, doing: String) throws(IMAPError) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            guard (0x20...0x7e).contains(scalar.value) else {
                throw IMAPError(
                    .argument, doing: doing, words: "an argument with control characters or beyond ASCII")
            }
            if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
