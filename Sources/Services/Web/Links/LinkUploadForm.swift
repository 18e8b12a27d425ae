internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Why a file was not taken, as its sender is told.
enum LinkRefusal: Hashable, Sendable {
    /// The name of the file.
    case tooLarge(String)
    case tooMany
    case tooMuch
    /// Too much is on its way just now.
    case busy
    case noRoom
    case nothing
    case whoAreYou
}

/// Files that a browser sends by a plain form: each goes to the disk as it comes, and is filed before the next.
///
/// What came before a refusal, or before the line was cut, stays received.
struct LinkUploadForm: Sendable {
    private let visit: LinkVisit
    private let clients: ClientSettings

    /// Octets of one request: what a browser sends in one go.
    static let bodyLimit = 4 << 30

    init(_ visit: LinkVisit) {
        self.visit = visit
        clients = visit.site.settings.clients
    }

    /// What stands in the form before its files.
    private struct Fields {
        var item: RequestItemID?
        var name = ""
        var address = ""
        var who: LinkSender { LinkSender(name: name, address: address) }
    }

    func take() async throws -> Response {
        let quota = UploadQuota(visit.site)
        let room = try quota.hasRoom(for: Int64(visit.request.body.length))
        let reader = try visit.request.multipart(MultipartLimits(parts: clients.mostFiles + 50))
        var fields = Fields()
        var visit = visit
        var sitting: SittingID?
        var refusals: [LinkRefusal] = room ? [] : [.noRoom]
        var count = 0
        while let part = try await reader.nextPart() {
            guard part.name == "file" else {
                try await read(part.name, reader, into: &fields)
                continue
            }
            guard let name = part.fileName, !name.isEmpty, refusals.isEmpty else { continue }
            if sitting == nil, let seated = visit.seated(as: fields.who) {
                visit = seated
                sitting = try await seated.sit(as: fields.who)
            }
            guard let sitting else {
                refusals.append(.whoAreYou)
                continue
            }
            // Asked before each: another browser may be at it, too.
            if let refusal = quota.refusal(try await quota.load(of: visit)) {
                refusals.append(refusal)
                continue
            }
            if let refusal = try await take(reader, name, fields.item, sitting) {
                refusals.append(refusal)
            } else {
                count += 1
            }
        }
        if count == 0, refusals.isEmpty { refusals = [.nothing] }
        guard refusals.isEmpty else {
            return try await LinkUploadPage(
                visit.renewed(), refusals: refusals, name: fields.name, address: fields.address
            )
            .response()
        }
        return visit.back(did: .sent, below: "#yours")
    }

    /// Nil: it is filed.
    private func take(
        _ reader: MultipartReader, _ name: String, _ item: RequestItemID?, _ sitting: SittingID
    ) async throws -> LinkRefusal? {
        do {
            guard let content = try await receive(reader) else { return .tooLarge(FileNames.plain(name)) }
            try await file(content, name, item, sitting)
            return nil
        } catch let error as VaultError where error.isOutOfSpace { return .noRoom }
    }

    private func read(_ name: String, _ reader: MultipartReader, into fields: inout Fields) async throws {
        let text = try await reader.text(upTo: 4096)
        switch name {
        case "item":
            fields.item = Int(text).flatMap { number in
                visit.asked.items.first { $0.number == number }?.id
            }
        case "name": fields.name = text
        case "address": fields.address = text
        default: break
        }
    }

    /// Nil: it is larger than is taken, and gone.
    private func receive(_ reader: MultipartReader) async throws -> PendingContent? {
        let file = IncomingFile(vault: visit.site.vault)
        var octets: Int64 = 0
        while let piece = try await reader.next() {
            octets += Int64(piece.count)
            guard octets <= clients.largestFile else { return nil }
            try await file.write(piece)
        }
        return try await file.finish()
    }

    private func file(
        _ content: PendingContent, _ name: String, _ item: RequestItemID?, _ sitting: SittingID
    ) async throws {
        let arrived = ArrivedFile(content: content, name: FileNames.plain(name))
        try await visit.site.deeds.links.receive(
            ArrivalOrder(files: [arrived], sitting: sitting, item: item, largest: clients.largestFile))
    }
}

/// Who comes by an open link, as far as what was typed says it.
struct LinkSender: Sendable {
    let name: String?
    let address: EmailAddress?
    /// Nothing was typed at all.
    let isEmpty: Bool

    static let nobody = LinkSender(name: "", address: "")

    init(name: String, address: String) {
        let words = TypedName(name).text
        self.name = words.isEmpty ? nil : words
        isEmpty = name.allSatisfy(\.isWhitespace) && address.allSatisfy(\.isWhitespace)
        let typed = EmailAddress(address.filter { !$0.isWhitespace })
        self.address = typed.flatMap { $0.domain.contains(".") && !$0.localPart.isEmpty ? $0 : nil }
    }
}

/// What browsers call files.
enum FileNames {
    /// Some tell a path.
    static func plain(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
        return String(
            last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init).prefix(
                250))
    }
}
