package import Mailroom

/// A file that came over a link, whole and hashed, and not yet kept.
package struct ArrivedFile: Sendable {
    package let content: PendingContent
    /// As its sender calls it: a stranger's words.
    package let name: String

    package init(content: PendingContent, name: String) {
        self.content = content
        self.name = name
    }
}

/// Files that one sitting sends, and what its sender says they are.
package struct ArrivalOrder: Sendable {
    package let files: [ArrivedFile]
    package let sitting: SittingID
    package let item: RequestItemID?
    /// Octets of the largest file that a link takes.
    package let largest: Int64
    /// As which unfinished upload its one file came.
    package let unfinished: String?

    package init(
        files: [ArrivedFile], sitting: SittingID, item: RequestItemID?, largest: Int64,
        unfinished: String? = nil
    ) {
        self.files = files
        self.sitting = sitting
        self.item = item
        self.largest = largest
        self.unfinished = unfinished
    }
}
