internal import HTTP
internal import Text

/// A sender's address as an address of ours carries it.
enum AddressWords {
    static func key(_ address: String) -> String? {
        AddressKey(address).map { FormItems([FormItems.Item("sender", $0.description)]).urlEncoded }
    }
}
