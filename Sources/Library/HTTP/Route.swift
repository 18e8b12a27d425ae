/// What a path looks like: `/accounts/:account/files/*path`.
///
/// A segment is a word, a place holder `:name` for one segment that is not
/// empty, or at the end `*name` for one or more of them.
package struct RoutePattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    enum Segment: Hashable, Sendable {
        case word(String)
        case one(String)
        case rest(String)
    }

    let segments: [Segment]
    private let text: String

    package init(stringLiteral text: StaticString) {
        self.text = text.description
        guard text.description.first == "/" else { preconditionFailure("a route begins with /") }
        let parts = self.text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        segments =
            parts == [""]
            ? []
            : parts.map { part in
                switch part.first {
                case ":": .one(String(part.dropFirst()))
                case "*": .rest(String(part.dropFirst()))
                default: .word(String(part))
                }
            }
        let isLast = segments.dropLast().allSatisfy { if case .rest = $0 { false } else { true } }
        precondition(isLast, "* stands at the end of a route")
    }

    /// The place holders' values; nil where the path is another.
    func match(_ path: RequestPath) -> [String: String]? {
        var values: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            guard index < path.segments.count else { return nil }
            let actual = path.segments[index]
            switch segment {
            case .word(let word): guard word == actual else { return nil }
            case .one(let name):
                guard !actual.isEmpty else { return nil }
                values[name] = actual
            case .rest(let name):
                values[name] = path.segments[index...].joined(separator: "/")
                return values
            }
        }
        return segments.count == path.segments.count ? values : nil
    }

    /// Words come before place holders, and those before the rest.
    var order: [Int] {
        segments.map {
            switch $0 {
            case .word: 0
            case .one: 1
            case .rest: 2
            }
        }
    }

    package var description: String { text }
}

/// One thing that can be asked for, and who answers.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Request) async throws -> Response

    package let method: Method
    package let pattern: RoutePattern
    /// Octets of content it takes; more is refused before it is read.
    package let bodyLimit: Int
    let handler: Handler
}
