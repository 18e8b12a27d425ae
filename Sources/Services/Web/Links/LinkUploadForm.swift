internal import HTTP
internal import Mail
internal import Mailroom
internal import Store

/// Files that a browser sends by a plain form: each goes to the disk as it comes, and is filed before the next.
///
/// What came before a refusal, or before the line was cut, stays received;
/// what is not taken does not keep back what comes after it.
struct LinkUploadForm: Sendable {
    private let visit: LinkVisit
    private let clients: ClientSettings

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

    /// What has become of a form so far.
    private struct Progress {
        var fields = Fields()
        /// Another one where somebody else sits before this browser.
        var visit: LinkVisit
        var sitting: SittingID?
        var refusals: [LinkRefusal] = []
        var count = 0
        /// The link takes no more: what was received is not forgotten, and need not be counted again.
        var full: LinkRefusal.Reason?

        init(_ visit: LinkVisit) { self.visit = visit }
    }

    func take() async throws -> Response {
        let reader = try visit.request.multipart(FormFile.limits)
        var progress = Progress(visit)
        do {
            while let part = try await reader.nextPart() { try await take(part, reader, &progress) }
        } catch let error as HTTPError where FormFile.isEnd(error) { progress.refusals.add(.incomplete) }
        if progress.count == 0, progress.refusals.isEmpty { progress.refusals.add(.nothing) }
        guard progress.refusals.isEmpty else {
            let fields = progress.fields
            return try await LinkUploadPage(
                progress.visit.renewed(), refusals: progress.refusals, name: fields.name,
                address: fields.address
            )
            .response()
        }
        return progress.visit.back(did: .sent, below: "#yours")
    }

    private func take(
        _ part: MultipartReader.Part, _ reader: MultipartReader, _ progress: inout Progress
    ) async throws {
        guard part.name == "file" else {
            return await read(part.name, reader, into: &progress.fields)
        }
        guard let name = part.fileName, !name.isEmpty else { return }
        if progress.sitting == nil, let seated = visit.seated(as: progress.fields.who) {
            progress.visit = seated
            progress.sitting = try await seated.sit(as: progress.fields.who)
        }
        guard let sitting = progress.sitting else { return progress.refusals.add(.whoAreYou) }
        // Asked before each: another browser may be at it, too.
        if progress.full == nil {
            let quota = UploadQuota(visit.site)
            progress.full = quota.refusal(try await quota.load(of: progress.visit))
        }
        if let reason = progress.full { return progress.refusals.add(reason, name) }
        do {
            let content = try await FormFile(site: visit.site).receive(reader)
            try await file(content, name, progress.fields.item, sitting)
            progress.count += 1
        } catch let reason as LinkRefusal.Reason {
            progress.refusals.add(reason, name)
        } catch let error as VaultError where error.isOutOfSpace {
            progress.refusals.add(.noRoom, name)
        }
    }

    /// What cannot be read was not said.
    private func read(_ name: String, _ reader: MultipartReader, into fields: inout Fields) async {
        let text = (try? await reader.text(upTo: 4096)) ?? ""
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
