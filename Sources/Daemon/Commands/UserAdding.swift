internal import Configuration
internal import Crypto
internal import Daemon
internal import Files
internal import HTTP
internal import Mail
internal import Mailroom
internal import Store
internal import Text

/// `mailroom user add LOGIN`.
enum UserAdding {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        guard let login = StaffLogin(arguments.operands[0]) else {
            throw CommandFailure(
                .badData,
                "“\(arguments.operands[0].shown)” is no login: a to z, digits, . - _, and a letter first")
        }
        let name = try UserReading.name(arguments.value("--name")) ?? login.text
        let email = try arguments.value("--email").map { text throws(CommandFailure) in
            try UserReading.email(text)
        }
        let language =
            try arguments.word("--language", Text.Language.self)
            ?? Text.Language(rawValue: desk.configuration.firm.language.rawValue) ?? .en
        let isFirst = try await desk.store.read { try $0.hasNoOwner() }
        let role = try arguments.word("--role", StaffRole.self) ?? (isFirst ? .owner : .member)
        let hash = try await UserPassword.hash(invocation, [login.text, name, desk.configuration.firm.name])
        let (actor, now) = (invocation.actor, desk.now)
        let id = try await desk.store.write { transaction in
            let id = try transaction.addStaffMember(
                login: login, name: name, email: email, role: role, language: language, by: actor, now: now)
            if let hash { try transaction.setPassword(hash, of: id, by: actor, now: now) }
            return id
        }
        let link = hash == nil ? try await UserLink.make(for: id, invocation, desk) : nil
        if invocation.json {
            invocation.output.print([
                "login": .string(login.text), "role": .string(role.rawValue), "url": JSON(link?.address),
                "expires": JSON(link?.expires.rfc3339),
            ])
            return .ok
        }
        invocation.output.print("\(login), \(role.rawValue): added")
        if let link { link.say(desk, invocation.output) }
        return .ok
    }
}

/// `mailroom user edit LOGIN`.
enum UserEditing {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let member = try await desk.member(arguments.operands[0])
        let name = try UserReading.name(arguments.value("--name"))
        let email: String?? = try arguments.value("--email").map { text throws(CommandFailure) in
            text == "-" ? nil : try UserReading.email(text)
        }
        let role = try arguments.word("--role", StaffRole.self)
        let language = try arguments.word("--language", Text.Language.self)
        let withoutTOTP = arguments.has("--no-totp")
        guard name != nil || email != nil || role != nil || language != nil || withoutTOTP else {
            throw CommandFailure(.usage, "nothing to change is given: mailroom user edit --help")
        }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { transaction in
            try transaction.editStaffMember(
                member.id, name: name, email: email, role: role, language: language, by: actor, now: now)
            if withoutTOTP { try transaction.setTOTP(nil, of: member.id, by: actor, now: now) }
        }
        if invocation.json {
            invocation.output.print(["login": .string(member.login)])
        } else {
            invocation.output.print("\(member.login) is changed")
        }
        return .ok
    }
}

/// What people type about colleagues.
enum UserReading {
    static func name(_ text: String?) throws(CommandFailure) -> String? {
        guard let text else { return nil }
        guard text.contains(where: { !$0.isWhitespace }), text == text.shown, text.count <= 100 else {
            throw CommandFailure(.badData, "a name is one line of at most 100 characters")
        }
        return text
    }

    static func email(_ text: String) throws(CommandFailure) -> String {
        guard AddressKey(text) != nil, !text.contains(where: \.isWhitespace) else {
            throw CommandFailure(.badData, "“\(text.shown)” is no address")
        }
        return text
    }
}

/// `mailroom user password LOGIN`.
enum UserPassword {
    // MARK: - At the person's terminal

    static func talkIfAsked(_ invocation: Invocation) async throws -> [UInt8] {
        let arguments = invocation.arguments
        return arguments.has("--password") || arguments.has("--password-file")
            ? try await talk(invocation) : []
    }

    /// The octets of the password, as typed twice, or of a file, or of standard input.
    static func talk(_ invocation: Invocation) async throws -> [UInt8] {
        if invocation.arguments.has("--remove") { return [] }
        if let path = invocation.arguments.value("--password-file"), path != "-" {
            return firstLine(try InputFile.read(path))
        }
        guard StandardStream.inputIsTerminal, !invocation.arguments.has("--password-file") else {
            return firstLine(StandardStream.readInput(limit: 4096))
        }
        guard case .line(let password) = HiddenLine.ask("New password: "),
            case .line(let again) = HiddenLine.ask("Once more: ")
        else { throw CommandFailure(.tryLater, "no password was typed; nothing was changed") }
        guard password == again else {
            throw CommandFailure(.badData, "these were two passwords; nothing was changed")
        }
        return Array(password.utf8)
    }

