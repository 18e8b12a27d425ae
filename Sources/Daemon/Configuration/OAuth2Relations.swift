internal import TOML

/// Mistakes in `oauth2 = { … }` that no single value has.
struct OAuth2Relations {
    private let entry: Entry
    private let table: Table
    private(set) var diagnostics: [Diagnostic] = []

    /// Nil where there is no table to judge; then it was complained of already.
    init?(_ entry: Entry) {
        guard case .table(let table) = entry.node.value else { return nil }
        self.entry = entry
        self.table = table
        check()
    }

    private typealias OAuth2 = Configuration.Mailbox.OAuth2

    private mutating func check() {
        // Without a provider, which is complained of elsewhere, nothing can be said of the others.
        guard let provider = word("provider", OAuth2.Provider.self) else { return }
        guard let flow = isWritten("flow") ? word("flow", OAuth2.Flow.self) : .code else { return }
        if flow != .serviceAccount { require("client_id", "it is in the provider's list of registrations") }
        switch provider {
        case .microsoft: checkMicrosoft(flow)
        case .google: checkGoogle(flow)
        case .other: checkOther(flow)
        }
        switch flow {
        case .clientCredentials: require("client_secret", "the registration itself is who logs in")
        case .serviceAccount: checkKey()
        case .code, .device: break
        }
        if flow != .serviceAccount { forbid("key", "it is for flow = \"service_account\"") }
        if flow != .code { forbid("redirect", "it is for flow = \"code\"") }
        if flow == .clientCredentials || flow == .serviceAccount {
            forbid("user", "nobody signs in with this flow")
        }
    }

    private mutating func checkMicrosoft(_ flow: OAuth2.Flow) {
        forbidAddresses("Microsoft's are known")
        if flow == .clientCredentials { require("tenant", "without a person nobody says which firm it is") }
        if flow == .serviceAccount {
            fail("flow", "Microsoft has no service accounts", "write flow = \"client_credentials\"")
        }
    }

    private mutating func checkGoogle(_ flow: OAuth2.Flow) {
        forbidAddresses("Google's are known")
        forbid("tenant", "it is Microsoft's")
        switch flow {
        case .device: fail("flow", "Google gives no mail by device codes", "write flow = \"code\"")
        case .clientCredentials:
            fail("flow", "Google has no such flow", "write flow = \"service_account\" with a key")
        case .code, .serviceAccount: break
        }
        if flow == .code { require("client_secret", "Google gives one to every registration") }
    }

    private mutating func checkOther(_ flow: OAuth2.Flow) {
        forbid("tenant", "it is Microsoft's")
        require("token_url", "the address that gives tokens")
        switch flow {
        case .code: require("authorization_url", "the address a person opens")
        case .device: require("device_url", "the address that gives codes")
        case .clientCredentials, .serviceAccount: break
        }
    }

    private mutating func checkKey() {
        require("key", "the JSON file that Google gives: { file = \"/etc/mailroom/secrets/google.json\" }")
        if let member = member("key"), case .table(let place) = member.node.value,
            place.members.contains(where: { $0.key == "command" })
        {
            fail("key", "a command gives one line, and a key has many", "write { file = \"/…\" }")
        }
    }

    private mutating func forbidAddresses(_ why: String) {
        for key in ["authorization_url", "token_url", "device_url"] {
            forbid(key, "\(why); another server is provider = \"other\"")
        }
    }

    private func member(_ key: String) -> Table.Member? { table.members.first { $0.key == key } }

    private func isWritten(_ key: String) -> Bool { member(key) != nil }

    private func word<Word: RawRepresentable<String>>(_ key: String, _: Word.Type) -> Word? {
        guard case .string(let text) = member(key)?.node.value else { return nil }
        return Word(rawValue: text)
    }

    private mutating func require(_ key: String, _ why: String) {
        if !isWritten(key) { missing(key, why) }
    }

    private mutating func missing(_ key: String, _ why: String) {
        diagnostics.append(
            Diagnostic(.error, "“oauth2” has no “\(key)”", at: entry.keySpan, of: entry.source, hint: why))
    }

    private mutating func forbid(_ key: String, _ why: String) {
        guard let member = member(key) else { return }
        diagnostics.append(
            Diagnostic(.error, "“\(key)” has no use here", at: member.keySpan, of: entry.source, hint: why))
    }

    private mutating func fail(_ key: String, _ message: String, _ hint: String) {
        guard let member = member(key) else { return }
        diagnostics.append(
            Diagnostic(.error, message, at: member.node.span, of: entry.source, hint: hint))
    }
}
