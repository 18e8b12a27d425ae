package import Mail

/// Tells one state of a file from another without reading it: it is the same as long as these are.
package struct FileMark: Hashable, Sendable {
    package let inode: UInt64
    package let octets: Int64
    /// When its octets last changed, in nanoseconds since 1970.
    package let modified: Int64

    package init(inode: UInt64, octets: Int64, modified: Int64) {
        self.inode = inode
        self.octets = octets
        self.modified = modified
    }
}

/// Where a file lies below its account's directory.
package struct DiskPlace: Hashable, Sendable, CustomStringConvertible {
    /// The top-level folder first; never empty.
    package let folders: [String]
    package let name: String

    package init(_ folders: [String], _ name: String) {
        self.folders = folders
        self.name = name
    }

    package var description: String { (folders + [name]).joined(separator: "/") }
}

/// What became of an account's documents on the disk, as far as it can be told from two pictures of it.
///
/// One picture is what we remember, the other what was found. Nobody tells
/// us what was done: an editor that saves writes another file and renames it,
/// a program that moves copies and deletes. So a document is known by its
/// place first, and by its file or its octets only where nothing is at its
/// place. What is gone is believed to be gone only after a while.
///
/// | at its place | and | what became of it |
/// |---|---|---|
/// | its file, unchanged | | nothing |
/// | something that is being written, that can't be read, or of which staff are asked | | not to be told yet |
/// | a file that was not read yet | | it is to be read |
/// | a file | the same octets | its mark is remembered |
/// | a file | other octets | a new version |
/// | nothing | a new file is the one that it was, or has its octets | it was moved |
/// | nothing | for less than the grace | not to be told yet |
/// | nothing | for longer | it goes to the trash |
///
/// A new file that is no document's is to be read, and then is a document.
package struct DiskJudge: Sendable {
    /// A document as we remember it.
    package struct Remembered: Sendable, Hashable {
        package let document: DocumentID
        package let place: DiskPlace
        package let sha256: SHA256Digest
        /// Of its file when that was last seen with these octets; nil: never.
        package let mark: FileMark?

        package init(document: DocumentID, place: DiskPlace, sha256: SHA256Digest, mark: FileMark?) {
            self.document = document
            self.place = place
            self.sha256 = sha256
            self.mark = mark
        }
    }

    /// A file as it was found.
    package struct Found: Sendable, Hashable {
        package enum State: Sendable, Hashable {
            case unread
            case read(SHA256Digest)
            /// Somebody writes to it.
            case busy
            /// Not ours to read, or not possible.
            case closed
            /// Another account's document, it seems: staff have not said yet.
            case held
        }

        package let place: DiskPlace
        package let mark: FileMark
        package var state: State

        package init(place: DiskPlace, mark: FileMark, state: State = .unread) {
            self.place = place
            self.mark = mark
            self.state = state
        }
    }

    package enum Deed: Sendable, Hashable {
        /// Its octets are wanted before more can be said.
        case read(DiskPlace)
        /// The same octets in another file.
        case note(DocumentID, FileMark)
        case version(DocumentID, DiskPlace)
        case move(DocumentID, to: DiskPlace)
        case adopt(DiskPlace)
        /// Nothing is there; it was not long enough yet.
        case wait(DocumentID)
        case trash(DocumentID)
    }

    /// Since when a document has been looked for in vain, in milliseconds of any clock that never goes back.
    package let missingSince: [DocumentID: Int64]
    package let now: Int64
    /// How long a document may be missing: whoever saves may delete first and write then.
    package let grace: Int64

    package init(missingSince: [DocumentID: Int64], now: Int64, grace: Int64) {
        self.missingSince = missingSince
        self.now = now
        self.grace = grace
    }

    /// - Parameter found: all of the account, without what is ``DiskNames/isPassing(_:)``.
    package func judge(_ remembered: [Remembered], _ found: [Found]) -> [Deed] {
        let here = Dictionary(found.map { ($0.place, $0) }) { first, _ in first }
        var deeds: [Deed] = []
        var missing: [Remembered] = []
        var known: Set<DiskPlace> = []
        for document in remembered {
            guard let file = here[document.place] else {
                missing.append(document)
                continue
            }
            known.insert(document.place)
            if let deed = judge(document, file) { deeds.append(deed) }
        }
        var new = found.filter { !known.contains($0.place) }.sorted { "\($0.place)" < "\($1.place)" }
        for document in missing {
            if let index = Self.successor(of: document, among: new) {
                deeds.append(.move(document.document, to: new.remove(at: index).place))
            } else {
                let since = missingSince[document.document] ?? now
                deeds.append(now - since >= grace ? .trash(document.document) : .wait(document.document))
            }
        }
        for file in new {
            switch file.state {
            case .unread: deeds.append(.read(file.place))
            case .read: deeds.append(.adopt(file.place))
            case .busy, .closed, .held: break
            }
        }
        // What is not read yet may be what is missed.
        let reads = deeds.contains { if case .read = $0 { true } else { false } }
        return reads ? deeds.filter { if case .trash = $0 { false } else { true } } : deeds
    }

    private func judge(_ document: Remembered, _ file: Found) -> Deed? {
        switch file.state {
        case .busy, .closed, .held: nil
        case .unread: file.mark == document.mark ? nil : .read(file.place)
        case .read(let digest):
            digest != document.sha256
                ? .version(document.document, file.place)
                : file.mark == document.mark ? nil : .note(document.document, file.mark)
        }
    }

    /// The new file that a document became: the very file that it was before any with its octets, and of
    /// several the one with its name.
    ///
    /// An inode alone proves nothing: file systems give the number of a deleted file to the next one.
    private static func successor(of document: Remembered, among new: [Found]) -> Int? {
        let fitting = new.indices.filter { index in
            switch new[index].state {
            case .busy, .closed, .held: false
            case .unread: new[index].mark == document.mark
            case .read(let digest): digest == document.sha256
            }
        }
        return fitting.first { new[$0].mark == document.mark }
            ?? fitting.first { new[$0].place.name == document.place.name } ?? fitting.first
    }
}

/// How much may vanish at once before staff are asked: a disk that is not mounted looks like an empty one.
package enum DiskLoss {
    /// Whether so many documents of an account are too many to believe.
    ///
    /// - Parameter isDirectoryThere: the account's own.
    package static func asks(missing: Int, of all: Int, isDirectoryThere: Bool) -> Bool {
        guard missing > 0 else { return false }
        return !isDirectoryThere || missing > 20 && missing * 4 > all
    }

    /// The same of all accounts together.
    package static func asksFirm(missing: Int, of all: Int) -> Bool {
        missing > 200 || missing > 20 && missing * 10 > all
    }
}
