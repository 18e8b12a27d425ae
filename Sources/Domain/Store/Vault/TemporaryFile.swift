internal import Files
internal import Synchronization

/// A file under a name that nobody looks for, until it gets a real one or goes away with its owner.
///
/// What a crash leaves of these is swept when the vault is opened.
final class TemporaryFile: Sendable {
    private let file: File
    private let directory: Directory
    private let name: String
    private let hasItsName = Atomic(false)

    init(in directory: Directory, name: String) throws(VaultError) {
        file = try files { () throws(FileError) in try directory.createFile(name, mode: 0o600) }
        self.directory = directory
        self.name = name
    }

    /// One that outlives its owner, to be gone on with under the same name; made where it is missing.
    ///
    /// - Parameter trusted: octets that are believed to be in it; what is behind them goes.
    init(staying name: String, in directory: Directory, trusted: Int64) throws(VaultError) {
        file = try files { () throws(FileError) in
            do throws(FileError) {
                let file = try directory.openForWriting(name)
                let size = min(try file.status().size, trusted)
                try file.truncate(to: size)
                try file.seek(to: size)
                return file
            } catch {
                guard error.isMissing else { throw error }
                return try directory.createFile(name, mode: 0o600)
            }
        }
        self.directory = directory
        self.name = name
        hasItsName.store(true, ordering: .relaxed)
    }

    deinit {
        guard !hasItsName.load(ordering: .relaxed) else { return }
        // If it can't be removed now, the next start will.
        _ = try? directory.remove(name)
    }

    func write(_ octets: Span<UInt8>) throws(VaultError) {
        try files { () throws(FileError) in try file.write(octets) }
    }

    func write(_ octets: [UInt8]) throws(VaultError) { try write(octets.span) }

    func setMode(_ mode: UInt32) throws(VaultError) {
        try files { () throws(FileError) in try file.setMode(mode) }
    }

    func rename(to name: String, in target: Directory) throws(VaultError) {
        try files { () throws(FileError) in try directory.rename(self.name, to: name, in: target) }
        hasItsName.store(true, ordering: .relaxed)
    }

    /// Renames; false where the name is taken.
    func renameWithoutReplacing(to name: String, in target: Directory) throws(VaultError) -> Bool {
        do throws(FileError) {
            try directory.renameWithoutReplacing(self.name, to: name, in: target)
        } catch {
            if error.isTaken { return false }
            throw VaultError(error)
        }
        hasItsName.store(true, ordering: .relaxed)
        return true
    }

    func read(into sink: (Span<UInt8>) throws(VaultError) -> Void) throws(VaultError) {
        try file.stream(from: 0, count: .max, into: sink)
    }

    /// Lends the descriptor, for a child that looks into the file.
    func withDescriptor<Result>(_ body: (Int32) throws -> Result) rethrows -> Result {
        try file.withDescriptor(body)
    }

    /// The open file, for calls that take two.
    func withFile<Result: ~Copyable>(
        _ body: (borrowing File) throws(FileError) -> Result
    ) throws(VaultError) -> Result {
        do throws(FileError) { return try body(file) } catch { throw VaultError(error) }
    }
}

extension File {
    /// Gives `count` octets from `offset` on in pieces, fewer where the file ends; returns how many.
    @discardableResult
    func stream(
        from offset: Int, count: Int, into sink: (Span<UInt8>) throws(VaultError) -> Void
    ) throws(VaultError) -> Int {
        var buffer = OctetBuffer(capacity: max(1, min(count, 192 << 10)))
        var done = 0
        while done < count {
            do throws(FileError) {
                try read(at: Int64(offset + done), count: count - done, into: &buffer)
            } catch { throw VaultError(error) }
            if buffer.count == 0 { break }
            try buffer.withOctets(sink)
            done += buffer.count
            buffer.removeAll()
        }
        return done
    }
}
