internal import Curl
package import Workers

/// Asks web servers one question at a time: token endpoints, payment providers.
///
/// TLS is verified, always; redirects are not followed, for what is sent is
/// often a secret; an answer has a limit. Cancelling the task cuts it short.
package actor HTTPClient: WorkerActor {
    package nonisolated let worker: Worker
    /// PEM with the authorities to believe; nil for the system's.
    package nonisolated let caFile: String?
    /// The longest answer that is read, in octets.
    package static let largestAnswer = 1 << 20

    package init(caFile: String? = nil, pool: WorkerPool = .shared) {
        self.caFile = caFile
        worker = Worker(pool: pool)
    }

    /// - Parameter seconds: for all of it, from the name to the last octet.
    package func send(_ request: HTTPRequest, seconds: Int = 30) async throws(HTTPError) -> HTTPResponse {
        let stop = TransferStop()
        let result: Result<HTTPResponse, HTTPError> = await withTaskCancellationHandler {
            do throws(HTTPError) { return .success(try perform(request, seconds, stop)) } catch {
                return .failure(error)
            }
        } onCancel: {
            stop.stop()
        }
        return try result.get()
    }

    private func perform(
        _ request: HTTPRequest, _ seconds: Int, _ stop: TransferStop
    ) throws(HTTPError) -> HTTPResponse {
        guard let target = RequestTarget(request.url) else {
            throw HTTPError(
                .argument, doing: request.method.rawValue,
                words: "the address is no https://, nor http:// to this machine")
        }
        let doing = "\(request.method.rawValue) \(target.origin)"
        let transfer = Transfer()
        let answer = AnswerReader(limit: Self.largestAnswer)
        transfer.onHeader { answer.take(line: $0) }
        transfer.onBody { answer.take(body: $0) }
        transfer.set(.url, request.url)
        transfer.set(.protocols, target.scheme)
        if let caFile { transfer.set(.caFile, caFile) }
        // No second round trip to ask whether the body may come.
        var lines = ["Expect:"]
        for field in request.headerFields {
            guard Self.isSendable(field) else {
                throw HTTPError(.argument, doing: doing, words: "a header field cannot be sent as it is")
            }
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        transfer.set(.headerFields, lines)
        if request.method == .post {
            transfer.set(.post, 1)
            transfer.set(.postSize, request.body.count)
        }
        let deadline = ContinuousClock.now + .seconds(seconds)
        transfer.begin(stop)
        var step = transfer.drive(until: deadline)
        if case .hungry = step {
            step = transfer.feed(request.body.span, until: deadline)
            if case .hungry = step {
                transfer.finishUpload()
                step = transfer.drive(until: deadline)
            }
        }
        guard case .ended(let ending) = step else { preconditionFailure("a request has one body") }
        if answer.isTooLarge {
            throw HTTPError(.tooLarge, doing: doing, words: "the answer has more than \(answer.limit) octets")
        }
        guard ending.kind == .fine else { throw HTTPError(ending, doing: doing) }
        guard let response = answer.response else {
            throw HTTPError(.protocolViolation, doing: doing, words: "the answer has no status")
        }
        return response
    }

    /// RFC 9110 sections 5.1 and 5.5, and no white space at the ends.
    private static func isSendable(_ field: HTTPField) -> Bool {
        let isName =
            !field.name.isEmpty
            && field.name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        return isName && field.value.utf8.allSatisfy { (0x20...0x7e).contains($0) }
    }
}

/// Collects an answer as it comes.
private final class AnswerReader {
    let limit: Int
    private(set) var isTooLarge = false
    private var status: Int?
    private var fields: [HTTPField] = []
    private var headerOctets = 0
    private var body: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    var response: HTTPResponse? {
        status.map { HTTPResponse(status: $0, headerFields: fields, body: body) }
    }

    func take(line: [UInt8]) {
        headerOctets += line.count
        guard headerOctets <= 65_536 else { return }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // After a status of 1xx comes another: RFC 9110 section 15.2.
            fields = []
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) }
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            fields.append(HTTPField(String(text[..<colon]), Self.trimmed(value)))
        }
    }

    func take(body octets: [UInt8]) -> Bool {
        isTooLarge = isTooLarge || body.count + octets.count > limit
        if !isTooLarge { body += octets }
        return !isTooLarge
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
