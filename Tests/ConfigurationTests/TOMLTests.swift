import Configuration
import TOML
import Testing

/// The same numbers each time, so that what fails once fails again. (Marsaglia's xorshift64.)
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

@Suite("A document knows where everything stands, and survives its mistakes")
struct TOMLTests {
    /// `path = value @ line:column-line:column`, in the order of the file.
    private static func described(_ text: String) -> [String] {
        var lines: [String] = []
        func add(_ node: Node, _ path: String) {
            let span = node.span
            let place = "\(span.line):\(span.column)-\(span.endLine):\(span.endColumn)"
            switch node.value {
            case .table(let table):
                for member in table.members {
                    add(member.node, path.isEmpty ? member.key : "\(path).\(member.key)")
                }
            case .array(let nodes):
                lines.append("\(path) = \(nodes.count) @ \(place)")
                for (index, node) in nodes.enumerated() { add(node, "\(path)[\(index)]") }
            case .string, .integer, .real, .boolean, .date, .time, .dateTime:
                lines.append("\(path) = \(node.value) @ \(place)")
            }
        }
        for root in Document(SourceText(name: "a.toml", text: text)).roots {
            for member in root.members { add(member.node, member.key) }
        }
        return lines
    }

    @Test("every kind of value has its place", arguments: ["\n", "\r\n"])
    func values(newline: String) {
        let text = #"""
            b = "日本", x
            [s]
            z = "日本 \u00e9"
            a = -7
            r = 1.5
            t = true
            d = 2024-02-29
            h = 08:30:00
            m = 2024-02-29T08:30:00Z
            l = [ 'x',
                 [1] ]
            i.j = { k = 1 }
            [[p]]
            q = """
            two
            lines"""
            [[p]]
            """#
        let whole = text.split(separator: "\n").dropFirst().joined(separator: newline)
        #expect(
            Self.described(whole) == [
                #"s.z = string("日本 é") @ 2:5-2:16"#, "s.a = integer(-7) @ 3:5-3:7",
                "s.r = real(1.5) @ 4:5-4:8",
                "s.t = boolean(true) @ 5:5-5:9", "s.d = date(year: 2024, month: 2, day: 29) @ 6:5-6:15",
                #"s.h = time("08:30:00") @ 7:5-7:13"#, #"s.m = dateTime("2024-02-29T08:30:00Z") @ 8:5-8:25"#,
                "s.l = 2 @ 9:5-10:11", #"s.l[0] = string("x") @ 9:7-9:10"#, "s.l[1] = 1 @ 10:6-10:9",
                "s.l[1][0] = integer(1) @ 10:7-10:8", "s.i.j.k = integer(1) @ 11:13-11:14",
                "p = 2 @ 12:1-16:6",
                #"p[0].q = string("two\nlines") @ 13:5-15:9"#,
            ])
    }

    @Test("what stands beside a mistake is read, and under a mistaken header too")
    func recovery() {
        let text = """
            a = oops
            b = 1
            [s
            c = 2
            [[l]
            d = 3
            [s.t]
            e = 4
            """
        let document = Document(SourceText(name: "a.toml", text: text))
        #expect(document.mistakes.map(\.span.line) == [1, 3, 5])
        #expect(
            Self.described(text) == [
                "b = integer(1) @ 2:5-2:6", "s.t.e = integer(4) @ 8:5-8:6", "s.c = integer(2) @ 4:5-4:6",
                "l = 1 @ 5:1-5:6", "l[0].d = integer(3) @ 6:5-6:6",
            ])
    }

    @Test("nesting without an end neither overflows a stack nor takes long")
    func nesting() {
        let start = ContinuousClock.now
        let dotted = String(repeating: "a.", count: 8_000) + "a = 1"
        let header = "[" + String(repeating: "a.", count: 8_000) + "a]"
        let lists = "a = " + String(repeating: "[", count: 8_000) + String(repeating: "]", count: 8_000)
        let open = String(repeating: "a = [\n", count: 5_000)
        let quotes = String(repeating: "a = \"\"\"\n", count: 5_001)
        for text in [dotted, header, lists, open, quotes, String(repeating: "{", count: 16_000)] {
            let document = Document(SourceText(name: "a.toml", text: text))
            #expect(document.roots.count == 1 || !document.mistakes.isEmpty)
        }
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test("no slip of the finger crashes the check, or makes it show a password")
    func slips() {
        let secret = "hunter2"
        let before = """
            [firm]
            name = "Bergmann"   # the firm
            domains = ["a.example",
                "b.example"]
            [mailbox.office]
            host = 'imap.example.net'
            user = "office@example.net"
            password = "
            """
        let after = """
            "
            folders = ["\\\\Inbox", "*"]
            since = 2025-01-01
            [[filing.rule]]
            name = "a"
            folder = "{default}/{year}"
            [[folder]]
            name = { de = "Belege", en = "Receipts" }
            access = "edit"
            default = true
            """
        let scratch = Scratch()
        var numbers = Numbers(state: 1)
        let slips = Array("\n\"'[]{}=#.,\\: \t\u{1}x7ä-")
        for _ in 0..<1_000 {
            var halves = [Array(before), Array(after)]
            var told: [String] = []
            for _ in 0..<Int.random(in: 1...3, using: &numbers) {
                let half = Int.random(in: 0...1, using: &numbers)
                // The key itself stays: what is called otherwise is not known to be a password.
                let index = Int.random(in: 0..<(halves[half].count - (half == 0 ? 12 : 0)), using: &numbers)
                let slip = slips.randomElement(using: &numbers) ?? "x"
                switch Int.random(in: 0...2, using: &numbers) {
                case 0: halves[half][index] = slip
                case 1: halves[half].insert(slip, at: index)
                default: halves[half].remove(at: index)
                }
                told.append("\(half) \(index) \(slip)")
            }
            let text = String(halves[0]) + secret + String(halves[1])
            let path = scratch.write("mailroom.toml", text)
            for diagnostic in Configuration.load(main: path).diagnostics {
                #expect(!diagnostic.text.contains(secret), "\(told)\n\(text)")
                #expect(!diagnostic.json.contains(secret))
            }
        }
    }
}
