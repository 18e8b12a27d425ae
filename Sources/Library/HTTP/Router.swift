/// Who answers what: the table of everything that can be asked for.
///
/// HEAD is answered by GET's route. What no route is for gets 404, or 405
/// with the methods there are.
package struct Router: Sendable {
    /// A page for what went wrong; the error is nil where there simply is no such thing.
    package typealias Failure = @Sendable (Status, (any Error)?, Request) async -> Response

    package private(set) var routes: [Route] = []
    private let failure: Failure
    private let wrap: @Sendable (Request, Route.Handler) async throws -> Response

    /// - Parameters:
    ///   - failure: makes the page that says so.
    ///   - wrap: stands around every handler: who asks, and may they?
    package init(
        failure: @escaping Failure = { status, _, _ in Router.plain(status) },
        around wrap: @escaping @Sendable (Request, Route.Handler) async throws -> Response = {
            request, handler in try await handler(request)
        }
    ) {
        self.failure = failure
        self.wrap = wrap
    }

    /// - Parameter bodyLimit: octets of content; zero for what takes none.
    package mutating func on(
        _ method: Method, _ pattern: RoutePattern, bodyLimit: Int = 0, _ handler: @escaping Route.Handler
    ) {
        let isNew = !routes.contains { $0.method == method && $0.pattern == pattern }
        precondition(isNew, "\(method) \(pattern) is there already")
        let route = Route(method: method, pattern: pattern, bodyLimit: bodyLimit, handler: handler)
        let index = routes.firstIndex { route.pattern.order.lexicographicallyPrecedes($0.pattern.order) }
        routes.insert(route, at: index ?? routes.count)
    }

    package mutating func get(_ pattern: RoutePattern, _ handler: @escaping Route.Handler) {
        on(.get, pattern, handler)
    }

    package mutating func post(
        _ pattern: RoutePattern, bodyLimit: Int = 64 << 10, _ handler: @escaping Route.Handler
    ) {
        on(.post, pattern, bodyLimit: bodyLimit, handler)
    }

    /// Octets of content that may follow; nil where no route is for it.
    func bodyLimit(_ method: Method, _ path: RequestPath) -> Int? { find(method, path)?.route.bodyLimit }

    /// Answers whatever comes: a handler's error becomes a page.
    package func answer(_ request: Request) async -> Response {
        guard let (route, values) = find(request.method, request.path) else {
            return await refuse(request)
        }
        var request = request
        request.parameters = values
        do {
            return try await wrap(request, route.handler)
        } catch let error as HTTPError {
            return await failure(error.status, error, request)
        } catch {
            return await failure(.internalServerError, error, request)
        }
    }

    func takes(_ request: Request) -> Bool { find(request.method, request.path) != nil }

    /// What was refused before a handler saw it.
    func refuse(_ status: Status, _ request: Request) async -> Response {
        await failure(status, nil, request)
    }

    private func refuse(_ request: Request) async -> Response {
        let methods = routes.filter { $0.pattern.match(request.path) != nil }.map(\.method)
        guard !methods.isEmpty else { return await failure(.notFound, nil, request) }
        var names = Set(methods.map(\.name))
        if methods.contains(.get) { names.insert(Method.head.name) }
        var response = await failure(.methodNotAllowed, nil, request)
        response.headers.set("allow", HeaderValue(names.sorted().joined(separator: ", ")))
        return response
    }

    private func find(_ method: Method, _ path: RequestPath) -> (route: Route, values: [String: String])? {
        let method = method == .head ? .get : method
        for route in routes where route.method == method {
            if let values = route.pattern.match(path) { return (route, values) }
        }
        return nil
    }

    /// A reply of one line, in English: for machines, and for what is no request.
    package static func plain(_ status: Status) -> Response {
        let words: String =
            switch status {
            case .badRequest: "This is not a request that can be understood."
            case .notFound: "There is nothing here."
            case .methodNotAllowed: "This cannot be asked here."
            case .requestTimeout: "This came too slowly."
            case .lengthRequired: "The length of the content must be told."
            case .contentTooLarge: "This is too large."
            case .unsupportedMediaType: "This kind of content is not taken here."
            case .misdirectedRequest: "This server has another name."
            case .tooManyRequests: "These are too many requests."
            case .serviceUnavailable: "This does not work just now."
            default: "Something went wrong."
            }
        return .text("\(status.code) \(words)\n", status)
    }
}
