internal import Archive
internal import MIME
internal import Mail
internal import Mailroom
internal import Sandbox
internal import Scanner
internal import Store

/// Unwraps the containers of a message, and has its documents looked at, before anything is decided.
///
/// What a C library parses runs in a child that may die: see `Sandbox`. A
/// container counts as unwrapped only if all of it came out; whatever came
/// of the others is thrown away.
struct ContainerOpener: Sendable {
    private let vault: Vault
    private let containers: Containers

    /// Containers within containers, attached messages not counted.
    private static let depth = 5
    /// Parts of one message, members and all.
    private static let parts = 10_000
    /// Parts of one message that are worth a child: ten thousand zips would keep the other mail waiting for
    /// hours.
    private static let children = 1000

    /// - Parameter child: the program whose tools look into containers.
    init(vault: Vault, child: ChildTool = ChildTool()) {
        self.vault = vault
        containers = Self.containers(child)
    }

    /// What looks into files, each time in a child of its own.
    static func containers(_ child: ChildTool = ChildTool()) -> Containers {
        Containers { tool, arguments, descriptor, bounds, answer in
            let result: ChildTool.Result
            do throws(SandboxError) {
                result = try child.run(
                    tool, arguments, input: descriptor,
                    bounds: ChildTool.Bounds(seconds: bounds.seconds, outputOctets: bounds.outputOctets),
                    answer: answer)
            } catch {
                return .notStarted("\(error)")
            }
            switch result.ending {
            case .exited(0), .abandoned: return .ended
            // EX_UNAVAILABLE: it could not be locked down, or its program is missing.
            case .exited(69): return .notStarted(result.errors)
            case .exited(let status): return .died("exit status \(status): \(result.errors)")
            case .killed(let signal): return .died("signal \(signal): \(result.errors)")
            case .timedOut: return .stopped("it took too long")
            case .tooMuchOutput: return .stopped("it gave too much")
            case .cutShort: return .notStarted("it was cut short")
            }
        }
    }

    func open(_ message: ReceivedMessage, rules: DecisionRules) throws -> ReceivedMessage {
        var message = message
        var index = 0
        var children = Self.children
        // Members are appended behind, so that containers within them have their turn.
        while index < message.parts.count {
            if let content = message.parts[index].content, !message.parts[index].isDisplayedText {
                var part = message.parts[index]
                var members = try look(into: &part, content, &children)
                if message.parts.count + members.count > Self.parts {
                    part.unwrapping = .overLimit
                    members = []
                }
                message.parts[index] = part
                message.parts += members
            }
            index += 1
        }
        if let socket = rules.clamd { try scan(&message, Clamd(socket: socket)) }
        return message
    }

    /// Unwraps the part if it is a container, else finds out what only a child can tell.
    private func look(
        into part: inout ReceivedPart, _ content: PendingContent, _ children: inout Int
    ) throws -> [ReceivedPart] {
        if part.maybeEncrypted, part.sniffed.family == .pdf, children > 0 {
            children -= 1
            let facts = try content.withDescriptor { containers.pdfFacts(descriptor: $0) }
            // Without pdfinfo's word a PDF that speaks of encryption is taken to be encrypted: staff look.
            part.encryption = facts.opening == .open || facts.opening == .damaged ? .none : .encrypted
            return []
        }
        if part.maybeEncrypted { part.encryption = .encrypted }
        guard
            let kind = ContainerKind(
                mediaType: part.mediaType, name: part.name, firstOctets: Array(content.head.prefix(8)))
        else { return [] }
        children -= 1
        guard children > 0 else {
            part.unwrapping = .overLimit
            return []
        }
        if kind == .zip, try isDocument(&part, content) { return [] }
        guard part.section.text.count(where: { $0 == "/" }) < Self.depth else {
            part.unwrapping = .overLimit
            return []
        }
        var receiver = MemberIntake(vault: vault, container: part.section, name: part.name)
        let outcome = try content.withDescriptor { descriptor in
            try containers.unwrap(kind, descriptor: descriptor, into: &receiver)
        }
        switch outcome.ending {
        case .complete:
            part.unwrapping = .complete
            return receiver.parts
        case .encrypted: part.unwrapping = .encrypted
        case .overLimit: part.unwrapping = .overLimit
        case .damaged, .unsupported, .unavailable: part.unwrapping = .damaged
        }
        return []
    }

    /// Whether a zip is a document of an office program or a book: those are not unwrapped.
    private func isDocument(_ part: inout ReceivedPart, _ content: PendingContent) throws -> Bool {
        if part.isPlainOffice { return true }
        guard let facts = try content.withDescriptor({ containers.zipFacts(descriptor: $0) }) else {
            return false
        }
        switch facts.kind {
        case .archive, .damaged: return false
        case .officeOpenXML, .openDocument: part.sniffed.family = .office
        case .epub: part.sniffed.family = .epub
        }
        part.sniffed.hasMacros = facts.hasMacros
        if facts.isEncrypted { part.encryption = .encrypted }
        return true
    }

    private func scan(_ message: inout ReceivedMessage, _ clamd: Clamd) throws {
        for index in message.parts.indices {
            guard let content = message.parts[index].content, !message.parts[index].isDisplayedText else {
                continue
            }
            message.parts[index].scan =
                switch try content.withDescriptor({ clamd.scan(descriptor: $0) }) {
                case .clean: .clean
                case .infected(let name): .infected(name)
                case .tooLarge, .unavailable: .unscanned
                }
        }
    }
}
