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
        containers = Containers(in: child)
    }

    func open(_ message: ReceivedMessage, rules: DecisionRules) throws -> ReceivedMessage {
        var message = message
        message.parts = try open(message.parts, rules: rules)
        return message
    }

    /// The same parts, with those that came out of them behind.
    func open(_ received: [ReceivedPart], rules: DecisionRules) throws -> [ReceivedPart] {
        var parts = received
        var index = 0
        var children = Self.children
        // Members are appended behind, so that containers within them have their turn.
        while index < parts.count {
            if let content = parts[index].content, !parts[index].isDisplayedText {
                var part = parts[index]
                var members = try look(into: &part, content, &children)
                if parts.count + members.count > Self.parts {
                    part.unwrapping = .overLimit
                    members = []
                }
                parts[index] = part
                parts += members
            }
            index += 1
        }
        if let socket = rules.clamd { try scan(&parts, Clamd(socket: socket)) }
        return parts
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

    private func scan(_ parts: inout [ReceivedPart], _ clamd: Clamd) throws {
        for index in parts.indices {
            guard let content = parts[index].content, !parts[index].isDisplayedText else { continue }
            parts[index].scan =
                switch try content.withDescriptor({ clamd.scan(descriptor: $0) }) {
                case .clean: .clean
                case .infected(let name): .infected(name)
                case .tooLarge, .unavailable: .unscanned
                }
        }
    }
}
