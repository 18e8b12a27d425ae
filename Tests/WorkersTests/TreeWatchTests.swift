import Files
import Glibc
import Testing

@Suite("The kernel tells in which directories something changed")
struct TreeWatchTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let deed: @Sendable (String) -> Void
        /// Kinds and names, in order.
        let events: [String]

        init(_ sentence: String, _ events: [String], _ deed: @escaping @Sendable (String) -> Void) {
            testDescription = sentence
            self.deed = deed
            self.events = events
        }
    }

    private static func make(_ path: String, _ text: String = "x") {
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        _ = write(file, text, text.utf8.count)
        close(file)
    }

    static let cases = [
        Case("nothing", []) { _ in },
        Case("a file written and closed", ["writing new", "settled new"]) { make($0 + "/new") },
        Case("a file written to", ["writing old", "settled old"]) { make($0 + "/old", "longer") },
        Case("renamed", ["gone old", "settled young"]) { rename($0 + "/old", $0 + "/young") },
        Case("deleted", ["gone old"]) { unlink($0 + "/old") },
        Case("a directory", ["writing d/"]) { mkdir($0 + "/d", 0o700) },
        Case("a name that is not UTF-8", ["writing -", "settled -"]) { path in
            let name = Array(path.utf8CString.dropLast()) + [0x2F, CChar(bitPattern: 0xE4), 0]
            close(creat(name, 0o600))
        },
        Case("the directory itself", ["gone old", "gone -", "ended -"]) { path in
            unlink(path + "/old")
            rmdir(path)
        },
    ]

    @Test("told once, in order", arguments: cases)
    func told(_ case: Case) throws {
        let scratch = TemporaryDirectory()
        let path = scratch.path + "/d"
        #expect(mkdir(path, 0o700) == 0)
        Self.make(path + "/old")
        let watch = try TreeWatch.open()
        let place = try watch.watch(try Directory.open(path: path))
        `case`.deed(path)
        var told: [String] = []
        for event in try watch.events() {
            #expect(event.place == place)
            let line =
                "\(event.kind) \(event.name ?? "-")\(event.isDirectory && event.name != nil ? "/" : "")"
            if told.last != line { told.append(line) }
        }
        #expect(told == `case`.events)
        #expect(try watch.events() == [])
    }

    @Test("the same directory is the same place wherever it was moved; one that is forgotten tells nothing")
    func places() throws {
        let scratch = TemporaryDirectory()
        mkdir(scratch.path + "/a", 0o700)
        let watch = try TreeWatch.open()
        let place = try watch.watch(try Directory.open(path: scratch.path + "/a"))
        rename(scratch.path + "/a", scratch.path + "/b")
        #expect(try watch.watch(try Directory.open(path: scratch.path + "/b")) == place)
        _ = try watch.events()
        watch.forget(place)
        #expect(try watch.events().map(\.kind) == [.ended])
        Self.make(scratch.path + "/b/x")
        #expect(try watch.events() == [])
    }

    @Test("more than there is room for is told as just that")
    func overflow() throws {
        let scratch = TemporaryDirectory()
        let watch = try TreeWatch.open()
        _ = try watch.watch(try Directory.open(path: scratch.path))
        let text = try Directory.open(path: "/proc/sys/fs/inotify").open("max_queued_events").readAll(
            limit: 100)
        let limit = Int(String(decoding: text, as: UTF8.self).filter(\.isNumber)) ?? 16384
        try #require(limit <= 100_000)
        for number in 0..<(limit / 2 + 10) {
            mkdir(scratch.path + "/\(number)", 0o700)
            rmdir(scratch.path + "/\(number)")
        }
        var kinds: Set<TreeWatch.Event.Kind> = []
        while true {
            let events = try watch.events()
            if events.isEmpty { break }
            kinds.formUnion(events.map(\.kind))
        }
        #expect(kinds.contains(.overflow))
    }
}
