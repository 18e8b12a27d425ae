/// The name of a header field: written in our sources and nowhere else, so that none can be smuggled in.
package struct FieldName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ name: StaticString) {
        description = name.description
        precondition(
            !description.isEmpty && description.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 58 },
            "\(description) is no name of a header field")
    }

    /// Stands in every letter that a machine decided to send: a Mailroom that meets it answers nothing.
    package static let loop = FieldName("X-Mailroom-Loop")
}

/// A header field besides those that every message has.
package struct ExtraField: Hashable, Sendable {
    package let name: FieldName
    package let text: HeaderText

    package init(_ name: FieldName, _ text: HeaderText) {
        self.name = name
        self.text = text
    }
}

/// Who decided that a message goes out. RFC 3834 section 5.
package enum AutoSubmitted: String, Hashable, Sendable {
    /// A person; the field is left out.
    case no
    /// A machine, of its own accord: reminders, notices.
    case generated = "auto-generated"
    /// A machine, because a message came.
    case replied = "auto-replied"
}
