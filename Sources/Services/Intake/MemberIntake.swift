internal import Archive
internal import MIME
internal import Mail
internal import Mailroom
internal import Store

/// Takes the members of one container as they come out, each to a content of its own.
struct MemberIntake: MemberReceiver {
    private let vault: Vault
    private let container: Section
    private let containerName: String?
    private var open: Open?
    private(set) var parts: [ReceivedPart] = []

    private enum Open {
        case file(Member, OpenPart)
        /// A MIME entity, as S/MIME signs it: parsed like a message without a header of its own.
        case entity(Member, MessageParser, PartCollector)
    }

    init(vault: Vault, container: Section, name: String?) {
        self.vault = vault
        self.container = container
        containerName = name
    }

    mutating func memberBegan(_ member: Member) throws {
        switch member.role {
        case .file, .tnef, .oleObject:
            let description = PartDescription(
                section: container.member(member.index),
                mediaType: member.role == .tnef
                    ? MediaType("application", "ms-tnef") : member.mediaType ?? .octets,
                name: member.name(within: containerName), contentID: member.contentID)
            open = .file(member, OpenPart(description, isDisplayed: false, content: vault.contents.begin()))
        case .mimeEntity:
            open = .entity(member, MessageParser(), PartCollector(vault: vault))
        }
    }

    mutating func memberOctets(_ octets: Span<UInt8>) throws {
        switch open {
        case .file(_, let part): try part.add(octets)
        case .entity(let member, var parser, var collector):
            open = nil
            try parser.feed(octets, into: &collector)
            open = .entity(member, parser, collector)
        case nil: preconditionFailure("octets of a member that never began")
        }
    }

    mutating func memberEnded() throws {
        switch open {
        case .file(_, let part):
            var found = try part.finish(name: nil)
            found.container = container
            parts.append(found)
        case .entity(let member, var parser, var collector):
            let parsed = try parser.finish(into: &collector)
            let section = container.member(member.index)
            parts += collector.all(of: parsed, below: section, keeping: []).map { part in
                var part = part
                if part.container == section { part.container = container }
                return part
            }
        case nil: preconditionFailure("the end of a member that never began")
        }
        open = nil
    }
}
