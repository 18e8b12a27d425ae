import Mail
import Text

@testable import Mailroom

/// The people of the tests: a family, their company, a colleague, a shared office, a scanner, a portal.
enum Town {
    static let family = account(1, "10482", "Familie Smith")
    static let company = account(2, "10483", "Smith GmbH")
    static let bolt = account(3, "20001", "Bolt AG")
    static let tanaka = account(4, "30001", "田中商店", .ja)
    static let all = [family, company, bolt, tanaka]

    static let kate = Contact(id: ContactID(1), name: "Kate Smith")
    static let bert = Contact(id: ContactID(2), name: "Bert Bolt")
    static let taro = Contact(id: ContactID(3), name: "田中太郎")
    static let scanner = Contact(id: ContactID(4), name: "Scanner", kind: .device)
    static let portal = Contact(id: ContactID(5), name: "Portal", kind: .service)
    static let max = Contact(id: ContactID(6), name: "Max Smith")

    static func account(
        _ id: Int64, _ number: String, _ name: String, _ language: Language = .de, filing: FilingMode? = nil
    ) -> Account {
        let folders = DefaultFolders.seeds.enumerated().map { index, seed in
            Folder(
                id: FolderID(id * 10 + Int64(index)), name: seed.name(language), access: seed.access,
                isDefault: seed.isDefault)
        }
        let intake = Folder(
            id: FolderID(id * 10 + 9), name: DefaultFolders.intakeName(language), access: .private,
            isIntake: true)
        return Account(
            id: AccountID(id), number: AccountNumber(number)!, name: name, language: language, filing: filing,
            folders: folders + [intake], identifiers: id == 3 ? ["DE 123/456/78901", "+49 30 555014"] : [])
    }

    static func entry(
        _ account: Account, _ contact: Contact, _ address: String, _ switches: Switches = .imported,
        primary: Bool = false
    ) -> DirectoryEntry {
        DirectoryEntry(
            account: account.id, contact: contact.id, address: AddressKey(address)!, switches: switches,
            isPrimary: primary)
    }

    static let entries = [
        entry(family, kate, "kate@smith.example"),
        entry(bolt, bert, "bert@bolt.example"),
        entry(bolt, bert, "bert.bolt@gmail.com"),
        entry(tanaka, taro, "taro..tanaka@docomo.ne.jp"),
        entry(bolt, portal, "noreply@portal.example"),
    ]

    static func directory(
        _ more: [DirectoryEntry] = [], domainRules: [DomainRule] = [], remembered: [RememberedRule] = [],
        dropAddresses: [AddressKey: AccountID] = [:]
    ) -> Directory {
        Directory(
            accounts: all, contacts: [kate, bert, taro, scanner, portal, max], entries: entries + more,
            domainRules: domainRules, rememberedRules: remembered, dropAddresses: dropAddresses)
    }

    static let own = OwnDomains([DomainName("firm.example")!], staff: [AddressKey("jana.home@web.de")!])

    /// `Kate Smith <kate@smith.example>`, or an address alone.
    static func named(_ text: String) -> NamedAddress {
        guard let bracket = text.lastIndex(of: "<") else {
            return NamedAddress(name: nil, address: EmailAddress(text)!)
        }
        let name = text[..<bracket].split(separator: " ").joined(separator: " ")
        return NamedAddress(
            name: name, address: EmailAddress(String(text[text.index(after: bracket)...].dropLast()))!)
    }

    static func facts(
        from: [String] = ["kate@smith.example"], fromFields: Int = 1, fields: [(String, String)] = [],
        to: [String] = ["office@firm.example"], cc: [String] = [], replyTo: [String] = [],
        subject: String = "Hello",
        references: [String] = [], use: MailboxUse? = nil, mediaType: MediaType = .plainText,
        reportType: String? = nil, reportKinds: Set<ReportFields.Kind> = [], calendarMethods: [String] = [],
        deliveredTo: [String] = [],
        partNames: [String] = [], attachedFrom: [String] = [], text: String = ""
    ) -> MessageFacts {
        var envelope = Envelope()
        envelope.from = from.map(named)
        envelope.fromFields = fromFields
        envelope.to = to.map(named)
        envelope.cc = cc.map(named)
        envelope.replyTo = replyTo.map(named)
        envelope.subject = subject
        envelope.references = references.compactMap { MessageID($0) }
        return MessageFacts(
            envelope: envelope, fields: fields.map { HeaderField($0.0, $0.1) }, source: "office", use: use,
            mediaType: mediaType, reportType: reportType, reportKinds: reportKinds,
            calendarMethods: calendarMethods,
            deliveredTo: deliveredTo.compactMap { EmailAddress($0) }, partNames: partNames,
            attachedFrom: attachedFrom.map(named), text: text)
    }
}
