import Crypto
import Glibc
import MIME
import Mail
import SQLite
import TestServers
import Testing

@testable import Store

/// A message as the server has it: the oracle.
struct ServerMessage: Hashable {
    var source = "office"
    var mailbox: String
    var uidValidity: UInt32
    var uid: UInt32
    var octets: [UInt8]
}

extension FakeMailServer {
    /// Every message of these mailboxes.
    func everything(in mailboxes: String..., of source: String = "office") -> [ServerMessage] {
        mailboxes.flatMap { name in
            (mailbox(name)?.messages ?? []).map { message in
                ServerMessage(
                    source: source, mailbox: name, uidValidity: mailbox(name)?.uidValidity ?? 0,
                    uid: message.uid,
                    octets: message.octets)
            }
        }
    }
}

extension Firm {
    /// Compares server, ledger and disk; everything that does not fit is an issue of the test.
    ///
    /// - Parameter except: UIDs of which no original is expected.
    func check(
        _ server: [ServerMessage], except: Set<UInt32> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var problems = try await checkServer(server, except: except)
        problems += try await checkParts()
        problems += try await checkDocuments()
        problems += try await checkDisk()
        for problem in problems.prefix(20) { Issue.record("\(problem)", sourceLocation: sourceLocation) }
    }

    // MARK: - Server against ledger

    /// An original and where it lies.
    private struct Kept {
        let digest: SHA256Digest
        let place: OriginalLocation

        init?(_ row: Row, from column: Int) {
            guard !row.isNull(column), let digest = SHA256Digest(octets: row.blob(column)) else { return nil }
            self.digest = digest
            place = OriginalLocation(
                segment: row.int(column + 1), offset: row.int(column + 2), length: row.int(column + 3))
        }
    }

    private struct Placed {
        let key: String
        let state: String
        let original: Kept?
    }

