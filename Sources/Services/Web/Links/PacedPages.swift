internal import HTTP
internal import Mail
internal import Mailroom

/// The pages that anybody on the internet may ask for: each network at its pace.
///
/// Who asks too much is refused before anybody looks what it is, so that the
/// answer tells nothing; what turns out not to exist costs a great deal.
struct PacedPages: Sendable {
    private let site: Site

    /// Links and clients' pages. What staff ask for is theirs, and has its own.
    static let areas: Set<String> = ["u", "s", "client"]
    /// Octets: twice a piece of a file that our own page sends.
    private static let longestRefused = 8 << 20

    init(_ site: Site) { self.site = site }

    func answer(_ request: HTTP.Request, _ handler: Route.Handler) async throws -> Response {
        guard let area = request.path.segments.first, Self.areas.contains(area) else {
            return try await handler(request)
        }
        let response = try await paced(request, handler)
        // A refusal is heard by whoever has sent all of it: what they still send is read, if it is not too much.
        if response.status.code >= 400, request.body.length <= Self.longestRefused {
            while try await request.body.next() != nil {}
        }
        return response
    }

    private func paced(_ request: HTTP.Request, _ handler: Route.Handler) async throws -> Response {
        do {
            try site.pacer.admit(request, .of(request), now: site.now)
            let response = try await handler(request)
            if response.status == .gone || response.status == .notFound { punish(request) }
            return response
        } catch let error as PageError where error == .notFound {
            punish(request)
            throw error
        } catch let busy as LinkBusy {
            return busy.response(site, request)
        }
    }

    private func punish(_ request: HTTP.Request) { site.pacer.punish(request, now: site.now) }
}

extension LinkBusy {
    /// As a program that goes on after a cut understands it, or as a page.
    fileprivate func response(_ site: Site, _ request: HTTP.Request) -> Response {
        request.headers["tus-resumable"] == nil
            ? LinkBusyPage(site: site, request: request, seconds: seconds).response
            : TusReply.refused(.tooManyRequests, "busy").retryAfter(seconds)
    }
}

extension LinkPace.Deed {
    static func of(_ request: HTTP.Request) -> LinkPace.Deed {
        if request.method == .patch { return .piece(octets: request.body.length) }
        return request.method.isSafe ? .look : .change
    }
}
