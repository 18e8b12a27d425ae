import Mail
import Testing
import Text

@testable import Mailroom

@Suite("Is From true?")
struct SenderTrustTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let sentence: String
        let facts: MessageFacts
        let checks: SenderChecks
        let mode: SenderAuthentication
        let verdict: Verdict
        let reason: VerdictReason

        var testDescription: String { sentence }

        init(
            _ sentence: String, from: [String] = ["kate@smith.example"], fromFields: Int = 1,
            _ fields: [(String, String)], checks: SenderChecks = ours, mode: SenderAuthentication = .standard,
            replyTo: [String] = [], _ verdict: Verdict, _ reason: VerdictReason
        ) {
            self.sentence = sentence
            self.facts = Town.facts(from: from, fromFields: fromFields, fields: fields, replyTo: replyTo)
            self.checks = checks
            self.mode = mode
            self.verdict = verdict
            self.reason = reason
        }
    }

    static let ours = SenderChecks.servers([AuthservPattern("mx.firm.example")!])

    /// The field by which our border took it from outside.
    static let border = (
        "Received",
        "from mail.smith.example (mail.smith.example [198.51.100.7]) by mx.firm.example; Sat, 21 Nov 2026"
    )

    /// Results of our border, above its Received field.
    static func border(_ results: String) -> [(String, String)] {
        [("Authentication-Results", "mx.firm.example; \(results)"), border]
    }

    static func check(_ case: Case) {
        let trust = SenderTrust(checks: `case`.checks, authentication: `case`.mode, own: Town.own)
        let judgement = trust.judge(`case`.facts, Town.directory())
        #expect(judgement.verdict == `case`.verdict)
        #expect(judgement.reason == `case`.reason)
        #expect(!judgement.because.isEmpty)
        #expect(!judgement.steps.isEmpty)
    }

    @Test(
        "F29: one From field with one address, or it is against",
        arguments: [
            Case("no From", from: [], fromFields: 0, border("dmarc=pass"), .against, .noFrom),
            Case(
                "two addresses", from: ["kate@smith.example", "eve@evil.example"],
                border("dmarc=pass header.from=smith.example"), .against, .severalFrom),
            Case(
                "two fields", fromFields: 2, border("dmarc=pass header.from=smith.example"), .against,
                .severalFrom),
            Case(
                "a group", [("From", "Friends: kate@smith.example;")] + border("dmarc=pass"), .against,
                .severalFrom),
            Case(
                "a colon in quotes is no group",
                [("From", "\"Kate: Smith\" <kate@smith.example>")] + border("dmarc=pass"), .proven, .dmarcPass
            ),
            Case(
                "a colon in a comment is no group",
                [("From", "kate@smith.example (note: private)")] + border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "a quote within a comment hides no group",
                [("From", "(\" \") Friends: kate@smith.example;")] + border("dmarc=pass"), .against,
                .severalFrom),
            Case(
                "two addresses in angle brackets, of which a reader sees one",
                [("From", "<kate@smith.example> <eve@evil.example>")] + border("dmarc=pass"), .against,
                .severalFrom),
            Case(
                "angle brackets in quotes are a name",
                [("From", "\"<Kate>\" <kate@smith.example>")] + border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "two addresses, even with checks off", from: ["kate@smith.example", "eve@evil.example"], [],
                mode: .off, .against, .severalFrom),
        ])
    func f29_from(_ case: Case) { Self.check(`case`) }

    @Test(
        "the border's results prove it",
        arguments: [
            Case("dmarc=pass", border("dmarc=pass (p=NONE) header.from=smith.example"), .proven, .dmarcPass),
            Case("dmarc=pass without saying for whom", border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "dmarc=pass for a subdomain in From", from: ["kate@mail.smith.example"],
                border("dmarc=pass header.from=mail.smith.example"), .proven, .dmarcPass),
            Case(
                "dmarc=pass, header.from as an address",
                border("dmarc=pass header.from=kate@smith.example"), .proven, .dmarcPass),
            Case(
                "dmarc=pass of an international domain", from: ["a@müller.example"],
                border("dmarc=pass header.from=xn--mller-kva.example"), .proven, .dmarcPass),
            Case(
                "spf=pass with smtp.mailfrom aligned",
                border("spf=pass smtp.mailfrom=bounce@mail.smith.example smtp.helo=x"), .proven, .spfAligned),
            Case(
                "dkim=pass with header.d aligned", border("dkim=pass header.d=smith.example"), .proven,
                .dkimAligned),
            Case(
                "two signatures, one of them aligned",
                border("dkim=pass header.d=esp.example; dkim=pass header.d=smith.example"), .proven,
                .dkimAligned),
            Case(
                "one field per method",
                [
                    ("Authentication-Results", "mx.firm.example; spf=none smtp.mailfrom=x.example"),
                    ("Authentication-Results", "mx.firm.example; dkim=none"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass header.from=smith.example"),
                    border,
                ], .proven, .dmarcPass),
            Case(
                "Received fields of hops within stand above",
                [
                    ("Received", "from mx.firm.example ([10.0.0.2]) by imap.firm.example with LMTP; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass header.from=smith.example"),
                    border,
                ], .proven, .dmarcPass),
            Case(
                "other trace fields between are nothing",
                [
                    ("Return-Path", "<kate@smith.example>"), ("Delivered-To", "office@firm.example"),
                    ("X-Spam", "no"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass header.from=smith.example"),
                    ("Received-SPF", "pass"), border,
                ], .proven, .dmarcPass),
            Case(
                "the id is compared without case",
                [
                    ("Authentication-Results", "MX.Firm.Example; dmarc=pass"), border,
                ], .proven, .dmarcPass),
            Case(
                "a star within a label",
                [
                    ("Authentication-Results", "mx3.firm.example; dmarc=pass"), border,
                ], checks: .servers([AuthservPattern("mx*.firm.example")!]), .proven, .dmarcPass),
            Case(
                "nothing that never travelled was written outside",
                [("Authentication-Results", "mx.firm.example; dmarc=pass")], .proven, .dmarcPass),
        ])
    func proven(_ case: Case) { Self.check(`case`) }

    @Test(
        "F29: what proves nothing leaves it open",
        arguments: [
            Case("nothing at all", [border], .open, .nothingSaid),
            Case("the server writes none", border("dmarc=pass"), checks: .none, .open, .noChecks),
            Case("an empty list of servers", border("dmarc=pass"), checks: .servers([]), .open, .noChecks),
            Case(
                "dmarc=pass for another domain", border("dmarc=pass header.from=evil.example"), .open,
                .notAligned),
            Case(
                "dmarc=pass for the organisation's other domain is not From's",
                border("dmarc=pass header.from=mail.smith.example"), .open, .notAligned),
            Case(
                "spf=pass for another's envelope", border("spf=pass smtp.mailfrom=evil.example"), .open,
                .notAligned),
            Case(
                "spf=pass of a HELO name is never proof",
                border("spf=pass smtp.helo=smith.example"), .open, .notAligned),
            Case("spf=pass of the null sender", border("spf=pass smtp.mailfrom=<>"), .open, .notAligned),
            Case("dkim=pass of another", border("dkim=pass header.d=evil.example"), .open, .notAligned),
            Case(
                "dkim=pass without header.d", border("dkim=pass header.i=@smith.example"),
                .open, .notAligned),
            Case(
                "a domain that ends alike is another's",
                border("dkim=pass header.d=evil-smith.example"), .open, .notAligned),
            Case(
                "one under the same public suffix is another's", from: ["a@one.co.uk"],
                border("dkim=pass header.d=two.co.uk"), .open, .notAligned),
            Case("spf=softfail", border("spf=softfail smtp.mailfrom=smith.example"), .open, .notAligned),
            Case("dkim=fail", border("dkim=fail header.d=smith.example"), .open, .notAligned),
            Case(
                "dmarc=fail where the domain asks for nothing",
                border("dmarc=fail (p=NONE) header.from=smith.example"),
                .open, .dmarcNotPassed),
            Case(
                "dmarc=fail and nobody says what the domain asks for",
                border("dmarc=fail header.from=smith.example"),
                .open, .dmarcNotPassed),
            Case(
                "dmarc=none decides against spf",
                border("dmarc=none header.from=smith.example; spf=pass smtp.mailfrom=smith.example"), .open,
                .dmarcNotPassed),
            Case(
                "dmarc=temperror decides against dkim",
                border("dmarc=temperror; dkim=pass header.d=smith.example"), .open, .dmarcNotPassed),
            Case(
                "dmarc=fail decides against spf and dkim",
                border(
                    "dmarc=fail (p=none); spf=pass smtp.mailfrom=smith.example;"
                        + " dkim=pass header.d=smith.example"
                ),
                .open, .dmarcNotPassed),
            Case(
                "bestguesspass is Microsoft's word alone",
                border("dmarc=bestguesspass header.from=smith.example"),
                .open, .dmarcNotPassed),
            Case("arc=pass is no proof yet", border("arc=pass header.oldest-pass=0"), .open, .notAligned),
            Case(
                "a result in a comment is none", border("spf=none (dmarc=pass header.from=smith.example)"),
                .open, .notAligned),
            Case("a field we can't read", border("dmarc=pass reason=\"unfinished"), .open, .nothingSaid),
            Case(
                "version 2 is another language",
                [("Authentication-Results", "mx.firm.example 2; dmarc=pass"), border], .open, .nothingSaid),
            Case(
                "a field without an id is nobody's",
                [("Authentication-Results", "dmarc=pass header.from=smith.example"), border], .open,
                .nothingSaid),
            Case(
                "ARC's own field is no Authentication-Results",
                [("ARC-Authentication-Results", "i=1; mx.firm.example; dmarc=pass"), border], .open,
                .nothingSaid),
        ])
    func f29_open(_ case: Case) { Self.check(`case`) }

    @Test(
        "F29: a method that says two things says nothing",
        arguments: [
            Case("dmarc twice, differently", border("dmarc=pass; dmarc=fail (p=none)"), .open, .notAligned),
            Case(
                "dmarc in two fields, differently: then spf is asked",
                [
                    ("Authentication-Results", "mx.firm.example; dmarc=fail (p=reject)"),
                    (
                        "Authentication-Results",
                        "mx.firm.example; dmarc=pass; spf=pass smtp.mailfrom=smith.example"
                    ),
                    border,
                ], .proven, .spfAligned),
            Case(
                "dmarc twice alike", border("dmarc=pass; dmarc=pass header.from=smith.example"), .proven,
                .dmarcPass),
            Case(
                "dmarc twice alike, about two domains",
                border("dmarc=pass header.from=smith.example; dmarc=pass header.from=evil.example"), .open,
                .notAligned),
            Case(
                "dkim twice, differently",
                border("dkim=pass header.d=smith.example; dkim=fail header.d=smith.example"),
                .open, .notAligned),
            Case(
                "spf twice, differently",
                border("spf=pass smtp.mailfrom=smith.example; spf=fail smtp.mailfrom=smith.example"), .open,
                .notAligned),
        ])
    func f29_twice(_ case: Case) { Self.check(`case`) }

    @Test(
        "F29: the domain says it isn't so",
        arguments: [
            Case(
                "p=reject", border("dmarc=fail (p=REJECT sp=REJECT dis=NONE) header.from=smith.example"),
                .against, .dmarcFail),
            Case(
                "p=quarantine", border("dmarc=fail (p=quarantine dis=none) header.from=smith.example"),
                .against, .dmarcFail),
            Case(
                "sp=reject of a subdomain", from: ["kate@mail.smith.example"],
                border("dmarc=fail (p=NONE sp=REJECT) header.from=mail.smith.example"), .against, .dmarcFail),
            Case(
                "sp=reject is not for the domain itself",
                border("dmarc=fail (p=NONE sp=REJECT) header.from=smith.example"), .open, .dmarcNotPassed),
            Case(
                "as a property", border("dmarc=fail header.from=smith.example policy.dmarc=reject"), .against,
                .dmarcFail),
            Case(
                "spf=pass changes nothing",
                border("dmarc=fail (p=reject); spf=pass smtp.mailfrom=smith.example"), .against, .dmarcFail),
        ])
    func f29_against(_ case: Case) { Self.check(`case`) }

    @Test(
        "the administrator chooses how strict to be",
        arguments: [
            Case("off: everything counts as proven", [], mode: .off, .proven, .switchedOff),
            Case(
                "off: even what the domain disowns", border("dmarc=fail (p=reject)"), mode: .off, .proven,
                .switchedOff),
            Case(
                "strict: open stays open, and is held when filing", [border], mode: .strict, .open,
                .nothingSaid),
            Case("strict: proven is proven", border("dmarc=pass"), mode: .strict, .proven, .dmarcPass),
        ])
    func modes(_ case: Case) { Self.check(`case`) }

    @Test(
        "behind a list of our own, whom it names is open at most",
        arguments: [
            Case(
                "a group that rewrote From", from: ["'Kate' via info <info@firm.example>"],
                [("List-ID", "<info.firm.example>"), ("X-Original-From", "Kate <kate@smith.example>")]
                    + border("dmarc=pass header.from=firm.example"), .open, .ownList),
            Case(
                "a group that says it in Reply-To", from: ["info@firm.example"],
                [("List-Id", "info <info.firm.example>")] + border("dmarc=pass"),
                replyTo: ["kate@smith.example"], .open,
                .ownList),
            Case(
                "another's list is no list of ours", from: ["info@firm.example"],
                [("List-Id", "<x.evil.example>"), ("X-Original-From", "kate@smith.example")]
                    + border("dmarc=pass"),
                .proven, .dmarcPass),
            Case(
                "a forged list is against all the same", from: ["info@firm.example"],
                [("List-Id", "<info.firm.example>"), ("X-Original-From", "kate@smith.example")]
                    + border("dmarc=fail (p=reject)"), .against, .dmarcFail),
        ])
    func ownList(_ case: Case) { Self.check(`case`) }

    @Test("a message is proven if any of its originals is")
    func originals() {
        #expect(Verdict.of(originals: [.open, .against, .proven]) == .proven)
        #expect(Verdict.of(originals: [.open, .against]) == .against)
        #expect(Verdict.of(originals: [.open]) == .open)
        #expect(Verdict.of(originals: []) == .open)
    }

    @Test(
        "sender_checks takes a star within one label, below the organisation",
        arguments: [
            ("mx.firm.example", true), ("mx*.firm.example", true), ("*.firm.example", true),
            ("*.example", false),
            ("*", false), ("mx.*", false), ("mx.f*rm.example", false), ("", false), ("*.co.uk", false),
            ("gateway", true),
            ("a b", false),
        ])
    func patterns(_ text: String, _ isPattern: Bool) { #expect((AuthservPattern(text) != nil) == isPattern) }

    @Test("explains itself step by step")
    func steps() {
        let trust = SenderTrust(checks: Self.ours, own: Town.own)
        let judgement = trust.judge(Town.facts(fields: Self.border("dmarc=pass")), Town.directory())
        #expect(
            judgement.steps.map(\.rule)
                == ["sender.from", "sender.look_alike", "sender.authentication_results", "sender.dmarc"])
        #expect(judgement.steps.map(\.decided) == [false, false, false, true])
    }
}
