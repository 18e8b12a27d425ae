/// One command, without its tag, as it goes to the server. RFC 9051 section 6.
///
/// libetpan 1.9.4 would send arguments raw between quotes, so that a CR LF in a
/// mailbox's name becomes a command of its own. Here nothing foreign gets in
/// but through ``quoted(_:eightBit:doing:)``.
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
    /// through AUTHENTICATE. Only what a server has itself spelled so goes
    /// back to it with eight bits.
    static func quoted(
        _ string: String, eightBit isAllowed: Bool = false, doing: String
    ) throws(IMAPError) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            guard (0x20...0x7e).contains(scalar.value) || (isAllowed && scalar.value >= 0xa0) else {
                throw IMAPError(
                    .argument, doing: doing, words: "an argument with control characters or beyond ASCII")
            }
            if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
