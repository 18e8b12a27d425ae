import Mail
import SMTP
import Synchronization
import TestServers

/// What the tests send, and how.
enum Post {
    static func address(_ text: String) -> EmailAddress { EmailAddress(text)! }

    static func octets(_ number: Int, body: String = "hello\r\n") -> [UInt8] {
        // All that a server would add where it is missing.
        let header =
            "From: office@firm.example\r\nTo: kate@client.example\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
            + "Subject: letter \(number)\r\nMessage-ID: <\(number)@firm.example>"
        return Array("\(header)\r\n\r\n\(body)".utf8)
    }

    static func letter(
        _ octets: [UInt8] = octets(1), from: String? = "office@firm.example",
        to recipients: [String] = ["kate@client.example"], count: Int? = nil, needsSMTPUTF8: Bool = false,
        needs8BitMIME: Bool = false, piece: Int = 100_000
    ) -> OutgoingMessage {
        OutgoingMessage(
            reversePath: from.map(address), recipients: recipients.map(address),
            octetCount: count ?? octets.count, needsSMTPUTF8: needsSMTPUTF8, needs8BitMIME: needs8BitMIME
        ) { sink in
            var place = 0
            while place < octets.count {
                let end = min(place + piece, octets.count)
                sink(octets.span.extracting(place..<end))
                place = end
            }
        }
    }

    static func endpoint(
        _ port: UInt16, _ security: SMTPEndpoint.Security = .plain, host: String = "127.0.0.1",
        caFile: String? = nil, connectSeconds: Int = 10, transactionSeconds: Int = 10, answerSeconds: Int = 10
    ) -> SMTPEndpoint {
        SMTPEndpoint(
            host: host, port: port, security: security, ehloName: "firm.example", caFile: caFile,
            connectSeconds: connectSeconds, transactionSeconds: transactionSeconds,
            answerSeconds: answerSeconds)
    }
}

extension Submitter {
    func submit(_ letter: OutgoingMessage, login: SMTPLogin = .none) async throws(SMTPError) -> Submission {
        try await submit(letter, login: login, beforeFinalDot: {})
    }
}

extension Submission {
    /// `accepted 250`, `refused 550`, `unknown closed`: one for each recipient.
    var summary: [String] {
        recipients.map { recipient in
            switch recipient.outcome {
            case .accepted(let reply): "accepted \(reply.code)"
            case .refused(let reply): "refused \(reply.code)"
            case .unknown(let error): "unknown \(error.code)"
            }
        }
    }
}

/// Counts calls from any thread.
final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}
