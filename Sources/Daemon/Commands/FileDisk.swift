internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Mailroom
internal import Store

/// `mailroom file disk`: what in the tree of documents needs a person, and what a person says of it.
enum FileDisk {
    static func run(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let arguments = invocation.arguments
        let account = try await desk.account(of: invocation)
        let answers = DiskAnswer.allCases.filter { arguments.has("--\($0.rawValue)") }
        let strayAnswers = StrayAnswer.allCases.filter { arguments.has("--\($0.rawValue)") }
        guard answers.count + strayAnswers.count > 0 else { return try await list(invocation, desk, account) }
        guard answers.count + strayAnswers.count == 1 else {
            throw CommandFailure(
                .usage, "--trash, --restore, --adopt or --return: only one of them can be meant")
        }
        guard let account else {
            throw CommandFailure(.usage, "--account N is missing: in whose directory")
        }
        if let answer = strayAnswers.first { return try await settle(answer, account, invocation, desk) }
        guard let answer = answers.first else { return .ok }
        let count = try await desk.office.keeper.answer(answer, of: account.id, by: invocation.actor).count
        if invocation.json {
            invocation.output.print([answer.rawValue: JSON(count)])
            return .ok
        }
        let words =
            switch answer {
            case .trash: "into the trash, for 120 days"
            case .restore: "made anew"
            }
        invocation.output.print("\(words): \(counted(count, "document")) of account \(account.number)")
        return .ok
    }

    private static func settle(
        _ answer: StrayAnswer, _ account: Account, _ invocation: Invocation, _ desk: Desk
    ) async throws -> ExitCode {
        let id = account.id
        let files = try await desk.store.read { try $0.strayFiles(of: id) }
        let count = try await desk.office.keeper.settle(files.map(\.id), answer, by: invocation.actor)
        if invocation.json {
            invocation.output.print([answer.rawValue: JSON(count)])
            return .ok
        }
        let words =
            switch answer {
            case .adopt: "taken in"
            case .return: "given back to whose they are"
            }
        invocation.output.print("\(words): \(counted(count, "file")) in account \(account.number)")
        return .ok
    }

    private static func list(
        _ invocation: Invocation, _ desk: Desk, _ account: Account?
    ) async throws -> ExitCode {
        let id = account?.id
        let reports = try await desk.store.read { try $0.diskReports(of: id) }
        if invocation.json {
            for report in reports {
                invocation.output.print(
                    [
                        "kind": .string(report.kind.rawValue), "path": .string(report.path),
                        "count": JSON(report.count), "since": .string(report.since.rfc3339),
                    ])
            }
            return .ok
        }
        guard !reports.isEmpty else {
            invocation.output.print("Nothing on the disk needs you.")
            return .ok
        }
        var table = Table(["SINCE", "WHAT", "WHERE"])
        let clock = OfficeClock(desk.configuration, now: desk.now)
        for report in reports {
            table.add([clock.short(report.since), report.words, report.path.shown])
        }
        for line in table.lines { invocation.output.print(line) }
        if reports.contains(where: { $0.kind == .gone }) {
            invocation.output.print(
                "mailroom file disk --account N --restore makes them anew, --trash takes them for deleted.")
        }
        if reports.contains(where: { $0.kind == .stray }) {
            invocation.output.print(
                "mailroom file disk --account N --adopt takes them in there, --return gives them back.")
        }
        return .ok
    }
}

extension DiskReport {
    /// What it is, for a table.
    var words: String {
        switch kind {
        case .gone: "\(counted(count, "document")) gone: nothing is done before you say so"
        case .stranger: "no account's directory"
        case .loose: "a file in no folder"
        case .closed: "a link, a pipe, or nothing that may be read"
        case .name: "names that are not UTF-8, or that no document can have"
        case .changed: "changed, though it is for reading only"
        case .foreign: "\(counted(count, "file")) put there, though it is for reading only"
        case .watch: "the kernel watches no more directories: raise fs.inotify.max_user_watches"
        case .room: "no room to keep what was changed"
        case .stray: "another account’s document: nothing is done before you say whose it is"
        }
    }
}
