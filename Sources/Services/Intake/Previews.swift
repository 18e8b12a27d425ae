internal import Archive
package import Files
package import Mail
package import Sandbox
package import Store
package import Workers

/// Pictures of documents' pages and of photos: made in a locked-down child, and kept in a cache that may be
/// thrown away.
///
/// The names are those of the contents, so what is kept never gets old. When
/// the cache is full it begins anew: which page is looked at twice, nobody
/// knows. What is kept is had at once, whatever a child has to do meanwhile,
/// and of what nothing could be made that is kept too: a file that takes a
/// child all its time does so once.
package actor Previews: WorkerActor {
    package nonisolated let worker = Worker(pool: Previews.pool)
    private let makers: [PreviewMaker]
    private let cache: Directory
    private var kept: Int64?
    private var turn = 0
    /// What is being made, for all who ask meanwhile.
    private var making: [String: Task<MadePicture, Never>] = [:]

    static let pool = WorkerPool(name: "mailroom-look", limit: 3)
    private static let most: Int64 = 512 << 20

    /// - Parameters:
    ///   - data: the data directory, below which the cache lies.
    ///   - child: the program whose tools make the pictures; a test's has no tools of its own.
    package init(vault: Vault, data: Directory, child: ChildTool = ChildTool()) throws(FileError) {
        makers = (0..<2).map { _ in PreviewMaker(vault, child) }
        try data.makeDirectory("cache", mode: 0o750)
        let caches = try data.directory("cache")
        try caches.makeDirectory("previews", mode: 0o750)
        cache = try caches.directory("previews")
    }

    /// How many pages a PDF has; nil for what is none, or does not open.
    package func pages(of digest: SHA256Digest) async -> Int? {
        let name = "\(digest.hex)-pages"
        if let known = look(name) { return Int(String(decoding: known, as: UTF8.self)) }
        let pages = await nextMaker.pages(of: digest)
        if let pages { keep(Array("\(pages)".utf8), as: name) }
        return pages
    }

    /// A page of a PDF as a PNG, or a photo as a JPEG; nil where there is none to be had.
    ///
    /// - Parameters:
    ///   - page: from one on; a photo has one.
    ///   - width: in pixels; a photo's larger side.
    package func page(of digest: SHA256Digest, page: Int, width: Int) async -> [UInt8]? {
        guard PDFPage(page, width: width) != nil else { return nil }
        let name = "\(digest.hex)-\(page)-\(width)"
        if let known = look(name), Self.isWhole(known) { return known == Self.nothing ? nil : known }
        let made = await made(name) { await $0.picture(of: digest, page: page, width: width) }
        switch made {
        case .made(let octets): return octets
        case .none, .unavailable: return nil
        }
    }

    private func made(
        _ name: String, by make: @escaping @Sendable (PreviewMaker) async -> MadePicture
    ) async -> MadePicture {
        if let task = making[name] { return await task.value }
        let maker = nextMaker
        let task = Task { await make(maker) }
        making[name] = task
        let made = await task.value
        making[name] = nil
        switch made {
        case .made(let octets): keep(octets, as: name)
        case .none: keep(Self.nothing, as: name)
        case .unavailable: break
        }
        return made
    }

    /// What is kept of a file that gives no picture.
    private static let nothing = Array("none".utf8)

    /// What a crash cut short has no end.
    private static func isWhole(_ octets: [UInt8]) -> Bool {
        let endings: [[UInt8]] = [nothing, [0xFF, 0xD9], [0xAE, 0x42, 0x60, 0x82]]
        return endings.contains { octets.suffix($0.count).elementsEqual($0) }
    }

    private var nextMaker: PreviewMaker {
        turn = (turn + 1) % makers.count
        return makers[turn]
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
            // Not flushed: what a crash cuts short is made again.
            try cache.rename(temporary, to: name)
        } catch {
            kept = sum
        }
    }

    private func measured() -> Int64 {
        ((try? cache.names()) ?? []).reduce(0) { $0 + ((try? cache.status(of: $1))?.size ?? 0) }
    }
}

/// Waits for the children that make pictures, where waiting keeps nobody else.
actor PreviewMaker: WorkerActor {
    nonisolated let worker = Worker(pool: Previews.pool)
    private let vault: Vault
    private let containers: Containers

    /// What is larger takes too long for somebody who waits.
    private static let largest: Int64 = 200 << 20

    init(_ vault: Vault, _ child: ChildTool) {
        self.vault = vault
        containers = Containers(in: child)
    }

    func pages(of digest: SHA256Digest) -> Int? {
        open(digest)?.withDescriptor { containers.pdfFacts(descriptor: $0) }.pages
    }

    func picture(of digest: SHA256Digest, page: Int, width: Int) -> MadePicture {
        guard let file = open(digest) else { return .unavailable }
        var head = OctetBuffer(capacity: 1024)
        do throws(FileError) {
            try file.read(at: 0, count: 1024, into: &head)
        } catch {
            return .unavailable
        }
        if let kind = ReducedPicture.Kind(head: head.array()) {
            guard page == 1, let photo = ReducedPicture(kind, side: width) else { return .none }
            return file.withDescriptor { containers.picture(of: photo, descriptor: $0) }
        }
        guard let wanted = PDFPage(page, width: width) else { return .none }
        return file.withDescriptor { containers.picture(of: wanted, descriptor: $0) }
    }

    private func open(_ digest: SHA256Digest) -> File? {
        guard let file = try? vault.contents.open(digest), let status = try? file.status(),
            status.size <= Self.largest
        else { return nil }
        return file
    }
}
