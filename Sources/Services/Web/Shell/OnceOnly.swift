internal import Crypto
internal import HTTP
internal import Mail

/// Has what a form orders done once, however often its button was pressed.
///
/// A second click on *Send* is the same letter, not another one: it waits for
/// the first and gets its answer. Each form has a token of its own, so whoever
/// orders the same again on a new page gets it again.
actor OnceOnly {
    private struct Deed {
        let task: Task<Response, any Error>
        var ended: ContinuousClock.Instant?
    }

    /// For so long a click may be one of an impatient hand.
    private static let patience = Duration.seconds(30)

    private var deeds: [SHA256Digest: Deed] = [:]

    /// - Parameter form: all that was sent, with who sent it.
    func response(
        to form: String, _ deed: @escaping @Sendable () async throws -> Response
    ) async throws -> Response {
        let key = SHA256.digest(of: Array(form.utf8))
        if let known = deeds[key], !isOver(known) { return try await known.task.value }
        forget()
        let task = Task { try await deed() }
        deeds[key] = Deed(task: task)
        do {
            let response = try await task.value
            // What was refused may be tried again.
            if response.status == .seeOther { deeds[key]?.ended = .now } else { deeds[key] = nil }
            return response
        } catch {
            deeds[key] = nil
            throw error
        }
    }

    private func isOver(_ deed: Deed) -> Bool { deed.ended.map { .now - $0 > Self.patience } ?? false }

    private func forget() { deeds = deeds.filter { !isOver($0.value) } }
}
