import Mail
import Testing
import Text

@testable import Mailroom

/// Messages of several parts.
extension FilingPlanTests {
    static func plan(
        _ parts: [PartFacts], _ context: FilingContext = matched(), taken: Set<String> = []
    ) -> [PartPlan] {
        FilingPlan().plan(context, parts) { _, key in taken.contains(key) }
    }

    static func states(_ plans: [PartPlan]) -> [String] {
        plans.map { plan in
            "\(plan.section) \(plan.state.rawValue)\(plan.reason.map { " " + $0.rawValue } ?? "")"
        }
    }

    static func container(_ section: String, _ unwrapping: Unwrapping, in outer: String? = nil) -> PartFacts {
        part("application/zip", "documents.zip", Sniffed(.zip), content: 90, section: section) {
            $0.unwrapping = unwrapping
            $0.container = outer.map { Section($0) }
        }
    }

    static func member(
        _ section: String, in container: String, content: UInt8 = 1,
        change: (inout PartFacts) -> Void = { _ in }
    ) -> PartFacts {
        part("application/octet-stream", "m\(content).pdf", isPDF, content: content, section: section) {
            $0.container = Section(container)
            change(&$0)
        }
    }

    struct Container: CustomTestStringConvertible, Sendable {
        let sentence: String
        let parts: [PartFacts]
        let states: [String]
        var context = matched()

        var testDescription: String { sentence }
    }

    @Test(
        "F25: a container comes out whole, or nothing of it is filed",
        arguments: [
            Container(
                sentence: "complete",
                parts: [
                    container("2", .complete), member("2/1", in: "2"), member("2/2", in: "2", content: 2),
                ],
                states: ["2 unwrapped", "2/1 filed", "2/2 filed"]),
            Container(
                sentence: "complete and empty", parts: [container("2", .complete)], states: ["2 unwrapped"]),
            Container(
                sentence: "of a stranger", parts: [container("2", .complete), member("2/1", in: "2")],
                states: ["2 unwrapped", "2/1 needs_filing unmatched"], context: matched(.unmatched, nil)),
            Container(
                sentence: "encrypted", parts: [container("2", .encrypted)],
                states: ["2 needs_filing encrypted"]),
            Container(
                sentence: "damaged", parts: [container("2", .damaged)],
                states: ["2 needs_filing container_damaged"]),
            Container(
                sentence: "over a limit, with what came out",
                parts: [container("2", .overLimit), member("2/1", in: "2")],
                states: ["2 needs_filing container_damaged", "2/1 needs_filing container_damaged"]),
            Container(
                sentence: "one member asks for a password",
                parts: [
                    container("2", .complete), member("2/1", in: "2"),
                    member("2/2", in: "2", content: 2) { $0.encryption = .encrypted },
                ],
                states: [
                    "2 needs_filing encrypted", "2/1 needs_filing encrypted", "2/2 needs_filing encrypted",
                ]),
            Container(
                sentence: "a zip in the zip is damaged",
                parts: [
                    container("2", .complete), container("2/1", .damaged, in: "2"), member("2/2", in: "2"),
                ],
                states: [
                    "2 needs_filing container_damaged", "2/1 needs_filing container_damaged",
                    "2/2 needs_filing container_damaged",
                ]),
            Container(
                sentence: "a zip in the zip is whole",
                parts: [
                    container("2", .complete), container("2/1", .complete, in: "2"),
                    member("2/1/1", in: "2/1"),
                ], states: ["2 unwrapped", "2/1 unwrapped", "2/1/1 filed"]),
            Container(
                sentence: "what is beside a broken one is filed",
                parts: [container("2", .encrypted), part("application/pdf", "a.pdf", isPDF, section: "3")],
                states: ["2 needs_filing encrypted", "3 filed"]),
            Container(
                sentence: "the text of a message whose attachment is encrypted is still text",
                parts: [
                    container("2", .complete),
                    part("text/plain", nil, isText, disposition: nil, section: "2.1") {
                        $0.container = Section("2")
                    },
                    member("2.2", in: "2") { $0.encryption = .encrypted },
                ], states: ["2 needs_filing encrypted", "2.1 shown text", "2.2 needs_filing encrypted"]),
            Container(
                sentence: "a member that isn't allowed is judged by itself",
                parts: [
                    container("2", .complete), member("2/1", in: "2"),
                    member("2/2", in: "2", content: 2) { $0.sniffed = Sniffed(.executable) },
                ], states: ["2 unwrapped", "2/1 filed", "2/2 needs_filing suspicious"]),
            Container(
                sentence: "the scanner objects to the container",
                parts: [
                    part("application/zip", "a.zip", Sniffed(.zip)) {
                        $0.unwrapping = .complete
                        $0.scan = .infected("Eicar")
                    }, member("2/1", in: "2"),
                ], states: ["2 needs_filing infected", "2/1 needs_filing infected"]),
            Container(
                sentence: "of our own mail", parts: [container("2", .complete), member("2/1", in: "2")],
                states: ["2 unwrapped", "2/1 shown inline"], context: matched(direction: .outgoing)),
            Container(
                sentence: "F24: signed, with its signature",
                parts: [
                    part("application/pkcs7-mime", "smime.p7m", section: "1") { $0.unwrapping = .complete },
                    part("application/pdf", "a.pdf", isPDF, section: "1.1") { $0.container = Section("1") },
                ], states: ["1 unwrapped", "1.1 filed"]),
        ])
    func f25_containers(_ case: Container) {
        #expect(Self.states(Self.plan(`case`.parts, `case`.context)) == `case`.states)
    }

