package import Mail
package import Mailroom

/// The row of a letter that somebody is writing.
package struct DraftID: Hashable, Sendable, CustomStringConvertible {
    package let rawValue: Int64
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package var description: String { "\(rawValue)" }
}

/// A file that a draft will take along.
package struct DraftFile: Hashable, Sendable {
    package let id: Int64
    /// A filed document; nil: an upload.
    package let document: DocumentID?
    package let file: KeptFile
}

/// What staff have typed of a letter so far: every field as it was typed, right or not.
package struct DraftText: Hashable, Sendable {
    package var mailbox: String?
    package var to: String
    package var cc: String
    package var subject: String
    package var text: String

    package init(
        mailbox: String? = nil, to: String = "", cc: String = "", subject: String = "", text: String = ""
    ) {
        self.mailbox = mailbox
        self.to = to
        self.cc = cc
        self.subject = subject
        self.text = text
    }
}

/// A letter that a member of staff is writing.
package struct Draft: Hashable, Sendable {
    package let id: DraftID
    package let staff: StaffID
    package let kind: LetterOrder.Kind
    package let account: AccountID?
    package let typed: DraftText
    /// When the sheet was opened.
    package let opened: Timestamp
    package let changed: Timestamp
    /// What it was sent as.
    package let letter: LetterID?
    package let files: [DraftFile]
}

extension LetterOrder.Kind {
    /// As the database and the addresses of pages call it.
    package var name: String {
        switch self {
        case .new: "new"
        case .reply: "reply"
        case .forward: "forward"
        case .forwardAsFile: "forward_as_file"
        }
    }

    /// Nil where the name needs a message and there is none.
    package init?(name: String, message: MessageNumber?) {
        switch (name, message) {
        case ("new", _): self = .new
        case ("reply", let message?): self = .reply(message)
        case ("forward", let message?): self = .forward(message)
        case ("forward_as_file", let message?): self = .forwardAsFile(message)
        default: return nil
        }
    }
}
