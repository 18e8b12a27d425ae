internal import Files
internal import Synchronization

/// A file that a command writes instead of standard output.
///
/// It has its name only when all of it is there: whoever finds it finds it
/// whole. What was cut short leaves nothing.
final class OutputFile: CommandOutput {
    private let complaints: any CommandOutput
    private let path: String
    private let directory: Directory
    private let name: String
    private let temporary: String
    private let state: Mutex<State>

    private struct State: ~Copyable {
        var file: File?
        var failure: FileError?
    }

    var isTerminal: Bool { false }

    init(path: String, complaints: any CommandOutput) throws {
        self.path = path
        self.complaints = complaints
        (directory, name) = try InputFile.split(path)
        temporary = ".\(name).part"
        // A name that is a device or a directory is not ours to replace.
        if let kind = try? directory.status(of: name).kind, kind != .file {
            throw CommandFailure(.inputOutput, "\(path) is there already, and is no file")
        }
        do throws(FileError) {
            try directory.remove(temporary)
            state = Mutex(State(file: try directory.createFile(temporary, mode: 0o600), failure: nil))
        } catch {
            throw CommandFailure(.inputOutput, "\(path): \(error)")
        }
    }

    deinit {
        // What was finished has another name by now.
        _ = try? directory.remove(temporary)
    }

    func write(_ octets: [UInt8]) {
        state.withLock { state in
            guard state.failure == nil else { return }
            do throws(FileError) {
                try state.file?.write(octets)
            } catch {
                state.failure = error
            }
        }
    }

    func complain(_ words: String) { complaints.complain(words) }

    /// Gives the file its name, in place of an older one.
    func finish() throws {
        let failure = state.withLock { state -> FileError? in
            guard state.failure == nil, let file = state.file.take() else { return state.failure }
            do throws(FileError) {
                try file.synchronize()
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw CommandFailure(.inputOutput, "\(path): \(failure)") }
        do throws(FileError) {
            try directory.rename(temporary, to: name)
        } catch {
            throw CommandFailure(.inputOutput, "\(path): \(error)")
        }
    }
}
