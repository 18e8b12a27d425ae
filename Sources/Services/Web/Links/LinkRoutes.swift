internal import HTTP
internal import Mailroom

extension StaffRoutes {
    /// The pages of links: for whoever has one, from everywhere, without signing in.
    mutating func addLinkPages() {
        open(.get, "/u/:token") { [site] in try await LinkDoor(site, $0).look() }
        open(.post, "/u/:token/files", bodyLimit: LinkUploadForm.bodyLimit) { [site] in
            try await LinkDoor(site, $0).take()
        }
        open(.post, "/u/:token/decline", bodyLimit: 16 << 10) { [site] in
            try await LinkDoor(site, $0).decline()
        }
        open(.post, "/u/:token/done", bodyLimit: 16 << 10) { [site] in try await LinkDoor(site, $0).finish() }
        open(.post, "/u/:token/opened", bodyLimit: 16 << 10) { [site] in
            try await LinkDoor(site, $0).opened()
        }
        open(.post, "/u/:token/renew", bodyLimit: 16 << 10) { [site] in try await LinkDoor(site, $0).renew() }
    }
}
