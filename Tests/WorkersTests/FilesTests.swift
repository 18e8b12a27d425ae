import Files
import Glibc
import Testing

@Suite("Files and directories")
struct FilesTests {
    let temporary = TemporaryDirectory()

    private func root() throws -> Directory { try Directory.open(path: temporary.path) }

    @Test("A directory is made with its parents, and the umask takes nothing away")
    func create() throws {
        let before = umask(0o077)
        defer { umask(before) }
        let path = temporary.path + "/a/b/c"
        let made = try Directory.create(path: path, mode: 0o750)
        #expect(try made.status().mode == 0o750)
        #expect(try Directory.open(path: temporary.path + "/a").status().mode == 0o750)
        // Again: it is there.
        _ = try Directory.create(path: path, mode: 0o750)
        let file = try made.createFile("x", mode: 0o440)
        #expect(try file.status().mode == 0o440)
    }

    @Test("What is written is read, from any offset")
    func writeAndRead() throws {
        let root = try root()
        let file = try root.createFile("x", mode: 0o640)
        let octets = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try file.write(octets)
        try file.write([1, 2, 3].span, at: 50_000)
        try file.synchronize()
        var expected = octets
        expected.replaceSubrange(50_000..<50_003, with: [1, 2, 3])
        #expect(try file.readAll(limit: 100_000) == expected)
        var buffer = OctetBuffer(capacity: 10)
        try root.open("x").read(at: 49_999, count: 100, into: &buffer)
        #expect(buffer.array() == Array(expected[49_999..<50_009]))
        #expect(throws: FileError(code: EFBIG, doing: "reading a file of more than 99999 octets")) {
            try file.readAll(limit: 99_999)
        }
        let copy = try root.createFile("y", mode: 0o640)
        try copy.append(contentsOf: file)
        #expect(try copy.readAll(limit: 100_000) == expected)
        try copy.erase(at: 10, count: 99_000)
        #expect(try copy.status().size == 100_000)
        #expect(
            try copy.readAll(limit: 100_000)
                == expected[..<10] + [UInt8](repeating: 0, count: 99_000) + expected[99_010...])
    }

    @Test("A buffer takes what it has room for, and no more")
    func buffer() {
        var buffer = OctetBuffer(capacity: 4)
        #expect(buffer.append([1, 2, 3].span) == 3)
        #expect(buffer.append([4, 5].span) == 1)
        #expect(buffer.append([6].span) == 0)
        #expect(buffer.array() == [1, 2, 3, 4])
        buffer.removeAll()
        #expect(buffer.free == 4)
    }

    @Test("A small file is replaced whole, and a left-over of a crash is no obstacle")
    func replace() throws {
        let root = try root()
        #expect(try root.contents(of: "state") == nil)
        try root.replace("state", with: [1, 2, 3], mode: 0o600)
        try root.createFile(".state.new", mode: 0o600).write([9, 9])
        try root.replace("state", with: [4], mode: 0o600)
        #expect(try root.contents(of: "state") == [4])
        #expect(try root.names() == ["state"])
    }

    @Test("Names are taken once, links and renames say so")
    func names() throws {
        let root = try root()
        try root.createFile("a", mode: 0o600).write([1])
        try root.makeDirectory("d", mode: 0o750)
        let d = try root.directory("d")
        try root.link("a", to: "b", in: d)
        #expect(try d.status(of: "b").identity == root.status(of: "a").identity)
        #expect(try d.status(of: "b").links == 2)
        #expect(throws: FileError.self) { try root.link("a", to: "b", in: d) }
        try root.createFile("c", mode: 0o600).write([2])
        let taken = #expect(throws: FileError.self) {
            try root.renameWithoutReplacing("c", to: "b", in: d)
        }
        #expect(taken?.isTaken == true)
        try root.rename("c", to: "b", in: d)
        #expect(try d.contents(of: "b") == [2])
        #expect(Set(try root.names()) == ["a", "d"])
        #expect(try root.remove("a"))
        #expect(try !root.remove("a"))
        #expect(try !root.removeDirectory("d"))
        try d.remove("b")
        #expect(try root.removeDirectory("d"))
    }

    @Test("A link is never followed, at the end of a name or on the way down")
    func links() throws {
        let root = try root()
        try root.makeDirectory("real", mode: 0o750)
        try root.directory("real").createFile("secret", mode: 0o600).write([1])
        #expect(symlink("real/secret", temporary.path + "/link") == 0)
        #expect(symlink("real", temporary.path + "/way") == 0)
        #expect(throws: FileError.self) { try root.open("link").status() }
        #expect(throws: FileError.self) { try root.openForWriting("link").status() }
        #expect(throws: FileError.self) { try root.createFile("link", mode: 0o600).status() }
        #expect(throws: FileError.self) { try root.directory("way") }
        let error = #expect(throws: FileError.self) { try root.descend(["way", "x"], creating: 0o750) }
        #expect(error?.isSymbolicLink == true)
        #expect(try root.descend(["real", "x"], creating: 0o750).names().isEmpty)
    }

    @Test(
        "Names that lead elsewhere are refused", arguments: ["", ".", "..", "a/b", "a\0b", "a\nb", "\u{7F}"])
    func unsafeNames(_ name: String) throws {
        #expect(!PathComponent.isSafe(name))
        let root = try root()
        #expect(throws: FileError.self) { try root.descend([name], creating: 0o750) }
        #expect(throws: FileError.self) { try root.replace(name, with: [], mode: 0o600) }
        #expect(try root.names().isEmpty)
    }

    @Test("A name with a NUL is refused by every call, not cut short")
    func nul() throws {
        let root = try root()
        try root.createFile("a", mode: 0o600).write([1])
        #expect(throws: FileError.self) { try root.open("a\0b").status() }
        #expect(throws: FileError.self) { try root.remove("a\0b") }
        #expect(throws: FileError.self) { try root.rename("a", to: "b\0") }
        #expect(throws: FileError.self) { try root.status(of: "a\0") }
        #expect(try root.names() == ["a"])
    }

    @Test("A data directory has one owner, and the other is told who it is")
    func lock() throws {
        let root = try root()
        guard case .locked(let lock) = try DirectoryLock.take(in: root) else {
            Issue.record("nobody else can have the lock")
            return
        }
        guard case .held(let holder) = try DirectoryLock.take(in: root) else {
            Issue.record("the lock was given twice")
            return
        }
        #expect(holder == getpid())
        withExtendedLifetime(lock) {}
    }

    @Test("A lock is free again when its owner is gone")
    func lockIsReleased() throws {
        let root = try root()
        func attempt() throws -> Bool {
            if case .locked = try DirectoryLock.take(in: root) { true } else { false }
        }
        #expect(try attempt())
        #expect(try attempt())
    }

    @Test("Free space is told, and errors say what they are")
    func space() throws {
        let space = try root().freeSpace()
        #expect(space.free > 0 && space.total >= space.free)
        let full = FileError(code: ENOSPC, doing: "writing a file")
        #expect(full.isOutOfSpace && full.isTransient)
        #expect(full.description == "writing a file: No space left on device")
        #expect(!FileError(code: ENOENT, doing: "opening x").isTransient)
        #expect(FileError(code: EIO, doing: "reading x").isTransient)
    }
}
