import Crypto
import Mail
import SQLite
import TestServers

extension Oracle {
    func compareDisk(_ database: Connection, _ report: inout Report) throws {
        try compareContents(database, &report)
        try compareDocuments(database, &report)
        let recorded = Set(
            try database.rows("SELECT segment, offset FROM original", read: { "\($0.int(0)) \($0.int(1))" }))
        report.strayOriginals = SegmentReader(data: firm.data).places()
            .count { !recorded.contains("\($0.segment) \($0.offset)") }
        for place in ["content/tmp", "originals/tmp", "documents/.tmp"] {
            for name in Disk.names(in: "\(firm.data)/\(place)") {
                report.damages.append(Damage("left over: \(place)/\(name)"))
            }
        }
    }

    private func compareContents(_ database: Connection, _ report: inout Report) throws {
        var recorded = Set(
            try database.rows("SELECT sha256 FROM content", read: { SHA256Digest(octets: $0.blob(0))! }))
        for file in Disk.files(below: firm.data + "/content") where !file.path.hasPrefix("tmp/") {
            let name = String(file.path.split(separator: "/").last ?? "")
            guard let digest = SHA256Digest(hex: name), recorded.remove(digest) != nil else {
                report.damages.append(Damage("content \(file.path) is nobody's"))
                continue
            }
            if Disk.digest(of: "\(firm.data)/content/\(file.path)") != digest {
                report.damages.append(Damage("content \(file.path) is not what its name says"))
            }
        }
        for digest in recorded {
            report.damages.append(Damage("content \(digest) is recorded and not there"))
        }
    }

    private func compareDocuments(_ database: Connection, _ report: inout Report) throws {
        struct Document {
            let id: Int64
            let account: Int64
            let path: String
            let digest: SHA256Digest
            let isPlaced: Bool
        }
        let documents = try database.rows(
            """
            SELECT document.id, account.id, account.directory, folder.name, path, document.name, sha256,
              placed IS NOT NULL
            FROM document JOIN account ON account.id = document.account
            JOIN folder ON folder.id = document.folder
            WHERE trashed IS NULL
            """,
            read: { row in
                let below = row.text(4).isEmpty ? "" : row.text(4) + "/"
                return Document(
                    id: row.integer(0), account: row.integer(1),
                    path: "\(row.text(2))/\(row.text(3))/\(below)\(row.text(5))",
                    digest: SHA256Digest(octets: row.blob(6))!, isPlaced: row.bool(7))
            })
        var files: [String: Disk.File] = [:]
        for file in Disk.files(below: firm.data + "/documents") where !file.path.hasPrefix(".tmp/") {
            files[file.path] = file
        }
        var contents: Set<String> = []
        var owners: [String: Int64] = [:]
        for document in documents {
            if !document.isPlaced {
                report.damages.append(Damage("document \(document.id) was never placed"))
            }
            if !contents.insert("\(document.account) \(document.digest)").inserted {
                report.damages.append(Damage("document \(document.id) is filed twice in its account"))
            }
            guard let file = files.removeValue(forKey: document.path) else {
                report.damages.append(
                    Damage("document \(document.id): no file of its own at \(document.path)"))
                continue
            }
            if Disk.digest(of: "\(firm.data)/documents/\(document.path)") != document.digest {
                report.damages.append(Damage("document \(document.id) has other octets: \(document.path)"))
            }
            let owner = owners.updateValue(document.account, forKey: "\(file.device) \(file.inode)")
            if let owner, owner != document.account {
                report.damages.append(Damage("document \(document.id) shares its inode with another account"))
            }
        }
        for path in files.keys.sorted() {
            report.damages.append(Damage("a file that is no document: \(path)"))
        }
    }
}
