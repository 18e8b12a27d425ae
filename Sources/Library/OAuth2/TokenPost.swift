extension TokenEndpoint {
    /// Sends forms over HTTPS; plain HTTP goes to this machine alone.
    package static let https: Post = { (url, form, doing) async throws(OAuth2Error) -> EndpointAnswer in
        throw OAuth2Error(.network, doing: doing, words: "no HTTPS")
    }
}
