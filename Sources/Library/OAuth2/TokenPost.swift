internal import HTTPClient

extension TokenEndpoint {
    /// Sends forms over HTTPS, each over a connection of its own; plain HTTP goes to this machine alone.
    ///
    /// | what is wrong | means |
    /// |---|---|
    /// | certificate | whoever answers is not the server |
    /// | address, an answer beyond all bounds | nothing that waiting mends |
    /// | anything else of the line | it comes back by itself |
    ///
    /// - Parameter caFile: PEM with the authorities to believe; nil for the system's.
    package static func https(caFile: String? = nil) -> Post {
        { (url, form, doing) async throws(OAuth2Error) -> EndpointAnswer in
            let request = HTTPRequest.post(
                url, contentType: "application/x-www-form-urlencoded", body: Array(form.utf8),
                headerFields: [HTTPField("Accept", "application/json")])
            do throws(HTTPError) {
                let answer = try await HTTPClient(caFile: caFile).send(request)
                return EndpointAnswer(
                    status: answer.status, retryAfter: answer.value(of: "Retry-After"), body: answer.body)
            } catch {
                let code: OAuth2Error.Code =
                    switch error.code {
                    case .certificate: .certificate
                    case .argument: .unusable
                    case .tooLarge: .malformed
                    case .dns, .connect, .tls, .timeout, .cancelled, .closed, .protocolViolation: .network
                    }
                throw OAuth2Error(code, doing: doing, words: "\(error)")
            }
        }
    }
}