    private static func firstLine(_ octets: [UInt8]) -> [UInt8] {
        Array(octets.prefix { $0 != 0x0A && $0 != 0x0D })
    }

    // MARK: - Where the data is

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let member = try await desk.member(invocation.arguments.operands[0])
        let isRemoved = invocation.arguments.has("--remove")
        let words = [member.login, member.name, desk.configuration.firm.name]
        let hash = isRemoved ? nil : try await hash(invocation, words)
        guard isRemoved || hash != nil else {
            throw CommandFailure(.badData, "the password is empty; nothing was changed")
        }
        let (actor, now) = (invocation.actor, desk.now)
        try await desk.store.write { try $0.setPassword(hash, of: member.id, by: actor, now: now) }
        invocation.output.print(
            isRemoved
                ? "\(member.login) has no password any more, and is signed out everywhere"
                : "\(member.login) has a new password, and is signed out everywhere")
        return .ok
    }

    /// Of the password that came along; nil: none did.
    ///
    /// - Parameter words: what strangers know of the person.
    static func hash(_ invocation: Invocation, _ words: [String]) async throws -> String? {
        guard let file = invocation.file, !file.isEmpty else { return nil }
        guard let typed = String(validating: file, as: UTF8.self) else {
            throw CommandFailure(.badData, "the password is no text in UTF-8")
        }
        do throws(StaffPassword.Refusal) {
            let password = try StaffPassword(typed, of: words)
            return await PasswordDesk(lanes: 1).make(password.text)
        } catch {
            throw CommandFailure(.badData, Self.words(error))
        }
    }

    private static func words(_ refusal: StaffPassword.Refusal) -> String {
        switch refusal {
        case .tooShort: "a password has at least \(StaffPassword.shortest) characters"
        case .tooLong: "the password is too long"
        case .hasControlCharacters: "the password has a control character in it"
        case .guessable: "this password would be among the first that somebody tries; take another one"
        }
    }
}

/// `mailroom user login-link LOGIN`.
enum UserLink {
    /// A link that was made, and until when it is good.
    struct Made: Sendable {
        let address: String
        let expires: Timestamp

        func say(_ desk: Desk, _ output: any CommandOutput) {
            let clock = OfficeClock(desk.configuration, now: desk.now)
            output.print("\(address)\ngood once, until \(clock.short(expires))")
        }
    }

    /// In seconds.
    static let lifetime: Int64 = 900

    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let isFirst = invocation.arguments.has("--first")
        let login = invocation.arguments.operands.first
        guard isFirst == (login == nil) else {
            throw CommandFailure(.usage, "“user login-link” wants LOGIN, or --first")
        }
        var id: StaffID?
        if let login {
            let member = try await desk.member(login)
            guard !member.isDisabled else {
                throw CommandFailure(
                    .badData, "\(member.login) is disabled: mailroom user enable \(member.login)")
            }
            id = member.id
        } else if try await !desk.store.read({ try $0.hasNoOwner() }) {
            throw CommandFailure(.badData, "there is an owner already: mailroom user list")
        }
        let link = try await make(for: id, invocation, desk)
        if invocation.json {
            invocation.output.print([
                "login": JSON(login), "url": .string(link.address), "expires": .string(link.expires.rfc3339),
            ])
        } else {
            link.say(desk, invocation.output)
        }
        return .ok
    }

    static func make(for id: StaffID?, _ invocation: Invocation, _ desk: Desk) async throws -> Made {
        let base = try base(desk.configuration.web)
        let token = SecretToken.random()
        let (actor, now) = (invocation.actor, desk.now)
        let expires = Timestamp(seconds: now.seconds + lifetime)
        let hash = token.hash
        try await desk.store.write {
            try $0.addLoginLink(hash, for: id, by: actor, now: now, expires: expires)
        }
        return Made(address: "\(base)/sign-in/link/\(token.text)", expires: expires)
    }

    /// Where a browser reaches the pages.
    private static func base(_ web: Configuration.Web) throws(CommandFailure) -> String {
        if let address = web.publicURL { return address }
        for case .address(let ip, port: let port) in web.listen where !ip.isAny {
            return ip.isIPv4 ? "http://\(ip):\(port)" : "http://[\(ip)]:\(port)"
        }
        throw CommandFailure(
            .configuration, "no browser knows where the pages are: set public_url in [web]")
    }
}
