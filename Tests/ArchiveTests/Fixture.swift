import Archive
import Glibc
import Sandbox
import Testing

/// One file of Tests/Fixtures/Containers.
struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    var path: String { Self.folder + "/" + name }
    /// What is expected of it, beside it.
    var expectation: String { path + ".expected" }
    var fileExtension: String { name.split(separator: ".").last.map { String($0) } ?? "" }
    var testDescription: String { name }

    static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    static let folder = root + "/Tests/Fixtures/Containers"

    /// All of them with one of these extensions; an empty folder is a mistake.
    static func all(_ extensions: String...) -> [Fixture] {
        let fixtures = names(in: folder).sorted().map { Fixture(name: $0) }
            .filter { extensions.contains($0.fileExtension) }
        precondition(!fixtures.isEmpty, "there are no fixtures in \(folder)")
        return fixtures
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }

    func octets() -> [UInt8] { File.read(path) ?? [] }

    static let updates = getenv("UPDATE_FIXTURES") != nil
}

/// Files by their paths, for tests.
enum File {
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = Glibc.read(descriptor, &buffer, buffer.count), count > 0 {
            octets += buffer[..<count]
        }
        return octets
    }

    static func write(_ path: String, _ octets: [UInt8]) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        precondition(descriptor >= 0, "a test may write \(path)")
        defer { close(descriptor) }
        precondition(
            Glibc.write(descriptor, octets, octets.count) == octets.count, "a test may write \(path)")
    }

    /// A file without a name that holds these octets, until `body` returns.
    static func with<R>(_ octets: [UInt8], _ body: (Int32) throws -> R) rethrows -> R {
        var name = Array("/tmp/mailroom-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        precondition(descriptor >= 0, "a test may write to /tmp")
        unlink(name)
        defer { close(descriptor) }
        var written = 0
        while written < octets.count {
            written += octets.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, octets.count - written)
            }
        }
        return try body(descriptor)
    }
}

/// The child of these tests, and how containers are opened in it.
enum TestChild {
    /// Beside the test bundle, where the build puts every program.
    static let program: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let own = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/ArchiveChild"
    }()

    static let tool = ChildTool(program: program)

    static let containers = Containers { name, arguments, descriptor, bounds, answer in
        do throws(SandboxError) {
            let result = try tool.run(
                name, arguments, input: descriptor,
                bounds: ChildTool.Bounds(seconds: bounds.seconds, outputOctets: bounds.outputOctets),
                answer: answer)
            switch result.ending {
            case .exited(0), .abandoned: return .ended
            case .exited, .killed: return .died("\(result.ending) \(result.errors)")
            case .timedOut, .tooMuchOutput, .cutShort: return .stopped("\(result.ending)")
            }
        } catch {
            return .notStarted(error.description)
        }
    }
}

/// Keeps what it is told of the members.
struct Collector: MemberReceiver {
    enum Failure: Error { case full }

    struct Received {
        let member: Member
        var octets: [UInt8] = []
        var hasEnded = false
    }

    var members: [Received] = []
    /// Octets after which it throws, like a disk that is full.
    var room = Int.max

    mutating func memberBegan(_ member: Member) throws(Failure) { members.append(Received(member: member)) }

    mutating func memberOctets(_ octets: Span<UInt8>) throws(Failure) {
        room -= octets.count
        guard room >= 0 else { throw .full }
        octets.withUnsafeBufferPointer { members[members.count - 1].octets += $0 }
    }

    mutating func memberEnded() throws(Failure) { members[members.count - 1].hasEnded = true }
}
