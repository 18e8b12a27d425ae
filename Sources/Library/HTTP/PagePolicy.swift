/// What a browser may do with a reply: Content-Security-Policy and its kin.
///
/// Everything is forbidden that is not named. Pages say which of the policies
/// below they have; none writes a policy's text itself.
package struct PagePolicy: Hashable, Sendable {
    private let contentSecurity: HeaderValue
    private let isPrivate: Bool

    private init(_ directives: [String], isPrivate: Bool = true) {
        guard let value = HeaderValue(directives.joined(separator: "; ")) else {
            preconditionFailure("a policy is ASCII")
        }
        contentSecurity = value
        self.isPrivate = isPrivate
    }

    /// Staff's pages and clients': our own scripts, styles and pictures, nobody else's.
    package static let page = PagePolicy([
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-src 'self'", "frame-ancestors 'none'",
        "base-uri 'none'", "manifest-src 'self'", "require-trusted-types-for 'script'",
    ])

    /// Our own assets, kept for ever by whoever has them.
    package static let asset = PagePolicy(["default-src 'none'"], isPrivate: false)

    /// A stranger's HTML in a frame: it can show itself, and nothing else.
    ///
    /// - Parameter remotePictures: whether the reader has asked for the pictures of strangers' servers.
    package static func mailFrame(remotePictures: Bool) -> PagePolicy {
        PagePolicy([
            "default-src 'none'", "style-src 'unsafe-inline'",
            "img-src 'self' data:" + (remotePictures ? " https:" : ""), "form-action 'none'",
            "frame-ancestors 'self'", "base-uri 'none'",
            "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
        ])
    }

    /// A stranger's file: shown in an origin of its own, without scripts, if at all.
    package static let download = PagePolicy(["default-src 'none'", "frame-ancestors 'self'", "sandbox"])

    func apply(to headers: inout Headers) {
        headers.set("content-security-policy", contentSecurity)
        headers.set("x-content-type-options", "nosniff")
        headers.set("referrer-policy", "no-referrer")
        headers.set("cross-origin-opener-policy", "same-origin")
        headers.set("cross-origin-resource-policy", "same-origin")
        headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()")
        headers.set("cache-control", isPrivate ? "no-store" : "public, max-age=31536000, immutable")
    }
}

extension Response {
    package func under(_ policy: PagePolicy) -> Response {
        var response = self
        policy.apply(to: &response.headers)
        return response
    }
}
