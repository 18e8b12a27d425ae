internal import Daemon
internal import Files
internal import Intake
internal import MIME
internal import Mail
internal import Mailroom
internal import Processes
internal import Store
internal import Text

/// `mailroom inspect FILE…`: what is in a message file. INTERFACES.md.
enum InspectCommand {
    static func run(_ invocation: Invocation) async throws -> ExitCode {
        let scratch = try TemporaryDirectory.make(prefix: "mailroom-inspect-")
        defer { try? scratch.remove() }
        let vault = try Vault.open(in: Directory.open(path: scratch.path), lastOriginal: nil)
        var code = ExitCode.ok
        for path in invocation.arguments.operands {
            do {
                let message = try inspect(path, vault)
                if !message.parsed.isMail { code = .badData }
                if invocation.json {
                    invocation.output.print(json(path, message))
                } else {
                    for line in lines(path, message) { invocation.output.print(line) }
                }
            } catch {
                invocation.output.complain("\(error)")
                code = ExitCode(of: error)
            }
        }
        return code
    }

    private static func inspect(_ path: String, _ vault: Vault) throws -> ReceivedMessage {
        let inspection = Inspection(vault: vault)
        try InputFile.stream(path) { try inspection.feed($0) }
        return try inspection.finish(rules: .none)
    }

    static func json(_ path: String, _ message: ReceivedMessage) -> JSON {
        let envelope = message.parsed.envelope
        let problems = problems(of: message)
        return [
            "file": .string(path), "sha256": .string(message.digest.hex),
            "bytes": JSON(message.parsed.byteCount),
            "message_id": JSON(envelope.messageID?.rawValue), "subject": JSON(envelope.subject),
            "date": JSON(envelope.date?.rfc3339), "from": addresses(envelope.from),
            "to": addresses(envelope.to),
            "cc": addresses(envelope.cc), "reply_to": addresses(envelope.replyTo),
            "parts": JSON(message.parts.map(part)), "authentication": JSON(authentication(message.parsed)),
            "problems": JSON(problems.map { JSON.string($0) }),
        ]
    }

    private static func problems(of message: ReceivedMessage) -> [String] {
        var problems = message.parsed.problems.map(\.description)
        if !message.parsed.isMail { problems.append("no header field in the first 64 KB: this is no mail") }
        return problems
    }

    static func addresses(_ addresses: [NamedAddress]) -> JSON {
        JSON(addresses.map { ["name": JSON($0.name), "address": .string(Self.address($0.address))] })
    }

    /// The domain as A-labels in lower case, where it is one.
    static func address(_ address: EmailAddress) -> String {
        let domain = DomainName(address.domain)?.description ?? address.domain.lowercased()
        return EmailAddress(localPart: address.localPart, domain: domain)?.description ?? address.description
    }

    static func part(_ part: ReceivedPart) -> JSON {
        [
            "section": .string(part.section.text), "media_type": .string(part.mediaType.description),
            "disposition": JSON(part.disposition?.description), "name": JSON(part.name),
            "charset": JSON(part.charset), "bytes": JSON(part.octets), "sha256": .string(part.digest.hex),
            "content_id": JSON(part.contentID),
            "container": JSON(part.isMessage || part.unwrapping == .complete),
            "unwrapped_from": JSON(part.container?.text),
        ]
    }

    private static func authentication(_ parsed: ParsedMessage) -> [JSON] {
        parsed.header.values(of: "Authentication-Results").compactMap { AuthenticationResults($0) }.map {
            field in
            [
                "authserv_id": JSON(field.authservID),
                "results": JSON(
                    field.results.map { result in
                        [
                            "method": .string(result.method), "result": .string(result.result),
                            "properties": .object(result.properties.map { ($0.name, .string($0.value)) }),
                        ]
                    }),
            ]
        }
    }

    private static func lines(_ path: String, _ message: ReceivedMessage) -> [String] {
        let envelope = message.parsed.envelope
        func list(_ addresses: [NamedAddress]) -> String {
            addresses.map { ($0.name.map { "\($0) " } ?? "") + "<\($0.address)>" }.joined(separator: ", ")
                .shown
        }
        var lines = ["\(path): \(size(Int64(message.parsed.byteCount))), SHA-256 \(message.digest.hex)"]
        lines.append("  Subject  \((envelope.subject ?? "–").shown)")
        lines.append("  From     \(list(envelope.from))")
        if !envelope.to.isEmpty { lines.append("  To       \(list(envelope.to))") }
        if !envelope.cc.isEmpty { lines.append("  Cc       \(list(envelope.cc))") }
        if let date = envelope.date { lines.append("  Date     \(date.rfc3339)") }
        var table = Table(["  PART", "TYPE", "SIZE", "NAME"])
        for part in message.parts {
            let mark = part.isMessage || part.unwrapping == .complete ? " (unwrapped)" : ""
            table.add([
                "  " + part.section.text, part.mediaType.description + mark, size(Int64(part.octets)),
                (part.name ?? "").shown,
            ])
        }
        lines += table.lines
        lines += problems(of: message).map { "  ! \($0)" }
        return lines
    }
}

extension DecisionRules {
    /// For looking only: nothing is decided.
    static var none: DecisionRules {
        DecisionRules(
            own: OwnDomains(), freeMail: FreeMail(), authentication: .standard, usesPrimary: true,
            dropsDetail: false, filing: FilingSettings(), clamd: nil)
    }
}
