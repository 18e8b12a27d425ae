import Mail
import Testing
import Text

@testable import Mailroom

/// Which Authentication-Results count at all.
extension SenderTrustTests {
    @Test(
        "F29: only what the border wrote counts",
        arguments: [
            Case(
                "a forged field below the border's Received",
                [
                    border,
                    ("Authentication-Results", "mx.firm.example; dmarc=pass header.from=smith.example"),
                ], .open, .nothingSaid),
            Case(
                "a forged one below, and a true one above",
                [
                    ("Authentication-Results", "mx.firm.example; dmarc=fail (p=reject)"), border,
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"),
                ], .against, .dmarcFail),
            Case(
                "a forged one with Received fields of its own",
                [
                    border, ("Authentication-Results", "mx.firm.example; dmarc=pass"),
                    ("Received", "from evil.example by mx.firm.example; x"),
                ], .open, .nothingSaid),
            Case(
                "another's id", [("Authentication-Results", "evil.example; dmarc=pass"), border], .open,
                .nothingSaid),
            Case(
                "an id that ends alike",
                [("Authentication-Results", "evil.mx.firm.example; dmarc=pass"), border], .open,
                .nothingSaid),
            Case(
                "an id that begins alike",
                [("Authentication-Results", "mx.firm.example.evil.example; dmarc=pass"), border], .open,
                .nothingSaid),
            Case(
                "a star is within one label",
                [("Authentication-Results", "mx.evil.firm.example; dmarc=pass"), border],
                checks: .servers([AuthservPattern("mx*.firm.example")!]), .open, .nothingSaid),
            Case(
                "another's on top ends the run",
                [
                    ("Authentication-Results", "filter.example; spf=pass"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "what can't be read ends the run",
                [
                    ("Authentication-Results", "mx.firm.example; dmarc"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger who says HELO with our name",
                [
                    ("Received", "from mx.firm.example (evil.example [203.0.113.6]) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger with our name and no name of his own",
                [
                    ("Received", "from mx.firm.example (unknown [203.0.113.6]) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger with our name and an address alone",
                [
                    ("Received", "from mx.firm.example ([203.0.113.6]) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger with our name, by qmail",
                [
                    ("Received", "from unknown (HELO mx.firm.example) (203.0.113.6) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger whose name is made up, as Sendmail notes",
                [
                    (
                        "Received",
                        "from mx.firm.example (mx.firm.example [203.0.113.6] (may be forged))"
                            + " by mx.firm.example"
                    ),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "a stranger who says he is localhost",
                [
                    ("Received", "from localhost (evil.example [203.0.113.6]) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .open, .nothingSaid),
            Case(
                "no border to be seen",
                [
                    ("Received", "from mx.firm.example by imap.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"),
                ], .open, .nothingSaid),
            Case(
                "the sender's server noted no from",
                [
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"),
                    ("Received", "by mail.smith.example with SMTP id 1; x"),
                ], .proven, .dmarcPass),
            Case(
                "forged below a hop that noted no from",
                [
                    ("Received", "by mail.smith.example with SMTP id 1; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"),
                ], .open, .nothingSaid),
            Case(
                "a content filter on the machine is within",
                [
                    ("Received", "from localhost (localhost [127.0.0.1]) by mx.firm.example; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .proven, .dmarcPass),
            Case(
                "a store of the hoster, by a private address",
                [
                    ("Received", "from mx6 ([10.202.2.200]) by compute5.internal (LMTPProxy); x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .proven, .dmarcPass),
            Case(
                "a hop between two of ours, looked up",
                [
                    (
                        "Received",
                        "from mx.firm.example (mx.firm.example [203.0.113.1])"
                            + " (using TLSv1.3 with cipher X) by imap.firm.example"
                    ),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .proven, .dmarcPass),
            Case(
                "a pickup on the machine is within",
                [
                    ("Received", "by mx.firm.example (Postfix, from userid 1000) id 1; x"),
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), border,
                ], .proven, .dmarcPass),
        ])
    func f29_border(_ case: Case) { Self.check(`case`) }

    static let frontDoor = (
        "Received",
        "from mail.smith.example (198.51.100.7) by AM7EUR06FT051.mail.protection.outlook.com (10.233.255.136)"
            + " with Microsoft SMTP Server; x"
    )
    static let within = (
        "Received",
        "from AM7EUR06FT051.eop-eur06.prod.protection.outlook.com (2603:10a6:209:84:cafe::21) by"
            + " AM6P194CA0044.outlook.office365.com (2603:10a6:209:84::21) with Microsoft SMTP Server; x"
    )

    @Test(
        "Microsoft writes no id",
        arguments: [
            Case(
                "above its front door's Received",
                [
                    within,
                    (
                        "Authentication-Results",
                        "spf=pass (sender IP is 198.51.100.7) smtp.mailfrom=smith.example;"
                            + " dkim=none (message not signed)"
                            + " header.d=none;dmarc=pass action=none header.from=smith.example;"
                            + "compauth=pass reason=100"
                    ), frontDoor,
                ], checks: .microsoft365, .proven, .dmarcPass),
            Case(
                "its best guess",
                [
                    ("Authentication-Results", "dmarc=bestguesspass action=none header.from=smith.example"),
                    frontDoor,
                ], checks: .microsoft365, .proven, .bestGuessPass),
            Case(
                "its action tells the policy",
                [
                    ("Authentication-Results", "dmarc=fail action=oreject header.from=smith.example"),
                    frontDoor,
                ], checks: .microsoft365, .against, .dmarcFail),
            Case(
                "no action was asked for",
                [
                    ("Authentication-Results", "dmarc=fail action=none header.from=smith.example"), frontDoor,
                ], checks: .microsoft365, .open, .dmarcNotPassed),
            Case(
                "forged below the front door",
                [
                    frontDoor, ("Authentication-Results", "dmarc=pass action=none header.from=smith.example"),
                ], checks: .microsoft365, .open, .nothingSaid),
            Case(
                "forged by another customer of Microsoft's, whose hosts have its names",
                [
                    (
                        "Received",
                        "from x.prod.outlook.com (203.0.113.6)"
                            + " by AM7EUR06FT051.mail.protection.outlook.com (10.0.0.1); x"
                    ), ("Authentication-Results", "dmarc=pass action=none header.from=smith.example"), border,
                ], checks: .microsoft365, .open, .nothingSaid),
            Case(
                "a field with an id is not Microsoft's",
                [
                    ("Authentication-Results", "mx.firm.example; dmarc=pass"), frontDoor,
                ], checks: .microsoft365, .open, .nothingSaid),
        ])
    func microsoft(_ case: Case) { Self.check(`case`) }
}
