internal import Mail
internal import Mailroom
internal import Store

/// Addresses of contacts as lists show them.
enum ContactLines {
    static func json(_ address: ContactAddress) -> JSON {
        [
            "contact": JSON(address.contact.rawValue), "name": .string(address.name),
            "kind": .string(address.kind.rawValue), "account": .string(address.accountNumber),
            "address": .string(address.address),
            "switches": JSON(
                address.switches.description.split(separator: " ").map { JSON.string(String($0)) }),
            "primary": JSON(address.isPrimary),
        ]
    }

    static func table(_ addresses: [ContactAddress], withAccount: Bool) -> [String] {
        var table = Table((withAccount ? ["ACCOUNT"] : []) + ["ADDRESS", "CONTACT", "KIND", "MAY"])
        for address in addresses {
            let may = address.switches.isEmpty ? "nothing" : address.switches.description
            table.add(
                (withAccount ? [address.accountNumber] : []) + [
                    address.address.shown, address.name.shown, address.kind.rawValue,
                    may + (address.isPrimary ? " (primary account)" : ""),
                ])
        }
        return table.lines
    }
}
