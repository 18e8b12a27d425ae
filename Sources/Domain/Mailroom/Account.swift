package import Text

/// The row of an account in the store.
package struct AccountID: Hashable, Comparable, Sendable {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: AccountID, right: AccountID) -> Bool { left.rawValue < right.rawValue }
}

package enum AccountType: String, Hashable, Sendable, CaseIterable {
    case client
    case prospect
    /// Has no contacts: for documents of people who are no clients.
    case guest
}

/// What staff call an account by: text, unique, short, and safe in a file name.
package struct AccountNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// Nil unless it is 1 to 32 of `A-Z a-z 0-9 . _ -`, and no name that means something to a file system.
    package init?(_ text: String) {
        guard (1...32).contains(text.utf8.count), text != ".", text != "..",
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            })
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: AccountNumber, right: AccountNumber) -> Bool { left.text < right.text }
}

/// An entity the firm works for, as far as decisions need it.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    package let number: AccountNumber
    package let type: AccountType
    package let name: String
    package let language: Language
    /// The account's own word on filing; nil: the firm's.
    package let filing: FilingMode?
    /// Its top-level folders.
    package let folders: [Folder]
    /// Tax and fax numbers by which a scanner or a form may name it.
    package let identifiers: [String]

    package init(
        id: AccountID, number: AccountNumber, type: AccountType = .client, name: String,
        language: Language = .de, filing: FilingMode? = nil, folders: [Folder] = [],
        identifiers: [String] = []
    ) {
        self.id = id
        self.number = number
        self.type = type
        self.name = name
        self.language = language
        self.filing = filing
        self.folders = folders
        self.identifiers = identifiers
    }

    /// Where clients upload; renameable, so found by its mark and never by its name.
    package var defaultFolder: Folder? { folders.first(where: \.isDefault) }

    /// Private: what was filed without the client seeing it yet.
    package var intake: Folder? { folders.first(where: \.isIntake) }

    /// The top-level folder of that name, case and Unicode form aside.
    package func folder(_ name: String) -> Folder? {
        let key = SafeName.key(name)
        return folders.first { SafeName.key($0.name) == key }
    }

    /// `Intern/Lohn`, each component made safe; nil: there is no such top level. What is below is made as needed.
    package func path(_ text: String) -> FolderPath? {
        let components = text.split(separator: "/").map { SafeName.directory(String($0)) }
        guard let first = components.first, let top = folder(first) else { return nil }
        return FolderPath([top.name] + components.dropFirst())
    }
}
