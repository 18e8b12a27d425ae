internal import Daemon
internal import Files
internal import FoundationEssentials

/// Files that the command line names.
enum InputFile {
    private static let limit = 64 << 20

    /// The whole of a file that is known to be small: a table of accounts.
    static func read(_ path: String) throws -> [UInt8] {
        let (directory, name) = try split(path)
        do throws(FileError) {
            return try directory.open(name).readAll(limit: limit)
        } catch {
            throw failure(path, error)
        }
    }

    /// Files to be read when they are asked for; one that is not there is told at once.
    static func files(_ paths: [String]) throws -> ControlFiles {
        for path in paths {
            let (directory, name) = try split(path)
            do throws(FileError) { _ = try directory.open(name) } catch {
                throw failure(path, error)
            }
        }
        return ControlFiles(paths) { index, sink in try stream(paths[index], into: sink) }
    }

    /// Hands on a file in pieces.
    static func stream(_ path: String, into body: (Span<UInt8>) throws -> Void) throws {
        let (directory, name) = try split(path)
        let file: File
        do {
            file = try directory.open(name)
        } catch {
            throw failure(path, error)
        }
        guard try file.status().kind == .file else {
            throw CommandFailure(.noSuchThing, "\(path) is no file")
        }
        var buffer = OctetBuffer(capacity: 256 << 10)
        var offset: Int64 = 0
        while true {
            try file.read(at: offset, count: buffer.capacity, into: &buffer)
            if buffer.count == 0 { return }
            offset += Int64(buffer.count)
            try body(buffer.array().span)
            buffer.removeAll()
        }
    }

    static func split(_ path: String) throws -> (Directory, String) {
        let slash = path.lastIndex(of: "/")
        let directory = slash.map { String(path[..<$0]) } ?? "."
        let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
        do {
            return (try Directory.open(path: directory.isEmpty ? "/" : directory), name)
        } catch {
            throw failure(path, error)
        }
    }

    /// The path as it was given says more than what we were doing to its last name.
    private static func failure(_ path: String, _ error: any Error) -> CommandFailure {
        guard let error = error as? FileError, error.isMissing else {
            return CommandFailure(.inputOutput, "\(path.shown): \(error)")
        }
        return CommandFailure(.noSuchThing, "there is no file \(path.shown)")
    }
}
