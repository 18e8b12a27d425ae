internal import Crypto
internal import HTTP
internal import Mail

/// A file that is built into the binary: under a name that changes with its content, kept for ever.
package struct Asset: Sendable {
    package let path: String
    private let type: HeaderValue
    private let octets: [UInt8]
    private let packed: [UInt8]?

    fileprivate init(_ name: String, _ ending: String, _ type: HeaderValue, _ octets: [UInt8]) {
        let hash = SHA256.digest(of: octets).octets.prefix(6).map { octet in
            (octet < 16 ? "0" : "") + String(octet, radix: 16)
        }
        path = "/assets/\(name).\(hash.joined()).\(ending)"
        self.type = type
        self.octets = octets
        packed = Compression.gzip(octets, level: 9)
    }

    /// A style that is made for one firm.
    init(style name: String, _ text: String) {
        self.init(name, "css", "text/css; charset=utf-8", Array(text.utf8))
    }

    func response(to request: HTTP.Request) -> Response {
        let isPacked = packed != nil && Compression.takesGzip(request)
        var response = Response(type: type, isPacked ? packed ?? octets : octets).under(.asset)
        response.headers.add("vary", "accept-encoding")
        if isPacked { response.headers.set("content-encoding", "gzip") }
        return response
    }
}

/// Styles, scripts and drawings of the pages.
package enum Assets {
    /// One style: the house's, then the areas'.
    package static let style = Asset(
        "mailroom", "css", "text/css; charset=utf-8",
        [
            PackageResources.app_css, PackageResources.inbox_css, PackageResources.message_css,
            PackageResources.body_css,
            PackageResources.accounts_css, PackageResources.asking_css, PackageResources.triage_css,
            PackageResources.search_css, PackageResources.settings_css, PackageResources.links_css,
            PackageResources.clients_css,
        ].reduce([], +))
    package static let icons = Asset("icons", "svg", "image/svg+xml", PackageResources.icons_svg)
    package static let live = script("live", PackageResources.live_js)
    package static let inbox = script("inbox", PackageResources.inbox_js)
    package static let body = script("body", PackageResources.body_js)
    package static let message = script("message", PackageResources.message_js)
    package static let accounts = script("accounts", PackageResources.accounts_js)
    package static let asking = script("asking", PackageResources.asking_js)
    package static let triage = script("triage", PackageResources.triage_js)
    package static let search = script("search", PackageResources.search_js)
    package static let settings = script("settings", PackageResources.settings_js)

    package static let upload = script(
        "upload", PackageResources.sending_js + PackageResources.upload_js)
    package static let opened = script("opened", PackageResources.opened_js)

    private static let all = [
        style, icons, live, inbox, message, body, accounts, asking, triage, search, settings, upload,
        opened,
    ]
    private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

    /// An old page may ask for the file of an old version: it is told there is none, and reloads.
    static func answer(_ request: HTTP.Request) -> Response? {
        byPath[request.path.description]?.response(to: request)
    }

    private static func script(_ name: String, _ octets: [UInt8]) -> Asset {
        Asset(name, "js", "text/javascript; charset=utf-8", octets)
    }
}
