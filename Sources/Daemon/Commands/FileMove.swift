internal import Intake
internal import Mail
internal import Mailroom
internal import Store

/// `mailroom file move`: a document gets another folder, and that folder's access.
enum FileMove {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let document = try await desk.document(arguments.operands[0])
        guard let text = arguments.value("--folder") else {
            throw CommandFailure(.usage, "--folder F is missing: where it goes")
        }
        let account = try await desk.account(arguments.value("--account") ?? document.accountNumber)
        let folder = try FolderReading.folder(text, of: account)
        _ = try await desk.clerk(invocation).move(document.id, to: folder, of: account.id)
        guard let moved = try await desk.store.read({ try $0.documentListing(document.id) }) else {
            return .ok
        }
        if invocation.json {
            invocation.output.print(FileList.json(moved))
        } else {
            invocation.output.print(
                "\(moved.name) → \(moved.accountNumber) \(moved.folder)   \(moved.access.words)".shown)
        }
        return .ok
    }
}

/// `mailroom file unfile`: a document leaves its folder; its original stays, and staff are asked again.
enum FileUnfile {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let document = try await desk.document(invocation.arguments.operands[0])
        let parts = try await desk.clerk(invocation).unfile(document.id)
        if invocation.json {
            invocation.output.print(["id": JSON(document.id.rawValue), "needs_filing": JSON(parts)])
        } else {
            let words = parts == 1 ? "1 part waits" : "\(parts) parts wait"
            let again = document.message.map { ": mailroom file release \($0)" } ?? ""
            invocation.output.print(
                "\(document.name) is out of \(document.accountNumber) \(document.folder); \(words) for staff\(again)"
                    .shown)
        }
        return .ok
    }
}

extension Desk {
    /// The document of that number.
    func document(_ text: String) async throws -> DocumentListing {
        guard let number = Int64(text) else {
            throw CommandFailure(
                .usage, "“\(text.shown)” is no document: they have numbers, see mailroom file list")
        }
        guard let document = try await store.read({ try $0.documentListing(DocumentID(number)) }) else {
            throw CommandFailure(.noSuchThing, "there is no document \(number)")
        }
        guard !document.isTrashed else {
            throw CommandFailure(.noSuchThing, "document \(number) was taken out of its folder")
        }
        return document
    }
}
