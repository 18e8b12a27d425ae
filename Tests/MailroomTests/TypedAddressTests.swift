import Mail
import Mailroom
import Testing
import Text

@Suite("Addresses and domains of clients, as people type them")
struct TypedAddressTests {
    private static let rules = TypedAddresses(
        own: OwnDomains(
            [DomainName("bergmann-stb.example")!], staff: [AddressKey("jana@privat.example")!]),
        freeMail: FreeMail(besides: [DomainName("post.example")!]))

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let typed: String
        let result: TypedAddresses.Mistake?

        init(_ sentence: String, _ typed: String, _ result: TypedAddresses.Mistake? = nil) {
            (testDescription, self.typed, self.result) = (sentence, typed, result)
        }
    }

    @Test(
        "an address is a client's or says why not",
        arguments: [
            Case("an address", "kate@smith.example"),
            Case("one at a free-mail domain is a client's like any other", "kate@post.example"),
            Case("two dots in a row exist in Japan", "a..b@smith.example"),
            Case("a name beside it", "Kate <kate@smith.example>", .malformed),
            Case("two of them", "kate@smith.example,tim@smith.example", .malformed),
            Case("no domain", "kate", .malformed),
            Case("a colleague's private one", "jana@privat.example", .ours),
            Case("one below our domain", "x@mail.bergmann-stb.example", .ours),
        ])
    func address(_ one: Case) {
        #expect(
            mistake { () throws(TypedAddresses.Mistake) in _ = try Self.rules.address(one.typed) }
                == one.result)
    }

    @Test(
        "a domain is a client's own or says why not",
        arguments: [
            Case("a domain", "smith.example"),
            Case("a domain with letters of its own", "straße.example"),
            Case("one label is nobody's", "smith", .malformed),
            Case("an address", "kate@smith.example", .malformed),
            Case("anybody can have an address there", "post.example", .freeMail),
            Case("the firm's", "bergmann-stb.example", .ours),
        ])
    func domain(_ one: Case) {
        #expect(
            mistake { () throws(TypedAddresses.Mistake) in _ = try Self.rules.domain(one.typed) }
                == one.result)
    }

    private func mistake(_ body: () throws(TypedAddresses.Mistake) -> Void) -> TypedAddresses.Mistake? {
        do throws(TypedAddresses.Mistake) {
            try body()
            return nil
        } catch { return error }
    }
}
