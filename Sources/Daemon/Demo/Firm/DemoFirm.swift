/// The made-up firm of the demo, Bergmann & Partner of Berlin: its accounts, and who speaks for them.
///
/// All domains end in `.example` and all addresses of hosts are those of RFC 5737: nobody is meant.
package enum DemoFirm {
    package struct Account: Hashable, Sendable {
        package let number: String
        package let name: String
        package let type: String
        package let language: String
        package let contacts: [Contact]
    }

    package struct Contact: Hashable, Sendable {
        package let name: String
        package var kind = "person"
        package let addresses: [String]
    }

    package static let name = "Bergmann & Partner"
    package static let domain = "bergmann-stb.example"
    package static let mailbox = "office@bergmann-stb.example"
    /// Whose Authentication-Results the firm believes: its own border's.
    package static let border = "mx.bergmann-stb.example"

    package static let accounts: [Account] = [
        Account(
            number: "10482", name: "Bäckerei Hofmann GmbH", type: "client", language: "de",
            contacts: [
                Contact(name: "Sabine Hofmann", addresses: ["buero@hofmann-brot.example"]),
                Contact(name: "Thomas Hofmann", addresses: ["t.hofmann@hofmann-brot.example"]),
                Contact(
                    name: "Scanner Backstube", kind: "device", addresses: ["scanner@hofmann-brot.example"]),
                Contact(name: "Belegportal", kind: "service", addresses: ["noreply@belegportal.example"]),
            ]),
        Account(
            number: "10517", name: "株式会社さくら商事", type: "client", language: "ja",
            contacts: [
                Contact(name: "田中 美咲", addresses: ["m.tanaka@sakura-shoji.example"]),
                Contact(name: "経理部 佐藤", addresses: ["keiri@sakura-shoji.example"]),
            ]),
        Account(
            number: "10533", name: "Northgate Robotics Ltd", type: "client", language: "en",
            contacts: [
                Contact(name: "Emily Carter", addresses: ["emily.carter@northgate-robotics.example"]),
                Contact(name: "Northgate Accounts", addresses: ["accounts@northgate-robotics.example"]),
            ]),
        Account(
            number: "10540", name: "Kate and Daniel Smith", type: "client", language: "en",
            contacts: [
                Contact(name: "Kate Smith", addresses: ["kate@smith-family.example"]),
                Contact(name: "Daniel Smith", addresses: ["daniel@smith-family.example"]),
            ]),
        Account(
            number: "10541", name: "Smith & Daughters GmbH", type: "client", language: "en",
            contacts: [Contact(name: "Kate Smith", addresses: ["kate@smith-family.example"])]),
        Account(
            number: "10560", name: "The Ashworth Family Trust", type: "client", language: "en",
            contacts: [
                Contact(
                    name: "Margaret Ashworth",
                    addresses: ["margaret@ashworth.example", "trustees@ashworth.example"])
            ]),
        Account(
            number: "10588", name: "Weingut Müller KG", type: "client", language: "de",
            contacts: [
                Contact(name: "Jörg Müller", addresses: ["kontakt@weingut-müller.example"]),
                Contact(name: "Belegportal", kind: "service", addresses: ["noreply@belegportal.example"]),
            ]),
        Account(
            number: "20031", name: "Lindqvist Studio", type: "prospect", language: "en",
            contacts: [Contact(name: "Nora Lindqvist", addresses: ["nora@lindqvist-studio.example"])]),
    ]

    /// What `mailroom account import` reads: one row an address.
    ///
    /// Kate Smith stands in two accounts, and neither is her primary one: her mail is for staff to place.
    package static var accountsCSV: String {
        let header = ["number", "account", "type", "contact", "kind", "address", "language", "switches"]
        var rows = [header]
        for account in accounts {
            for contact in account.contacts {
                for address in contact.addresses {
                    rows.append([
                        account.number, account.name, account.type, contact.name, contact.kind, address,
                        account.language, contact.kind == "person" ? "sync notify" : "sync",
                    ])
                }
            }
        }
        return rows.map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// RFC 4180 section 2.
    private static func field(_ text: String) -> String {
        text.contains { $0 == "," || $0 == "\"" } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
