import Mail
import Testing
import Text

@testable import Mailroom

/// Proof that is none, and mail made to be misread.
extension SenderTrustTests {
    static func signature(_ tags: String) -> (String, String) {
        ("DKIM-Signature", "v=1; a=rsa-sha256; \(tags)")
    }

    @Test(
        "F29: a weak signature is no proof",
        arguments: [
            Case(
                "l= leaves room for additions",
                border("dkim=pass header.d=smith.example") + [
                    signature("d=smith.example; h=from:to; l=100; b=AbC")
                ],
                .open, .weakSignature),
            Case(
                "From is not covered",
                border("dkim=pass header.d=smith.example") + [
                    signature("d=smith.example; h=to:subject; b=AbC")
                ], .open,
                .weakSignature),
            Case(
                "a key of 512 bits", border("dkim=pass (512-bit key; insecure) header.d=smith.example"),
                .open,
                .weakSignature),
            Case(
                "a key of 1024 bits", border("dkim=pass (1024-bit key) header.d=smith.example"), .proven,
                .dkimAligned),
            Case(
                "a whole one",
                border("dkim=pass header.d=smith.example") + [
                    signature("d=smith.example; h=From:To; b=A bC")
                ],
                .proven, .dkimAligned),
            Case(
                "the weak one is another's",
                border("dkim=pass header.d=smith.example header.b=AbC") + [
                    signature("d=esp.example; h=from; l=1; b=XyZ"),
                    signature("d=smith.example; h=from; b=AbCdef"),
                ], .proven, .dkimAligned),
            Case(
                "of two, header.b says which",
                border("dkim=pass header.d=smith.example header.b=AbC") + [
                    signature("d=smith.example; h=from; l=1; b=XyZ"),
                    signature("d=smith.example; h=from; b=AbCdef"),
                ], .proven, .dkimAligned),
            Case(
                "of two, header.s says which",
                border("dkim=pass header.d=smith.example header.s=two") + [
                    signature("d=smith.example; s=one; h=from; b=1"),
                    signature("d=smith.example; s=two; h=from; l=1; b=2"),
                ], .open, .weakSignature),
            Case(
                "dmarc=pass that rests on it",
                border("dmarc=pass header.from=smith.example; dkim=pass header.d=smith.example; spf=fail")
                    + [signature("d=smith.example; h=from; l=100; b=AbC")], .open, .weakSignature),
            Case(
                "dmarc=pass, and a strong-looking signature that nobody verified",
                border("dmarc=pass header.from=smith.example") + [
                    signature("d=smith.example; h=from; l=100; b=AbC"),
                    signature("d=smith.example; h=from; b=forged"),
                ], .open, .weakSignature),
            Case(
                "dmarc=pass that rests on spf",
                border("dmarc=pass header.from=smith.example; spf=pass smtp.mailfrom=smith.example")
                    + [signature("d=smith.example; h=from; l=100; b=AbC")], .proven, .dmarcPass),
        ])
    func f29_weak(_ case: Case) { Self.check(`case`) }

    @Test(
        "F29: what is made to be misread is against",
        arguments: [
            Case(
                "a homoglyph of a contact's domain", from: ["kate@srnith.example"], border("dmarc=pass"),
                .against, .lookAlike),
            Case(
                "one in a subdomain", from: ["kate@mail.b0lt.example"], border("dmarc=pass"), .against,
                .lookAlike),
            Case("Cyrillic letters", from: ["bert@bоlt.example"], border("dmarc=pass"), .against, .lookAlike),
            Case(
                "Cyrillic letters as A-labels", from: ["bert@xn--blt-sed.example"], border("dmarc=pass"),
                .against, .lookAlike),
            Case(
                "the contact itself is no look-alike", from: ["bert@bolt.example"], border("dmarc=pass"),
                .proven, .dmarcPass),
            Case(
                "nor is a colleague at the contact's domain", from: ["eve@bolt.example"],
                border("dmarc=pass"), .proven,
                .dmarcPass),
            Case("nor a stranger", from: ["a@other.example"], border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "free-mail is never compared", from: ["bert.bolt@gmai1.com"],
                border("dmarc=pass header.from=gmai1.com"),
                .proven, .dmarcPass),
            Case(
                "another's address in the name", from: ["kate@smith.example <eve@evil.example>"],
                border("dmarc=pass"),
                .against, .otherAddressInName),
            Case(
                "in full-width letters", from: ["kate＠smith.example <eve@evil.example>"],
                border("dmarc=pass"),
                .against, .otherAddressInName),
            Case(
                "the same organisation's is nothing", from: ["kate@mail.evil.example <eve@evil.example>"],
                border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "a contact may call himself what he likes", from: ["bert@bolt.example <bert.bolt@gmail.com>"],
                border("dmarc=pass"), .proven, .dmarcPass),
            Case(
                "an at sign alone is no address", from: ["Kate @ Work <eve@evil.example>"],
                border("dmarc=pass"), .proven, .dmarcPass),
        ])
    func f29_disguise(_ case: Case) { Self.check(`case`) }
}
