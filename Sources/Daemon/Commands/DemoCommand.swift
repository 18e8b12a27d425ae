/// `mailroom demo`: a made-up firm on a real IMAP server, read, filed and shown.
enum DemoCommand {
    static func run(_ invocation: Invocation) async throws -> ExitCode {
        throw CommandFailure(.unavailable, "not wired")
    }
}
