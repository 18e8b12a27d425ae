internal import Crypto
internal import HTTP

/// What every reply of tus says.
enum TusReply {
    static func reply(_ status: Status) -> Response {
        var response = Response(status)
        response.headers.set("tus-resumable", "1.0.0")
        return response.under(.page)
    }

    /// - Parameter reason: a word that the page's script says as a sentence.
    static func refused(_ status: Status, _ reason: String) -> Response {
        var response = Response.text(reason, status).under(.page)
        response.headers.set("tus-resumable", "1.0.0")
        return response
    }

    static func options(_ clients: ClientSettings) -> Response {
        var response = reply(.noContent)
        response.headers.set("tus-version", "1.0.0")
        response.headers.set("tus-extension", "creation,termination,expiration")
        response.headers.set("tus-max-size", HeaderValue(clients.largestFile))
        return response
    }
}

/// `Upload-Metadata`: names, each with its value in base64.
struct TusMetadata {
    private let values: [String: String]

    init(_ text: String) {
        var values: [String: String] = [:]
        for pair in text.prefix(8192).split(separator: ",").prefix(20) {
            let halves = pair.split(separator: " ", omittingEmptySubsequences: true)
            guard let name = halves.first, halves.count < 3 else { continue }
            let encoded = (halves.count == 2 ? halves[1] : "").map { character -> Character in
                character == "+" ? "-" : character == "/" ? "_" : character
            }
            let octets = Base64URL.decode(String(encoded.filter { $0 != "=" }))
            values[String(name)] = octets.flatMap { String(validating: $0, as: UTF8.self) }
        }
        self.values = values
    }

    subscript(name: String) -> String? { values[name] }
}
