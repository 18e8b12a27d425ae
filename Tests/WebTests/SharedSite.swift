import Crypto
import Mail
import Mailroom
import Store
import Text

@testable import HTTP
@testable import Web

/// A firm that shares documents of one account with two people, and a stranger's browser at their links.
final class SharedSite: Sendable {
    let open: OpenSite
    let key: LinkKey
    let account: AccountID
    let other: AccountID
    let documents: [DocumentID]
    /// Of the other account.
    let foreign: DocumentID
    /// Of the account, and shared with nobody.
    let kept: DocumentID
    let share: ShareID
    let renewals: Renewals

    static let now = OpenSite.now
    static let html = "<script>alert(1)</script>"
    static let csv = "a;b\n1;2\n"

    /// What was asked for at links that are over.
    final class Renewals: Sendable {
        private let asked = AsyncStream<LinkRenewal>.makeStream()
        func add(_ renewal: LinkRenewal) { asked.continuation.yield(renewal) }

        /// The next one, as soon as it is asked for.
        func next() async -> LinkRenewal? {
            for await renewal in asked.stream { return renewal }
            return nil
        }
    }

    static func make(
        days: Int64 = 7, _ change: (inout StaffDeeds) -> Void = { _ in }
    ) async throws -> SharedSite {
        guard let key = LinkKey([UInt8](repeating: 9, count: 32)) else { fatalError("32 octets are a key") }
        let renewals = Renewals()
        var deeds = StaffDeeds()
        deeds.links.key = key
        deeds.links.renew = { renewals.add($0) }
        deeds.sharing.addresses = { share in
            let own = share.recipients.filter { $0.revoked == nil }
            return Dictionary(
                uniqueKeysWithValues: own.map { ($0.id, "https://post.example/s/\($0.id.rawValue)") })
        }
        change(&deeds)
        let open = try await OpenSite.open(deeds: deeds)
        let account = try await open.addAccount("10482", "Hofmann")
        let other = try await open.addAccount("20001", "Bolt")
        let documents = [
            try await open.file("Bericht.html", html, of: account),
            try await open.file("Konten.csv", csv, of: account),
        ]
        let kept = try await open.file("Intern.txt", "secret", of: account)
        let foreign = try await open.file("Bolt.csv", "x;y\n", of: other)
        let end = Timestamp(seconds: now.seconds + days * 86_400)
        let recipients = ["sabine@hofmann.example", "bank@bank.example"].map { text -> NewRequestRecipient in
            guard let address = EmailAddress(text), let key = AddressKey(address) else {
                fatalError("\(text) is an address")
            }
            return NewRequestRecipient(name: nil, address: address, key: key, contact: nil)
        }
        let new = NewShare(
            account: account, documents: documents, text: "Bitte ansehen", language: .de, expires: end,
            recipients: recipients, knowsPrivate: false)
        let share = try await open.data.store.write {
            try $0.addShare(new, author: "Jana Vogt", by: "jana", now: now)
        }
        return SharedSite(open, key, account, other, documents, foreign, kept, share, renewals)
    }

    private init(
        _ open: OpenSite, _ key: LinkKey, _ account: AccountID, _ other: AccountID, _ documents: [DocumentID],
        _ foreign: DocumentID, _ kept: DocumentID, _ share: ShareID, _ renewals: Renewals
    ) {
        (self.open, self.key, self.account, self.other) = (open, key, account, other)
        (self.documents, self.foreign, self.kept) = (documents, foreign, kept)
        (self.share, self.renewals) = (share, renewals)
    }

    func current() async throws -> Share { try await open.data.store.read { try $0.knownShare(share) } }

    func recipient(_ index: Int = 0) async throws -> ShareRecipient { try await current().recipients[index] }

    /// `/s/TOKEN`, as it is now or was in another generation, or for another purpose.
    func path(
        _ index: Int = 0, generation: Int? = nil, _ purpose: LinkToken.Purpose = .share
    ) async throws -> String {
        let recipient = try await recipient(index)
        let token = LinkToken(
            .share(recipient.id), purpose: purpose, generation: generation ?? recipient.generation, key: key)
        return "/s/" + token.text
    }

    func write(_ body: @escaping @Sendable (StoreTransaction) throws -> Void) async throws {
        try await open.data.store.write(body)
    }

    /// What somebody gets who is no member of staff.
    func ask(
        _ method: Method = .get, _ path: String, form: String? = nil, headers more: [HeaderName: String] = [:]
    ) async -> Answer {
        var headers = Headers(["host": "localhost"])
        if form != nil { headers.add("content-type", "application/x-www-form-urlencoded") }
        for (name, value) in more { if let value = HeaderValue(value) { headers.add(name, value) } }
        let request = HTTP.Request(method, path, headers: headers, body: Array((form ?? "").utf8))
        return Answer(await open.site.router.answer(request))
    }

    func events() async throws -> [String] {
        try await open.data.store.read { try $0.staffEvents() }.map { "\($0.kind) \($0.who ?? "")" }
    }
}

extension OpenSite {
    /// An account with a folder that clients see, and one that they don't.
    func addAccount(_ number: String, _ name: String) async throws -> AccountID {
        guard let number = AccountNumber(number) else { fatalError("\(number) is a number") }
        let now = Self.now
        return try await data.store.write {
            try $0.addAccount(
                NewAccount(number: number, type: .client, name: name, language: .de),
                folders: [
                    NewFolder(name: "Auswertungen", access: .view, isDefault: true),
                    NewFolder(name: "Intern", access: .private),
                ], by: "jana", now: now)
        }
    }

    @discardableResult
    func file(
        _ name: String, _ text: String, of account: AccountID, in folder: String = "Auswertungen"
    ) async throws -> DocumentID {
        let file = IncomingFile(vault: data.vault)
        try await file.write(Array(text.utf8))
        let place = try await data.store.read { try $0.folder(named: folder, of: account) }
        guard let place else { fatalError("the account has the folder \(folder)") }
        let document = try await site.documentDesk.file(
            [(content: try await file.finish(), name: name)], into: FolderPlace(place), of: account,
            by: "jana", now: Self.now
        )[0].document
        try await data.store.write { try $0.setPlaced(document, how: "copy") }
        return document
    }
}