    @Test("F28: the same content is one document, with another sighting")
    func f28_same() throws {
        let already = Self.pdf { $0.alreadyFiled = DocumentID(7) }
        let plan = try #require(Self.plan([already]).first)
        #expect(plan.state == .duplicate)
        #expect(plan.sameAs == .document(DocumentID(7)))
        let twice = Self.plan([
            Self.part("application/pdf", "a.pdf", Self.isPDF, section: "2"),
            Self.part("application/pdf", "b.pdf", Self.isPDF, section: "3"),
        ])
        #expect(Self.states(twice) == ["2 filed", "3 duplicate"])
        #expect(twice[1].sameAs == .part(Section("2")))
    }

    @Test("F28: the same content of a message that isn't to be filed still waits")
    func f28_held() {
        let already = Self.pdf { $0.alreadyFiled = DocumentID(7) }
        #expect(
            Self.states(Self.plan([already], Self.matched(verdict: .against))) == ["2 needs_filing against"])
        #expect(Self.states(Self.plan([already], Self.matched(verdict: .open))) == ["2 duplicate"])
    }

    @Test("F28: what staff filed once is not asked about again")
    func f28_unusual() {
        let already = Self.part("application/octet-stream", "a.exe", Sniffed(.executable)) {
            $0.alreadyFiled = DocumentID(7)
        }
        #expect(Self.states(Self.plan([already])) == ["2 duplicate"])
    }

    @Test("F27: the same name with other content is kept beside it")
    func f27_names() {
        let parts = (1...3).map { number in
            Self.part(
                "application/pdf", "Statement.pdf", Self.isPDF, content: UInt8(number), section: "\(number)")
        }
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "Statement.pdf", "Statement (2).pdf", "Statement (3).pdf",
            ])
        #expect(
            Self.plan(parts, taken: ["statement.pdf", "statement (2).pdf"]).map(\.destination?.name)
                == ["Statement (3).pdf", "Statement (4).pdf", "Statement (5).pdf"])
    }

    @Test("F27: names that differ in case or Unicode form alone are the same name")
    func f27_folding() {
        let parts = ["Übersicht.pdf", "U\u{308}BERSICHT.PDF", "übersicht.pdf"].enumerated().map {
            index, name in
            Self.part("application/pdf", name, Self.isPDF, content: UInt8(index), section: "\(index + 1)")
        }
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "Übersicht.pdf", "ÜBERSICHT (2).PDF", "übersicht (3).pdf",
            ])
    }

    @Test("F21: without a name it gets one by its type")
    func f21_names() {
        let parts = [
            Self.part("application/octet-stream", nil, Self.isPDF, section: "1"),
            Self.part(
                "image/jpeg", nil, Sniffed(.picture, MediaType("image/jpeg")), content: 2, section: "2"),
            Self.part("text/csv", nil, Self.isText, content: 3, section: "3"),
        ]
        #expect(
            Self.plan(parts).map(\.destination?.name) == [
                "attachment.pdf", "attachment.jpg", "attachment.csv",
            ])
    }

    @Test("every part of a whole message ends in exactly one state")
    func whole() {
        let parts = [
            Self.part("text/plain", nil, Self.isText, disposition: nil, section: "1.1"),
            Self.part("text/html", nil, Self.isHTML, disposition: nil, section: "1.2"),
            Self.picture(20_000, cid: true), Self.part("application/pdf", "a.pdf", Self.isPDF, section: "3"),
            Self.part("application/pkcs7-signature", "smime.p7s", section: "4"),
        ]
        #expect(
            Self.states(Self.plan(parts))
                == ["1.1 shown text", "1.2 shown text", "2 shown inline", "3 filed", "4 shown signature"])
    }
}
