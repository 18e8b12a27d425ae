import Mail
import Testing

@Suite("UID sets: sorted ranges that never touch")
struct UIDSetTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let text: String
        let canonical: String?
        var testDescription: String { sentence }

        init(_ sentence: String, _ text: String, _ canonical: String?) {
            self.sentence = sentence
            self.text = text
            self.canonical = canonical
        }
    }

    @Test(
        "reads what servers send",
        arguments: [
            Case("one number", "7", "7"),
            Case("a range", "2:4", "2:4"),
            Case("a range the wrong way round", "4:2", "2:4"),
            Case("neighbours become one range", "1,2,3:5,6", "1:6"),
            Case("overlaps become one range", "1:5,3:9", "1:9"),
            Case("out of order", "9,1:2", "1:2,9"),
            Case("the largest UID", "4294967295", "4294967295"),
            Case("zero is no UID", "0", nil),
            Case("a number that wraps is refused", "4294967297", nil),
            Case("an empty piece is refused", "1,,2", nil),
            Case("a star is refused", "1:*", nil),
            Case("nothing is refused", "", nil),
        ])
    func parsing(_ given: Case) {
        #expect(UIDSet(parsing: given.text)?.description == given.canonical)
    }

    /// The same operations on plain sets of numbers, for many small sets.
    @Test("union, difference, intersection and membership agree with plain sets")
    func algebra() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let left = Set(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt32.random(in: 1...20) })
            let right = Set(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt32.random(in: 1...20) })
            let a = UIDSet(left.compactMap { UID($0) })
            let b = UIDSet(right.compactMap { UID($0) })
            #expect(a.union(b).map(\.rawValue) == left.union(right).sorted())
            #expect(a.subtracting(b).map(\.rawValue) == left.subtracting(right).sorted())
            #expect(a.intersection(b).map(\.rawValue) == left.intersection(right).sorted())
            #expect(a.count == left.count)
            for number in UInt32(1)...21 {
                #expect(UID(number).map { a.contains($0) } == left.contains(number))
            }
        }
    }

    @Test("chunks hold at most so many, keep the order and lose none")
    func chunks() {
        let set = UIDSet(parsing: "1:10,20,30:35")!
        let chunks = set.chunks(of: 4)
        #expect(chunks.map(\.description) == ["1:4", "5:8", "9:10,20,30", "31:34", "35"])
        #expect(chunks.reduce(UIDSet()) { $0.union($1) } == set)
    }

    @Test("the whole space is one range, and its last number has no successor")
    func whole() {
        let all = UIDSet(UID.first...UID(.max)!)
        #expect(all.count == 4_294_967_295)
        #expect(all.last?.next == nil)
        #expect(all.subtracting(UIDSet([UID(5)!])).description == "1:4,6:4294967295")
    }
}
