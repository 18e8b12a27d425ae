package import Files

/// Why octets could not be kept, or were not given back.
package struct VaultError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// What the system said.
        case file(FileError)
        /// A file of that name is there that is not ours to replace.
        case nameTaken
        /// A name that would lead out of its directory, or that no file can have.
        case unsafeName
        /// What was recorded is not on the disk.
        case missing
        /// What is on the disk is not what was recorded: its hash or its form is wrong.
        case damaged
        /// An original whose octets were erased on purpose.
        case erased
        /// The chunks of an original are not as many octets as were received.
        case incomplete
        /// The disk did not take what was written since the last flush: all of it must be written again.
        case lost
    }

    package let code: Code
    /// What we were doing.
    package let doing: String

    package init(_ code: Code, _ doing: String) {
        self.code = code
        self.doing = doing
    }

    /// For `catch`: what the system said, while we were doing this.
    init(_ error: FileError) { self.init(.file(error), error.doing) }

    package var isOutOfSpace: Bool {
        if case .file(let error) = code { error.isOutOfSpace } else { false }
    }

    package var isMissing: Bool {
        switch code {
        case .missing: true
        case .file(let error): error.isMissing
        case .nameTaken, .unsafeName, .damaged, .erased, .incomplete, .lost: false
        }
    }

    /// Whether the same may succeed later.
    package var isTransient: Bool {
        switch code {
        case .file(let error): error.isTransient
        case .lost: true
        case .nameTaken, .unsafeName, .missing, .damaged, .erased, .incomplete: false
        }
    }

    package var description: String {
        switch code {
        case .file(let error): error.description
        case .nameTaken: "\(doing): another file has the name"
        case .unsafeName: "\(doing): no file can have that name"
        case .missing: "\(doing): it is not on the disk"
        case .damaged: "\(doing): it is damaged"
        case .erased: "\(doing): it was erased"
        case .incomplete: "\(doing): octets are missing"
        case .lost: "\(doing): the disk did not keep what was written"
        }
    }
}

/// Runs what throws the system's errors where ours are thrown.
func files<Result: ~Copyable>(
    _ body: () throws(FileError) -> Result
) throws(VaultError) -> Result {
    do throws(FileError) { return try body() } catch { throw VaultError(error) }
}
