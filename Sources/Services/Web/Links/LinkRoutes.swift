internal import HTTP
internal import Mailroom

extension StaffRoutes {
    /// The pages of links: for whoever has one, from everywhere, without signing in.
    mutating func addLinkPages() {
        open(.get, "/u/:token") { [site] in try await LinkDoor(site, $0).look() }
        open(.get, "/u/:token/documents/:id") { [site] in
            try await LinkDoor(site, $0).document { try await $0.look() }
        }
        open(.get, "/u/:token/documents/:id/file") { [site] in
            try await LinkDoor(site, $0).document { try await $0.file() }
        }
        open(.get, "/u/:token/documents/:id/picture") { [site] in
            try await LinkDoor(site, $0).document { try await $0.picture() }
        }
        open(.post, "/u/:token/files", bodyLimit: FormFile.bodyLimit) { [site] in
            try await LinkDoor(site, $0).take()
        }
        open(.post, "/u/:token/decline", bodyLimit: 16 << 10) { [site] in
            try await LinkDoor(site, $0).decline()
        }
        open(.post, "/u/:token/done", bodyLimit: 16 << 10) { [site] in try await LinkDoor(site, $0).finish() }
        open(.post, "/u/:token/opened", bodyLimit: 16 << 10) { [site] in
            try await LinkDoor(site, $0).opened()
        }
        for pattern in ["/u/:token/tus", "/u/:token/tus/:id"] as [RoutePattern] {
            open(.options, pattern) { [site] _ in TusReply.options(site.settings.clients) }
        }
        open(.post, "/u/:token/tus") { [site] in try await LinkDoor(site, $0).tus { try await $0.create() } }
        open(.get, "/u/:token/tus/:id") { [site] in
            try await LinkDoor(site, $0).tus { try await $0.offset() }
        }
        open(.patch, "/u/:token/tus/:id", bodyLimit: FormFile.bodyLimit) { [site] in
            try await LinkDoor(site, $0).tus { try await $0.append() }
        }
        open(.delete, "/u/:token/tus/:id") { [site] in
            try await LinkDoor(site, $0).tus { try await $0.terminate() }
        }
        open(.post, "/u/:token/renew", bodyLimit: 16 << 10) { [site] in try await LinkDoor(site, $0).renew() }
    }
}
