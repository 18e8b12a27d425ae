import Mail
import Mailroom
import TestServers
import Testing

@testable import Intake
@testable import Store

/// An account, its folders by name, and the desk they are worked on at.
struct DocumentOffice {
    let firm: Firm
    let account: AccountID
    let desk: DocumentDesk

    init(_ firm: Firm, _ account: AccountID? = nil) async throws {
        self.firm = firm
        if let account { self.account = account } else { self.account = try await firm.account("10482") }
        let recorder = firm.recorder
        desk = DocumentDesk(vault: firm.data.vault, store: firm.store) {
            try await recorder.placeDocuments()
        }
    }

    func folder(_ name: String) async throws -> FolderID {
        let account = account
        return try #require(try await firm.store.read { try $0.folder(named: name, of: account) })
    }

    @discardableResult
    func upload(_ name: String, _ text: String, to folder: String, path: String = "") async throws
        -> FiledUpload
    {
        let file = IncomingFile(vault: firm.data.vault)
        try await file.write(Array(text.utf8))
        let place = FolderPlace(try await self.folder(folder), path: path)
        return try await desk.file(
            [(content: try await file.finish(), name: name)], into: place, of: account, by: "Jana Vogt",
            now: firm.clock.now)[0]
    }

    /// Every file of the tree with what is in it, `10482/Client uploads/a.pdf=one`, the trash apart.
    var disk: [String] {
        let root = firm.directory.file("data/documents")
        let names = ChildProcess.run(["find", root, "-type", "f", "-not", "-path", "*/.trash/*"]).text
        return names.split(separator: "\n").map { path in
            let octets = TestDirectory.read(String(path)) ?? []
            return "\(path.dropFirst(root.count + 1))=\(String(decoding: octets, as: UTF8.self))"
        }.sorted()
    }

    var directories: [String] {
        let root = firm.directory.file("data/documents")
        return ChildProcess.run(["find", root, "-mindepth", "2", "-type", "d"]).text.split(
            separator: "\n"
        ).map { String($0.dropFirst(root.count + 1)) }.sorted()
    }

    func audit() async throws -> [String] {
        try await firm.store.read {
            try $0.auditEntries().map { "\($0.actor) \($0.action): \($0.detail)" }
        }
    }
}
