import Mailroom
import Testing

@Suite("How many receipts strangers may bring about")
struct ReceiptPaceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let pace: ReceiptPace
        let allows: Bool
    }

    @Test(
        "one more goes out until any of three has its share of the day",
        arguments: [
            Case(
                testDescription: "the first", pace: ReceiptPace(ofLink: 0, ofNetwork: 0, toAddress: 0),
                allows: true),
            Case(
                testDescription: "the last", pace: ReceiptPace(ofLink: 39, ofNetwork: 14, toAddress: 3),
                allows: true),
            Case(
                testDescription: "one link", pace: ReceiptPace(ofLink: 40, ofNetwork: 0, toAddress: 0),
                allows: false),
            Case(
                testDescription: "one network", pace: ReceiptPace(ofLink: 15, ofNetwork: 15, toAddress: 0),
                allows: false),
            Case(
                testDescription: "one address", pace: ReceiptPace(ofLink: 4, ofNetwork: 0, toAddress: 4),
                allows: false),
        ])
    func allows(_ example: Case) { #expect(example.pace.allowsAnother == example.allows) }
}
