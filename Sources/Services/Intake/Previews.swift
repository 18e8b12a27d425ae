internal import Archive
package import Files
package import Mail
internal import Sandbox
package import Store
package import Workers

/// Pictures of documents' pages: made in a locked-down child, and kept in a cache that may be thrown away.
///
/// The names are those of the contents, so what is kept never gets old. When
/// the cache is full it begins anew: which page is looked at twice, nobody knows.
package actor Previews: WorkerActor {
    package nonisolated let worker = Worker(pool: Previews.pool)
    private let vault: Vault
    private let containers: Containers
    private let cache: Directory
    private var kept: Int64?

    private static let pool = WorkerPool(name: "mailroom-look", limit: 2)
    private static let most: Int64 = 512 << 20
    /// What is larger takes too long for somebody who waits.
    private static let largest: Int64 = 200 << 20

    /// - Parameter data: the data directory, below which the cache lies.
    package init(vault: Vault, data: Directory) throws(FileError) {
        self.vault = vault
        containers = Containers(in: ChildTool())
        try data.makeDirectory("cache", mode: 0o750)
        let caches = try data.directory("cache")
        try caches.makeDirectory("previews", mode: 0o750)
        cache = try caches.directory("previews")
    }

    /// How many pages a PDF has; nil for what is none, or does not open.
    package func pages(of digest: SHA256Digest) -> Int? {
        let name = "\(digest.hex)-pages"
        if let known = look(name) { return Int(String(decoding: known, as: UTF8.self)) }
        guard let file = try? vault.contents.open(digest), let status = try? file.status(),
            status.size <= Self.largest
        else { return nil }
        let pages = file.withDescriptor { containers.pdfFacts(descriptor: $0) }.pages
        if let pages { keep(Array("\(pages)".utf8), as: name) }
        return pages
    }

    /// A page as a PNG; nil where there is none.
    ///
    /// - Parameters:
    ///   - page: from one on.
    ///   - width: in pixels.
    package func page(of digest: SHA256Digest, page: Int, width: Int) -> [UInt8]? {
        guard let wanted = PDFPage(page, width: width) else { return nil }
        let name = "\(digest.hex)-\(page)-\(width).png"
        if let known = look(name) { return known }
        guard let file = try? vault.contents.open(digest), let status = try? file.status(),
            status.size <= Self.largest
        else { return nil }
        let made = file.withDescriptor { containers.picture(of: wanted, descriptor: $0) }
        if let made { keep(made, as: name) }
        return made
    }

    private func look(_ name: String) -> [UInt8]? {
        (try? cache.contents(of: name, limit: 32 << 20)) ?? nil
    }

    /// What can't be kept is made again the next time.
    private func keep(_ octets: [UInt8], as name: String) {
        var sum = kept ?? measured()
        if sum > Self.most {
            for name in (try? cache.names()) ?? [] { _ = try? cache.remove(name) }
            sum = 0
        }
        kept = sum + Int64(octets.count)
        do throws(FileError) {
            let temporary = ".\(name).new"
            try cache.remove(temporary)
            let file = try cache.createFile(temporary, mode: 0o640)
            try file.write(octets)
            // Not flushed: what a crash cuts short is told by its end, and made again.
            try cache.rename(temporary, to: name)
        } catch {
            kept = sum
        }
    }

    private func measured() -> Int64 {
        ((try? cache.names()) ?? []).reduce(0) { $0 + ((try? cache.status(of: $1))?.size ?? 0) }
    }
}
