import Mail
import Mailroom
import Testing

@Suite("Who may sign in when")
struct SignInTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    struct Case: Sendable, CustomTestStringConvertible {
        let sentence: String
        let bucket: SignInThrottle.Bucket
        let failures: Int
        /// Seconds since the last.
        let ago: Int64
        let wait: Int64

        var testDescription: String { sentence }
    }

    @Test(
        "the wait grows with the failures, and has an end",
        arguments: [
            Case(sentence: "four of five free", bucket: .loginOfNetwork, failures: 4, ago: 0, wait: 0),
            Case(
                sentence: "the fifth costs two seconds", bucket: .loginOfNetwork, failures: 5, ago: 0, wait: 2
            ),
            Case(sentence: "the sixth four", bucket: .loginOfNetwork, failures: 6, ago: 0, wait: 4),
            Case(sentence: "of which three are over", bucket: .loginOfNetwork, failures: 6, ago: 3, wait: 1),
            Case(sentence: "and then all", bucket: .loginOfNetwork, failures: 6, ago: 4, wait: 0),
            Case(
                sentence: "fifteen minutes at most", bucket: .loginOfNetwork, failures: 900, ago: 0, wait: 900
            ),
            Case(sentence: "an office has more", bucket: .network, failures: 29, ago: 0, wait: 0),
            Case(sentence: "and waits less", bucket: .network, failures: 900, ago: 0, wait: 300),
            Case(
                sentence: "one is forgiven in ten minutes", bucket: .loginOfNetwork, failures: 5, ago: 600,
                wait: 0),
            Case(sentence: "a known browser has ten", bucket: .device, failures: 9, ago: 0, wait: 0),
            Case(sentence: "the second factor has five", bucket: .secondFactor, failures: 5, ago: 0, wait: 2),
            Case(
                sentence: "a clock set back waits no longer", bucket: .loginOfNetwork, failures: 900,
                ago: -5000, wait: 900),
        ])
    func waits(_ example: Case) {
        let last = Timestamp(seconds: Self.now.seconds - example.ago)
        let count = SignInThrottle.Count(failures: example.failures, last: last)
        #expect(SignInThrottle.wait(example.bucket, count, now: Self.now) == example.wait)
    }

    @Test("whoever tries all day from one place has fewer than two hundred tries")
    func allDay() {
        var count: SignInThrottle.Count?
        var now = Self.now
        var tries = 0
        while now.seconds < Self.now.seconds + 86_400 {
            let wait = SignInThrottle.wait(.loginOfNetwork, count, now: now)
            guard wait == 0 else {
                now = Timestamp(seconds: now.seconds + wait)
                continue
            }
            count = SignInThrottle.counting(count, now: now)
            tries += 1
        }
        #expect((50..<200).contains(tries))
    }

    struct Password: Sendable, CustomTestStringConvertible {
        let typed: String
        let refusal: StaffPassword.Refusal?

        var testDescription: String { String(typed.prefix(30)) }
    }

    @Test(
        "a password is long, and not what everybody tries first",
        arguments: [
            Password(typed: "correct horse battery", refusal: nil),
            Password(typed: "x7!kQp2#vL", refusal: nil),
            Password(typed: "青い鳥が窓辺で歌っている", refusal: nil),
            Password(typed: "short", refusal: .tooShort),
            Password(typed: String(repeating: "long ", count: 101), refusal: .tooLong),
            Password(typed: "two lines\nof text", refusal: .hasControlCharacters),
            Password(typed: "aaaaaaaaaaaaaaaa", refusal: .guessable),
            Password(typed: "abababababababab", refusal: .guessable),
            Password(typed: "Passwort123456", refusal: .guessable),
            Password(typed: "jana.jana.jana", refusal: .guessable),
            Password(typed: "Bergmann2026", refusal: .guessable),
            Password(typed: "abcdefghijkl", refusal: .guessable),
            Password(typed: "9876543210", refusal: .guessable),
        ])
    func passwords(_ example: Password) {
        let words = ["jana", "Jana Weiß", "Bergmann"]
        if let refusal = example.refusal {
            #expect(throws: refusal) { try StaffPassword(example.typed, of: words) }
        } else {
            #expect(throws: Never.self) { try StaffPassword(example.typed, of: words) }
        }
    }

    @Test("one letter written in two ways is one password")
    func composed() throws {
        let one = try StaffPassword("gr\u{FC}ne Wiese im Mai", of: [])
        #expect(one.text == StaffPassword.typed("gru\u{308}ne Wiese im Mai"))
    }

    @Test(
        "a login is one plain word, or an address",
        arguments: [
            "jana": "jana", "Jana": "jana", "j.weiss-2": "j.weiss-2",
            "jana@firm.example": "jana@firm.example",
        ])
    func logins(typed: String, text: String) {
        #expect(StaffLogin(typed)?.text == text)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "2jana", "-jana", "jana weiss", "jänä", "ja\0na", "jana@", "a@b@c",
            String(repeating: "a", count: 65),
        ])
    func noLogins(typed: String) {
        #expect(StaffLogin(typed) == nil)
    }
}
