/// Which names in the tree of documents are no documents: what programs leave beside them for a while.
///
/// | name | whose |
/// |---|---|
/// | `.anything` | hidden; `.~lock.x.odt#`, `.DS_Store`, `.goutputstream-…`, `.x.swp` |
/// | `~$x.docx` | Microsoft Office, while a file is open |
/// | `~anything.tmp`, `x.tmp` | half-written files, to be renamed when they are whole |
/// | `x.docx~`, `x.bak~` | what an editor saved over |
/// | `1A2B3C4D` | Excel, while it saves |
/// | `x.part`, `x.crdownload`, `x.filepart` | downloads and uploads under way |
/// | `Thumbs.db`, `desktop.ini` | Windows, in every directory it shows |
package enum DiskNames {
    package static func isPassing(_ name: String) -> Bool {
        let lower = name.lowercased()
        if lower.hasPrefix(".") || lower.hasPrefix("~$") || lower.hasSuffix("~") { return true }
        if ["thumbs.db", "desktop.ini", "ehthumbs.db"].contains(lower) { return true }
        if endings.contains(where: lower.hasSuffix) { return true }
        return name.utf8.count == 8
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    }

    /// Directories that a server or a file system keeps for itself.
    package static func isForeign(directory name: String) -> Bool {
        name.hasPrefix(".")
            || ["lost+found", "$recycle.bin", "#recycle", "@eadir", "system volume information"].contains(
                name.lowercased())
    }

    private static let endings = [".tmp", ".temp", ".part", ".crdownload", ".filepart", ".swp", ".lock"]
}