    private func checkServer(_ server: [ServerMessage], except: Set<UInt32>) async throws -> [String] {
        let rows = try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT source.name || '/' || mailbox.name || '/' || uid_validity || '/' || uid, placement.state,
                  original.sha256, segment, offset, length
                FROM placement JOIN mailbox ON mailbox.id = placement.mailbox JOIN source ON source.id = mailbox.source
                LEFT JOIN original ON original.id = placement.original
                WHERE superseded IS NULL AND gone IS NULL
                """
            ) { Placed(key: $0.text(0), state: $0.text(1), original: Kept($0, from: 2)) }
        }
        var problems: [String] = []
        var placed = Dictionary(grouping: rows, by: \.key)
        for message in server {
            let key = "\(message.source)/\(message.mailbox)/\(message.uidValidity)/\(message.uid)"
            guard let found = placed.removeValue(forKey: key) else {
                problems.append("no placement for \(key)")
                continue
            }
            if found.count != 1 { problems.append("\(found.count) placements for \(key)") }
            if except.contains(message.uid) { continue }
            guard found[0].state == "recorded", let original = found[0].original else {
                problems.append("\(key) is \(found[0].state)")
                continue
            }
            if original.digest != SHA256.digest(of: message.octets) {
                problems.append("\(key) has the original of another message")
            } else if try octets(of: original) != message.octets {
                problems.append("\(key): the original is not what the server has")
            }
        }
        return problems + placed.keys.map { "\($0) is not on the server" }
    }

    private func octets(of original: Kept) throws -> [UInt8] {
        var octets: [UInt8] = []
        try data.vault.originals.stream(
            original.place, sha256: original.digest, contents: data.vault.contents
        ) { piece throws(VaultError) in
            for index in 0..<piece.count { octets.append(piece[index]) }
        }
        return octets
    }

    // MARK: - Parts

    /// Every leaf and message of an original has a row of its message, and no row is of nothing.
    private func checkParts() async throws -> [String] {
        let originals = try await store.read { transaction in
            try transaction.db.rows(
                "SELECT message, sha256, segment, offset, length FROM original WHERE message IS NOT NULL GROUP BY message"
            ) { (message: $0.integer(0), kept: Kept($0, from: 1)) }
        }
        let sections = try await store.read { transaction in
            Dictionary(
                grouping: try transaction.db.rows(
                    "SELECT message, section FROM part WHERE section NOT LIKE '%/%'"
                ) { (message: $0.integer(0), section: $0.text(1)) }, by: \.message)
        }
        var problems: [String] = []
        for original in originals {
            guard let kept = original.kept else { continue }
            let wanted = try Self.sections(in: octets(of: kept))
            let found = (sections[original.message] ?? []).map(\.section).sorted()
            if wanted != found {
                problems.append("message \(original.message) has parts \(found), not \(wanted)")
            }
        }
        return problems
    }

    private static func sections(in octets: [UInt8]) throws -> [String] {
        var nothing = Nothing()
        var parser = MessageParser()
        try parser.feed(octets.span, into: &nothing)
        let parsed = try parser.finish(into: &nothing)
        return parsed.parts.filter { $0.head.kind != .multipart }.map(\.head.section.text).sorted()
    }

    private struct Nothing: MessageReceiver {
        func partBegan(_ part: PartHead) {}
        func partOctets(_ part: Int, _ octets: Span<UInt8>) {}
        func partEnded(_ part: Int, _ end: PartEnd) {}
        func original(_ octets: Span<UInt8>) {}
        func original(_ run: EncodedRun) {}
    }

    // MARK: - Documents

    private func checkDocuments() async throws -> [String] {
        let rows = try await store.read { transaction in
            try transaction.db.rows(
                """
                SELECT directory || '/' || folder.name || '/' || CASE path WHEN '' THEN '' ELSE path || '/' END ||
                  document.name, sha256, placed
                FROM document JOIN folder ON folder.id = document.folder JOIN account ON account.id = document.account
                WHERE trashed IS NULL
                """
            ) { (path: $0.text(0), digest: SHA256Digest(octets: $0.blob(1))!, isPlaced: !$0.isNull(2)) }
        }
        var problems: [String] = []
        for row in rows {
            if !row.isPlaced { problems.append("document \(row.path) was never placed") }
            let octets = TestDirectory.read("\(data.path)/documents/\(row.path)")
            if octets.map({ SHA256.digest(of: $0) }) != row.digest {
                problems.append("document \(row.path) \(octets == nil ? "is missing" : "has other octets")")
            }
        }
        let known = Set(rows.map(\.path))
        var accounts: [UInt: String] = [:]
        for file in Tree.files(below: "\(data.path)/documents") where !file.path.hasPrefix(".") {
            if !known.contains(file.path) { problems.append("nobody knows of document \(file.path)") }
            let account = String(file.path.split(separator: "/")[0])
            if let other = accounts.updateValue(account, forKey: file.inode), other != account {
                problems.append("\(other) and \(account) have one inode for \(file.path)")
            }
        }
        return problems
    }

    // MARK: - Disk

    private func checkDisk() async throws -> [String] {
        var problems: [String] = []
        for folder in ["content/tmp", "originals/tmp", "documents/.tmp"] {
            for file in Tree.files(below: "\(data.path)/\(folder)") {
                problems.append("\(folder)/\(file.path) is a temporary file")
            }
        }
        let contents = try await store.read { try $0.allContents() }
        for digest in contents where try !data.vault.contents.verify(digest) {
            problems.append("content \(digest) is not on the disk")
        }
        return problems
    }
}

/// Files by their paths.
enum Tree {
    struct File {
        let path: String
        let inode: UInt
        let octets: Int
    }

    static func files(below root: String) -> [File] {
        var found: [File] = []
        var folders = [""]
        while let folder = folders.popLast() {
            guard let directory = opendir("\(root)/\(folder)") else { continue }
            defer { closedir(directory) }
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                var status = stat()
                guard lstat("\(root)/\(path)", &status) == 0 else { continue }
                if status.st_mode & S_IFMT == S_IFDIR {
                    folders.append(path)
                } else {
                    found.append(File(path: path, inode: UInt(status.st_ino), octets: Int(status.st_size)))
                }
            }
        }
        return found
    }
}
