internal import Archive
internal import Files
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

    /// What came of a password.
    enum Unlocked: Sendable {
        /// All that is in it, looked at as what comes by itself is.
        case opened([ReceivedPart])
        case wrongPassword
        case unreadable(String)
        /// There was no child, or no program for it.
        case unavailable(String)
    }

    /// Opens what asks for a password: a PDF's readable copy is its only member.
    func unlock(_ part: LockedPart, with password: Password, rules: DecisionRules) throws -> Unlocked {
        let file = try vault.contents.open(part.sha256)
        var parts: [ReceivedPart]
        switch part.kind {
        case .pdf:
            let description = PartDescription(
                section: part.section.member(1), mediaType: MediaType("application", "pdf"), name: part.name)
            let copy = OpenPart(description, isDisplayed: false, content: vault.contents.begin())
            var failure: (any Error)?
            let opening = file.withDescriptor { descriptor in
                containers.openPDF(descriptor: descriptor, password: password) { piece in
                    do { try copy.add(piece) } catch { failure = error }
                    return failure == nil
                }
            }
            if let failure { throw failure }
            switch opening {
            case .opened: break
            case .wrongPassword: return .wrongPassword
            case .unreadable(let words): return .unreadable(words)
            case .unavailable(let words): return .unavailable(words)
            }
            var found = try copy.finish(name: nil)
            found.container = part.section
            parts = [found]
        case .zip:
            var receiver = MemberIntake(vault: vault, container: part.section, name: part.name)
            let outcome = try file.withDescriptor { descriptor in
                try containers.unwrap(.zip, descriptor: descriptor, password: password, into: &receiver)
            }
            switch outcome.ending {
            case .complete: break
            // One wrong password of 256 is noticed only by a checksum. APPNOTE.TXT section 6.1.6.
            case .encrypted, .damaged: return .wrongPassword
            case .overLimit, .unsupported: return .unreadable(outcome.words)
            case .unavailable: return .unavailable(outcome.words)
            }
            parts = receiver.parts
        }
        parts = try open(parts, rules: rules)
        return .opened(parts)
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
