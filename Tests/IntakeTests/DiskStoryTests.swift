import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

@Suite("What people do in the tree of documents", .serialized)
struct DiskStoryTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// One after the other, with a look after each.
        let scripts: [String]
        let documents: [String]
        var trash: [String] = []
        let deeds: [String]
        var reports: [String] = []
        /// Else as the documents are.
        var disk: [String]?

        init(
            _ sentence: String, _ scripts: [String], _ documents: [String], trash: [String] = [],
            deeds: [String], reports: [String] = [], disk: [String]? = nil
        ) {
            testDescription = sentence
            self.scripts = scripts
            self.documents = documents
            self.trash = trash
            self.deeds = deeds
            self.reports = reports
            self.disk = disk
        }
    }

    private static let home = DiskOffice.home

    /// Every account begins with `Internal/a.pdf` and `Internal/2026/b.pdf`.
    static let cases = [
        Case("nothing", ["true"], ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: []),
        Case(
            "written to in place", ["printf two > Internal/a.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=two (1)"], deeds: ["file.version Internal/a.pdf"]),
        Case(
            "written to twice, with a look between",
            ["printf two > Internal/a.pdf", "printf three > Internal/a.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=three (2)"],
            deeds: ["file.version Internal/a.pdf", "file.version Internal/a.pdf"]),
        Case(
            "touched, and copied onto itself",
            [
                "touch Internal/a.pdf",
                "cp Internal/a.pdf /proc/self/fd/1 >Internal/.x; mv Internal/.x Internal/a.pdf",
            ],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: []),
        Case(
            "saved by renaming, as editors do",
            [
                "printf two > Internal/a.tmp; mv Internal/a.pdf Internal/a.pdf~; mv Internal/a.tmp Internal/a.pdf"
            ],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=two (1)"], deeds: ["file.version Internal/a.pdf"],
            disk: [
                "\(home)/Internal/2026/b.pdf=bee", "\(home)/Internal/a.pdf=two",
                "\(home)/Internal/a.pdf~=one",
            ]),
        Case(
            "renamed", ["mv Internal/a.pdf 'Internal/Ä b.pdf'"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/Ä b.pdf=one (0)"],
            deeds: ["file.rename Internal/a.pdf → Internal/Ä b.pdf"]),
        Case(
            "moved to another folder", ["mv Internal/a.pdf 'Shared with client/'"],
            ["Internal/2026/b.pdf=bee (0)", "Shared with client/a.pdf=one (0)"],
            deeds: ["file.move Internal/a.pdf → Shared with client/a.pdf"]),
        Case(
            "moved by copying and deleting",
            ["mkdir Internal/x; cp Internal/a.pdf Internal/x/c.pdf; rm Internal/a.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/x/c.pdf=one (0)"],
            deeds: ["file.move Internal/a.pdf → Internal/x/c.pdf"]),
        Case(
            "a directory renamed", ["mv Internal/2026 Internal/2025"],
            ["Internal/2025/b.pdf=bee (0)", "Internal/a.pdf=one (0)"],
            deeds: [
                "file.move Internal/2026/b.pdf → Internal/2025/b.pdf",
                "folder.remove 0 documents to the trash",
            ]),
        Case(
            "two that changed places",
            ["mv Internal/a.pdf t; mv Internal/2026/b.pdf Internal/a.pdf; mv t Internal/2026/b.pdf"],
            ["Internal/2026/b.pdf=one (1)", "Internal/a.pdf=bee (1)"],
            deeds: ["file.version Internal/a.pdf", "file.version Internal/2026/b.pdf"]),
        Case(
            "deleted", ["rm Internal/a.pdf"], ["Internal/2026/b.pdf=bee (0)"],
            trash: ["Internal/a.pdf=one (0)"],
            deeds: ["file.trash Internal/a.pdf"]),
        Case(
            "deleted and written anew before it is believed",
            ["rm Internal/a.pdf", "printf two > Internal/a.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=two (1)"], deeds: ["file.version Internal/a.pdf"]),
        Case(
            "new files: in a folder, below it, and beside one of the same octets",
            [
                "printf new > Internal/n.pdf; mkdir -p Internal/2027/q; printf q > Internal/2027/q/q.pdf; cp Internal/a.pdf Internal/c.pdf"
            ],
            [
                "Internal/2026/b.pdf=bee (0)", "Internal/2027/q/q.pdf=q (0)", "Internal/a.pdf=one (0)",
                "Internal/c.pdf=one (0)", "Internal/n.pdf=new (0)",
            ],
            deeds: [
                "file.add Internal/2027/q/q.pdf", "file.add Internal/c.pdf", "file.add Internal/n.pdf",
            ]),
        Case(
            "a new directory at the top is a private folder", ["mkdir Neu; printf x > Neu/x.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)", "Neu/x.pdf=x (0)"],
            deeds: ["folder.add private", "file.add Neu/x.pdf"]),
        Case(
            "an empty directory, made and removed", ["mkdir Internal/leer", "rmdir Internal/leer"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"],
            deeds: ["folder.add Internal/leer", "folder.remove 0 documents to the trash"]),
        Case(
            "names that no document can have are mended on the disk, too",
            [
                "printf x > 'Internal/a?b.pdf'; printf y > Internal/A.PDF; printf z > \"$(printf 'Internal/u\\314\\210.pdf')\""
            ],
            [
                "Internal/2026/b.pdf=bee (0)", "Internal/A (2).PDF=y (0)", "Internal/a.pdf=one (0)",
                "Internal/a_b.pdf=x (0)", "Internal/ü.pdf=z (0)",
            ],
            deeds: ["file.add Internal/A.PDF", "file.add Internal/a?b.pdf", "file.add Internal/u\u{308}.pdf"]),
        Case(
            "a name of as many octets as a disk takes",
            ["printf y > Internal/$(printf %251s | tr ' ' y).pdf"],
            [
                "Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)",
                "Internal/\(String(repeating: "y", count: 196)).pdf=y (0)",
            ], deeds: ["file.add Internal/\(String(repeating: "y", count: 251)).pdf"]),
        Case(
            "a name of more than one line is told of", ["printf x > \"$(printf 'Internal/l\\nm.pdf')\""],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [],
            reports: ["name \(home)/Internal 1"],
            // Two lines of the list that this is compared with.
            disk: [
                "=", "\(home)/Internal/2026/b.pdf=bee", "\(home)/Internal/a.pdf=one", "\(home)/Internal/l=",
            ]),
        Case(
            "a directory where a document was",
            ["rm Internal/a.pdf; mkdir Internal/a.pdf; printf x > Internal/a.pdf/x.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf/x.pdf=x (0)"], trash: ["Internal/a.pdf=one (0)"],
            deeds: ["file.add Internal/a.pdf/x.pdf", "file.trash Internal/a.pdf"]),
        Case(
            "a file where a directory was", ["rm -r Internal/2026; printf x > Internal/2026"],
            ["Internal/2026=x (0)", "Internal/a.pdf=one (0)"], trash: ["Internal/2026/b.pdf=bee (0)"],
            deeds: [
                "file.add Internal/2026", "file.trash Internal/2026/b.pdf",
                "folder.remove 0 documents to the trash",
            ]),
        Case(
            "a link where a directory was",
            ["mv Internal/2026 ../../away; ln -s ../../../away Internal/2026"],
            ["Internal/a.pdf=one (0)"], trash: ["Internal/2026/b.pdf=bee (0)"],
            deeds: ["file.trash Internal/2026/b.pdf", "folder.remove 0 documents to the trash"],
            reports: ["closed \(home)/Internal/2026 1"]),
        Case(
            "what programs leave for a while is left alone",
            [
                "printf l > 'Internal/~$a.docx'; printf l > Internal/.~lock.a.odt#; printf l > Internal/Thumbs.db; printf l > Internal/x.tmp; printf l > Internal/.DS_Store; printf l > Internal/.a.pdf.swp"
            ],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [],
            disk: [
                "\(home)/Internal/.DS_Store=l", "\(home)/Internal/.a.pdf.swp=l",
                "\(home)/Internal/.~lock.a.odt#=l", "\(home)/Internal/2026/b.pdf=bee",
                "\(home)/Internal/Thumbs.db=l", "\(home)/Internal/a.pdf=one", "\(home)/Internal/x.tmp=l",
                "\(home)/Internal/~$a.docx=l",
            ]),
        Case(
            "links, pipes and second names are never read, and told of",
            [
                """
                printf secret > ../../secret; ln -s ../../../secret Internal/s.pdf; mkfifo Internal/p.pdf
                ln ../../secret Internal/h.pdf; ln -s ../../../ Internal/d; rm Internal/a.pdf; ln -s ../../../secret Internal/a.pdf
                """
            ],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [],
            reports: ["a.pdf", "d", "h.pdf", "p.pdf", "s.pdf"].map { "closed \(home)/Internal/\($0) 1" },
            disk: ["\(home)/Internal/2026/b.pdf=bee", "\(home)/Internal/h.pdf=secret"]),
        Case(
            "what lies in no folder, and what is no account's, is told of and left alone",
            ["printf x > x.pdf; mkdir ../Fremd; printf y > ../Fremd/y.pdf; printf z > ../z.pdf"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [],
            reports: ["loose \(home)/x.pdf 1", "stranger Fremd 1", "stranger z.pdf 1"],
            disk: [
                "\(home)/Internal/2026/b.pdf=bee", "\(home)/Internal/a.pdf=one", "\(home)/x.pdf=x",
                "Fremd/y.pdf=y", "z.pdf=z",
            ]),
        Case(
            "a name that is not UTF-8 is told of", ["printf x > \"$(printf 'Internal/\\344.pdf')\""],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [],
            reports: ["name \(home)/Internal 1"],
            disk: [
                "\(home)/Internal/2026/b.pdf=bee", "\(home)/Internal/\u{FFFD}.pdf=",
                "\(home)/Internal/a.pdf=one",
            ]),
        Case(
            "the whole account is gone: an unmounted disk looks like that", ["mv \"$PWD\" ../../away"],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: [], reports: ["gone \(home) 2"],
            disk: []),
        Case(
            "gone and back again", ["mv \"$PWD\" ../../away", "mv ../away \"\(home)\""],
            ["Internal/2026/b.pdf=bee (0)", "Internal/a.pdf=one (0)"], deeds: []),
    ]

    @Test("seen by looking, hour by hour", arguments: cases)
    func passes(_ case: Case) async throws {
        try await tell(`case`, isWatched: false)
    }

    @Test("seen when the kernel tells", arguments: cases)
    func watched(_ case: Case) async throws {
        try await tell(`case`, isWatched: true)
    }

    private func tell(_ case: Case, isWatched: Bool) async throws {
        let disk = try await DiskOffice()
        try await disk.office.upload("a.pdf", "one", to: "Internal")
        try await disk.office.upload("b.pdf", "bee", to: "Internal", path: "2026")
        if isWatched {
            await disk.keeper.beginWatching()
            await disk.settle()
        }
        for (index, script) in `case`.scripts.enumerated() {
            disk.people(script, in: index > 0 && script.contains("away") ? "." : Self.home)
            if !isWatched || script.contains("../") || script.contains("$PWD") {
                await disk.keeper.pass()
            }
            // The first hears of it, the second looks.
            if isWatched { for _ in 0..<2 { await disk.look() } }
        }
        if isWatched { for _ in 0..<6 { await disk.look() } } else { for _ in 0..<2 { await disk.settle() } }
        let (documents, trash) = (try await disk.documents(), try await disk.documents(isTrash: true))
        #expect(documents == `case`.documents)
        #expect(trash == `case`.trash)
        let (deeds, reports) = (try await disk.deeds(), try await disk.reports())
        #expect(deeds == `case`.deeds)
        #expect(reports == `case`.reports)
        let expected =
            `case`.disk
            ?? `case`.documents.map {
                "\(Self.home)/\($0.split(separator: " (").dropLast().joined(separator: " ("))"
            }
        #expect(disk.office.disk == expected.sorted())
        // All is as remembered now: nothing more comes of looking.
        let adopted = disk.keeper.board.health.adopted
        await disk.settle()
        #expect(disk.keeper.board.health.adopted == adopted)
    }
}
