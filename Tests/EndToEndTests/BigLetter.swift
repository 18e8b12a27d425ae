import Crypto
import Mail

/// A mail of so many megabytes with one attachment.
struct BigLetter {
    let octets: [UInt8]
    let attachment: SHA256Digest

    init(megabytes: Int) {
        var dice = Dice(seed: 7)
        // 57 octets are a line, so that blocks of whole lines can be put together.
        let first = Letter.pdf("big") + [UInt8](repeating: 32, count: 57 - Letter.pdf("big").count % 57)
        let block = (0..<57 * 1000 / 8).flatMap { _ in
            let number = dice.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
        }
        let text = Array(Base64.lines(block, width: 76, ending: "\n").utf8)
        var hash = SHA256()
        var octets = Array(
            """
            From: \(Firm.clients[0].name) <\(Firm.clients[0].address)>
            To: office@bergmann.example
            Subject: Scans of the year
            Date: Fri, 20 Nov 2026 08:00:00 +0100
            Message-ID: <big@letters.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_big"

            --=_big
            Content-Type: text/plain

            All of them.

            --=_big
            Content-Type: application/pdf; name="scans.pdf"
            Content-Disposition: attachment; filename="scans.pdf"
            Content-Transfer-Encoding: base64


            """.utf8)
        octets.reserveCapacity(megabytes << 20)
        octets += Base64.wrapped(first, width: 76, ending: [10], isLastEnded: true)
        hash.update(first)
        while octets.count + text.count < megabytes << 20 {
            octets += text
            hash.update(block)
        }
        octets += Array("--=_big--\n".utf8)
        self.octets = octets
        attachment = hash.finish()
    }
}
