import Testing

/// The whole program from outside.
///
/// Everything here starts real servers and kills real daemons: one test
/// after the other, for the machine's sake.
@Suite(
    "End to end: the built mailroom and a real Dovecot", .serialized,
    .enabled(if: Binary.isBuilt, "mailroom is not built beside the tests"))
enum EndToEnd {}

extension EndToEnd {
    struct NoServer: Error {}
}
