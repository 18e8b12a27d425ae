/// The fields by which a machine tells what became of a message: groups of them, between empty lines.
///
/// message/delivery-status (RFC 3464), message/disposition-notification (RFC
/// 8098) and message/feedback-report (RFC 5965) are written in the same way,
/// and their `global` kin (RFC 6533) too; only the words differ.
package struct ReportFields: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case delivery
        case disposition
        case feedback
    }

    package struct Field: Hashable, Sendable {
        /// Lower case.
        package let name: String
        /// Unfolded, without the space around it.
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package let kind: Kind
    package let groups: [[Field]]

    package init(_ kind: Kind, _ groups: [[Field]]) {
        self.kind = kind
        self.groups = groups
    }
}
