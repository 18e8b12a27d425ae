/// One field of a message's header, as it stands at the top: name and unfolded or folded body.
package struct HeaderField: Hashable, Sendable {
    /// Lower case.
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name.lowercased()
        self.value = value
    }
}
