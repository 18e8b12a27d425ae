internal import CLinux

/// One octet at the start of a file, written when this process crashes.
///
/// Whoever starts next can tell a crash of ours (a trap, a bad pointer, an
/// abort, the watchdog's SIGABRT) from an end that came from outside: nobody
/// can note a SIGKILL. What handled the signal before still gets it.
package enum CrashNote {
    /// - Parameter descriptor: stays open until ``end(in:)``.
    package static func begin(in descriptor: Int32) { mr_note_crashes(descriptor) }

    /// To be called before the descriptor is closed: its number may soon be another file's.
    package static func end(in descriptor: Int32) { mr_forget_crashes(descriptor) }
}
