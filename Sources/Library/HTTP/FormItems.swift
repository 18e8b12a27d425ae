/// Names and values, of a query or of a form, in their order.
package struct FormItems: Hashable, Sendable {
    package struct Item: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let items: [Item]

    /// More than anybody fills in.
    private static let most = 2_000

    package init(_ items: [Item] = []) { self.items = items }

    /// `application/x-www-form-urlencoded`; nil where it is none, or holds a NUL.
    package init?(urlEncoded octets: some Collection<UInt8>) {
        var items: [Item] = []
        for pair in octets.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard items.count < Self.most,
                let name = PercentCoding.decode(pair[..<equals], plusIsSpace: true),
                let value = PercentCoding.decode(pair[equals...].dropFirst(), plusIsSpace: true),
                !name.utf8.contains(0), !value.utf8.contains(0)
            else { return nil }
            items.append(Item(name, value))
        }
        self.items = items
    }

    /// The first of the name.
    package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    package var isEmpty: Bool { items.isEmpty }

    /// As a query says it, without the `?`.
    package var urlEncoded: String {
        items.map { PercentCoding.encode($0.name) + "=" + PercentCoding.encode($0.value) }
            .joined(separator: "&")
    }
}
