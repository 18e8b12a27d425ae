import Mail
import Testing

@testable import Mailroom

@Suite("What people did in an account's directory, told from what is remembered and what is found")
struct DiskJudgeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let remembered: [DiskJudge.Remembered]
        let found: [DiskJudge.Found]
        let deeds: [DiskJudge.Deed]

        init(
            _ sentence: String, _ remembered: [DiskJudge.Remembered], _ found: [DiskJudge.Found],
            _ deeds: [DiskJudge.Deed]
        ) {
            testDescription = sentence
            self.remembered = remembered
            self.found = found
            self.deeds = deeds
        }
    }

    private static func digest(_ letter: Character) -> SHA256Digest {
        SHA256Digest(octets: [UInt8](repeating: letter.asciiValue ?? 0, count: 32))!
    }

    private static func mark(_ inode: UInt64, _ modified: Int64 = 1) -> FileMark {
        FileMark(inode: inode, octets: 10, modified: modified)
    }

    private static func place(_ path: String) -> DiskPlace {
        let parts = path.split(separator: "/").map(String.init)
        return DiskPlace(Array(parts.dropLast()), parts[parts.count - 1])
    }

    private static func document(
        _ id: Int64, _ path: String, _ octets: Character, _ mark: FileMark?
    ) -> DiskJudge.Remembered {
        DiskJudge.Remembered(
            document: DocumentID(id), place: place(path), sha256: digest(octets), mark: mark)
    }

    private static func file(
        _ path: String, _ mark: FileMark, _ state: DiskJudge.Found.State = .unread
    ) -> DiskJudge.Found {
        DiskJudge.Found(place: place(path), mark: mark, state: state)
    }

    private static let a = document(1, "F/a.pdf", "A", mark(1))
    /// For the tables: missing since longer than the grace.
    private static let lost = document(9, "F/lost.pdf", "L", mark(9))

    static let cases = [
        Case("nothing happened", [a], [file("F/a.pdf", mark(1))], []),
        Case("changed, and not read yet", [a], [file("F/a.pdf", mark(1, 2))], [.read(place("F/a.pdf"))]),
        Case(
            "never seen before, and not read yet", [document(1, "F/a.pdf", "A", nil)],
            [file("F/a.pdf", mark(1))], [.read(place("F/a.pdf"))]),
        Case(
            "touched: the same octets", [a], [file("F/a.pdf", mark(1, 2), .read(digest("A")))],
            [.note(DocumentID(1), mark(1, 2))]),
        Case(
            "other octets are a version", [a], [file("F/a.pdf", mark(1, 2), .read(digest("B")))],
            [.version(DocumentID(1), place("F/a.pdf"))]),
        Case(
            "saved by renaming another file onto it", [a], [file("F/a.pdf", mark(7, 2), .read(digest("B")))],
            [.version(DocumentID(1), place("F/a.pdf"))]),
        Case("being written", [a], [file("F/a.pdf", mark(1, 2), .busy)], []),
        Case("not to be read", [a], [file("F/a.pdf", mark(1, 2), .closed)], []),
        Case("gone a moment ago", [a], [], [.wait(DocumentID(1))]),
        Case("gone for long", [lost], [], [.trash(DocumentID(9))]),
        Case(
            "renamed: the very file, unread", [lost], [file("F/found.pdf", mark(9))],
            [.move(DocumentID(9), to: place("F/found.pdf"))]),
        Case(
            "moved by copying and deleting", [a], [file("G/a.pdf", mark(5), .read(digest("A")))],
            [.move(DocumentID(1), to: place("G/a.pdf"))]),
        Case(
            "an inode that another file got is no rename", [lost],
            [file("F/other.pdf", mark(9, 3), .read(digest("X")))],
            [.trash(DocumentID(9)), .adopt(place("F/other.pdf"))]),
        Case(
            "gone for long, and a new file is not read yet: it may be that", [lost],
            [file("F/new.pdf", mark(3))], [.read(place("F/new.pdf"))]),
        Case("new", [a], [file("F/a.pdf", mark(1)), file("F/b.pdf", mark(2))], [.read(place("F/b.pdf"))]),
        Case(
            "new, and read", [a],
            [file("F/a.pdf", mark(1)), file("F/b.pdf", mark(2), .read(digest("B")))],
            [.adopt(place("F/b.pdf"))]),
        Case(
            "a copy beside it is a document of its own", [a],
            [file("F/a.pdf", mark(1)), file("F/a (copy).pdf", mark(2), .read(digest("A")))],
            [.adopt(place("F/a (copy).pdf"))]),
        Case(
            "renamed away by an editor that wrote another in its place", [a],
            [
                file("F/a.pdf", mark(7, 2), .read(digest("B"))),
                file("F/a.bak", mark(1), .read(digest("A"))),
            ],
            [.version(DocumentID(1), place("F/a.pdf")), .adopt(place("F/a.bak"))]),
        Case(
            "two of the same octets moved: each goes where its name is",
            [document(1, "F/a.pdf", "A", mark(1)), document(2, "F/b.pdf", "A", mark(2))],
            [
                file("G/a.pdf", mark(11), .read(digest("A"))), file("G/b.pdf", mark(12), .read(digest("A"))),
            ],
            [
                .move(DocumentID(1), to: place("G/a.pdf")), .move(DocumentID(2), to: place("G/b.pdf")),
            ]),
        Case(
            "the file it was goes before another with its octets", [a],
            [file("G/a.pdf", mark(5), .read(digest("A"))), file("G/z.pdf", mark(1))],
            [.move(DocumentID(1), to: place("G/z.pdf")), .adopt(place("G/a.pdf"))]),
        Case(
            "what is being written is nobody's yet", [lost], [file("F/lost2.pdf", mark(9), .busy)],
            [.trash(DocumentID(9))]),
    ]

    @Test("from two pictures to deeds", arguments: cases)
    func deeds(_ case: Case) {
        let judge = DiskJudge(missingSince: [DocumentID(9): 1000], now: 10_000, grace: 5000)
        #expect(judge.judge(`case`.remembered, `case`.found) == `case`.deeds)
    }

    @Test(
        "what programs leave for a while is no document",
        arguments: [
            ("~$report.docx", true), (".~lock.report.odt#", true), ("report.tmp", true),
            ("~WRL0001.TMP", true),
            (".DS_Store", true), ("._report.pdf", true), ("Thumbs.db", true), ("desktop.ini", true),
            ("report.docx~", true), ("1A2B3C4D", true), (".report.docx.swp", true), ("a.crdownload", true),
            ("report.docx", false), ("12345678.pdf", false), ("Abschluss ~ final.pdf", false),
            ("tmp", false), ("1A2B3C4", false), ("Mandanten.db", false),
        ])
    func names(_ name: String, _ isPassing: Bool) {
        #expect(DiskNames.isPassing(name) == isPassing)
    }

    @Test(
        "so much at once is asked about first",
        arguments: [
            (0, 40, true, false), (1, 1, true, false), (20, 20, true, false), (21, 40, true, true),
            (21, 100, true, false), (26, 100, true, true), (1, 40, false, true), (0, 0, false, false),
        ])
    func loss(_ missing: Int, _ all: Int, _ isThere: Bool, _ asks: Bool) {
        #expect(DiskLoss.asks(missing: missing, of: all, isDirectoryThere: isThere) == asks)
    }

    @Test(
        "so much of all accounts at once, too",
        arguments: [(20, 20, false), (21, 100, true), (100, 1001, false), (201, 1_000_000, true)])
    func firmLoss(_ missing: Int, _ all: Int, _ asks: Bool) {
        #expect(DiskLoss.asksFirm(missing: missing, of: all) == asks)
    }
}
