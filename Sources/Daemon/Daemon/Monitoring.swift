package import HTTP

/// What monitoring asks: figures, and whether all is well.
package struct Monitoring: Sendable {
    /// One thing that must be in order for mail to be read and kept.
    package struct Check: Hashable, Sendable {
        package let name: String
        package let isGood: Bool
        /// A few words of ours; never a server's, which could name people.
        package let words: String

        package init(_ name: String, _ isGood: Bool, _ words: String) {
            self.name = name
            self.isGood = isGood
            self.words = words
        }
    }

    /// In Prometheus' text format.
    let figures: @Sendable () async throws -> String
    let checks: @Sendable () async throws -> [Check]

    package init(
        figures: @escaping @Sendable () async throws -> String,
        checks: @escaping @Sendable () async throws -> [Check]
    ) {
        self.figures = figures
        self.checks = checks
    }

    /// `/healthz`, `/readyz` and `/metrics`.
    package var router: Router {
        var router = Router()
        router.get("/healthz") { _ in .text("alive\n") }
        router.get("/readyz") { [checks] _ in
            do {
                let checks = try await checks()
                let text = checks.map { "\($0.name): \($0.words)\n" }.joined()
                return .text(text, checks.allSatisfy(\.isGood) ? .ok : .serviceUnavailable)
            } catch {
                return .text("database: it does not answer\n", .serviceUnavailable)
            }
        }
        router.get("/metrics") { [figures] _ in
            Response(type: "text/plain; version=0.0.4; charset=utf-8", Array(try await figures().utf8))
        }
        return router
    }
}
