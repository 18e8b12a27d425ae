package import HTTP
package import Secrets

extension Configuration {
    /// The pages of staff and of clients: where they are served, and to whom.
    package struct Web: Hashable, Sendable {
        /// Without a slash at its end; nil: letters have no links.
        package let publicURL: String?
        /// Empty: there are no pages, unless systemd holds a socket for them.
        package let listen: [ListenerAddress]
        /// Whose word about the visitor is believed.
        package let trustedProxies: [AddressRange]
        /// From where staff may sign in and work; empty: from everywhere.
        package let staffNetworks: [AddressRange]
        /// How long a session lasts without a click.
        package let staffSessionSeconds: Int
        /// Nil: nobody is signed in by a proxy.
        package let proxyHeader: ProxyHeader?

        /// A field in which a proxy names who has signed in with it.
        package struct ProxyHeader: Hashable, Sendable {
            /// What it must send along on an address that others reach too; nil: a Unix socket alone is believed.
            package let secret: SecretSource?
            package let name: HeaderName
            /// The field that carries the secret.
            package static let secretField: HeaderName = "x-mailroom-secret"
        }

        init(_ settings: Instance) {
            publicURL = settings.optionalText("public_url").map { url in
                url.hasSuffix("/") ? String(url.dropLast()) : url
            }
            listen = settings.texts("listen").compactMap { ListenerAddress($0) }
            trustedProxies = settings.texts("trusted_proxies").compactMap { AddressRange($0) }
            staffNetworks = settings.texts("staff_networks").compactMap { AddressRange($0) }
            staffSessionSeconds = settings.duration("staff_session")
            let secret = settings.isSet("staff_header_secret") ? settings.secret("staff_header_secret") : nil
            proxyHeader = settings.optionalText("staff_header").flatMap { HeaderName($0) }
                .map { ProxyHeader(secret: secret, name: $0) }
        }

        static let section = Section(
            name: "web", shape: .single, title: "Pages for staff and clients",
            text: "Where the staff's inbox is served, and where clients find the firm's pages.",
            settings: [
                Setting(
                    "public_url", .webAddress, example: "\"https://post.bergmann-stb.example\"",
                    """
                    What the links in letters begin with: `https://` and the name by which clients reach \
                    this machine. Without it a request can be answered by mail alone.
                    """),
                Setting(
                    "listen", .list(.listener), or: .texts(["127.0.0.1:8025"]),
                    """
                    The addresses and ports, or paths of Unix sockets, where pages are served, without TLS: the web \
                    server in front of them adds it. Sockets called `web` that systemd holds are used instead. \
                    With `[]` there are no pages. Whoever reaches a Unix socket is taken for the proxy.
                    """),
                Setting(
                    "trusted_proxies", .list(.network), or: .texts([]),
                    """
                    The web servers in front of the pages: addresses or networks such as `10.0.0.0/8`. \
                    Only they may say who the visitor is (`X-Forwarded-For`, `X-Forwarded-Proto`, \
                    `X-Forwarded-Host`). One that is missing here has all visitors counted as one.
                    """),
                Setting(
                    "staff_networks", .list(.network), or: .texts([]),
                    """
                    Serves the staff's pages to visitors from these networks alone: `["10.0.0.0/8"]`. \
                    Clients' pages are served to everybody.
                    """),
                Setting(
                    "staff_session", .duration(300...(30 * 86_400)), or: .duration(12 * 3_600),
                    "How long staff stay signed in without a click."),
                Setting(
                    "staff_header", .headerName, example: "\"X-Remote-User\"",
                    """
                    A header field in which the web server in front names who has signed in with it: a login \
                    of `mailroom user list`. The server must overwrite the field in every request. It is \
                    believed on a Unix socket, or with `staff_header_secret`; an address in \
                    `trusted_proxies` is not enough, for every program on that machine has it.
                    """),
                Setting(
                    "staff_header_secret", .secret, example: "{ credential = \"web-header\" }",
                    """
                    What the web server sends along with `staff_header`, in the field `X-Mailroom-Secret`, to show \
                    that it is the web server. Without it the field is believed on Unix sockets alone.
                    """),
            ])
    }
}
