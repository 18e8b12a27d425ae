import CLinux
import FoundationEssentials
import Glibc
import Testing

@testable import Archive

@Suite("A zip as it is sent")
struct StoredZipTests {
    private static let time = ZipTime(year: 2026, month: 3, day: 2, hour: 8, minute: 30, second: 4)

    private static func archive(_ members: [(name: String, text: String)]) -> [UInt8] {
        var writer = StoredZip()
        var octets: [UInt8] = []
        for (name, text) in members {
            var checksum = ZipChecksum()
            checksum.update(Array(text.utf8).span)
            let member = StoredZip.Member(
                name: name, octets: UInt64(text.utf8.count), checksum: checksum.value, modified: time)
            octets += writer.begin(member) + Array(text.utf8)
        }
        return octets + writer.end()
    }

    /// What Python's zipfile reads, a line for each member; it checks every checksum.
    private static func python(_ script: String, _ octets: [UInt8]) throws -> String {
        var template = Array("/tmp/mailroom-zip-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        try Data(octets).write(to: URL(filePath: path))
        close(descriptor)
        let pipe = try #require(popen("python3 -c \"\(script)\" \(path) 2>&1", "r"))
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { text += buffer[..<count] }
        pclose(pipe)
        return String(decoding: text, as: UTF8.self)
    }

    @Test("is read by others with the same names, octets and times, in any script")
    func read() throws {
        let script = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            for i in z.infolist(): print(i.filename, z.read(i).decode(), i.date_time, i.flag_bits, oct(i.external_attr >> 16))
            """
        let members = [("2026/Übersicht.pdf", "one"), ("請求書 髙橋.pdf", ""), ("a.txt", "two")]
        let lines = members.map { "\($0.0) \($0.1) (2026, 3, 2, 8, 30, 4) 2048 0o100644\n" }
        #expect(try Self.python(script, Self.archive(members)) == lines.joined())
    }

    @Test("says its length before its first octet, and the same members give the same octets")
    func length() {
        let members = [("a.txt", "one"), ("ü.txt", "two")]
        let archive = Self.archive(members)
        let announced = StoredZip.length(
            of: members.map {
                StoredZip.Member(
                    name: $0.0, octets: UInt64($0.1.utf8.count), checksum: 0, modified: Self.time)
            })
        #expect(announced == UInt64(archive.count))
        #expect(Self.archive(members) == archive)
    }

    @Test("nothing in it is a zip, too")
    func empty() throws {
        let script = "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).namelist())"
        #expect(try Self.python(script, Self.archive([])) == "[]\n")
    }

    @Test("with more members than 16 bits count it is Zip64")
    func many() throws {
        let script = "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))"
        let members = (0..<70_000).map { (name: "\($0)", text: "") }
        #expect(try Self.python(script, Self.archive(members)) == "70000\n")
    }

    @Test("a member of 5 GB and one behind it have their places in 64 bits")
    func large() {
        let five = UInt64(5) << 30
        var writer = StoredZip()
        let large = StoredZip.Member(name: "large", octets: five, checksum: 1, modified: Self.time)
        let far = StoredZip.Member(name: "far", octets: 3, checksum: 2, modified: Self.time)
        let first = writer.begin(large)
        #expect(Array(first[18..<26]) == [UInt8](repeating: 0xFF, count: 8))
        let extra: [UInt8] = [1, 0, 16, 0] + Self.little(five) + Self.little(five)
        #expect(Array(first[35...]) == extra)
        let second = writer.begin(far)
        #expect(second.count == 30 + 3)
        let directory = writer.end()
        let offset = Self.little(UInt64(first.count) + five)
        #expect(directory.contains(offset), "the second member's place")
        #expect(directory.contains([0x50, 0x4B, 6, 6]) && directory.contains([0x50, 0x4B, 6, 7]))
        let around = UInt64(first.count + second.count + directory.count)
        #expect(StoredZip.length(of: [large, far]) == around + five + 3)
    }

    private static func little(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
