internal import Configuration
internal import Daemon
internal import Mail
internal import Outbox
internal import SMTP
internal import Store
internal import Workers

/// `mailroom check --online`, the part about servers that send.
enum CheckSending {
    static func run(
        _ configuration: Configuration, _ invocation: Invocation, _ answers: OnlineAnswers
    ) async -> ExitCode {
        var code = ExitCode.ok
        for route in configuration.routes(nil) {
            let mailbox = route.name.flatMap { configuration[mailbox: $0] }
            guard let stationery = configuration.stationery(from: mailbox) else { continue }
            let probe = RouteProbe(
                route, from: stationery.from, sources: configuration.sentPlaces(nil),
                patience: Fault.seconds(60))
            do {
                let server = try await probe.greet()
                let most = server.largestMessage.map { ", SIZE \(size(Int64($0)))" } ?? ""
                answers.tell(route.title, "\(route.endpoint)", "login ok\(most)")
            } catch {
                answers.tell(route.title, "\(route.endpoint)", "\(error)", isGood: false)
                code = .unavailable
                continue
            }
            do {
                let habit = try await probe.run(now: Office.now)
                for line in lines(habit, stationery.from.address, configuration) {
                    answers.tell(route.title, nil, line, isGood: habit.bouncesTo != nil)
                }
                if habit.bouncesTo == nil { code = .configuration }
                try await record(habit, invocation)
            } catch {
                answers.tell(route.title, nil, "the probe could not be sent: \(error)", isGood: false)
                code = .unavailable
            }
        }
        return code
    }

    private static func lines(
        _ habit: RouteHabit, _ from: EmailAddress, _ configuration: Configuration
    ) -> [String] {
        guard let source = habit.bouncesTo else {
            return [
                "error: replies and bounces of \(from) reach no synced mailbox: what was sent there did not "
                    + "arrive in any within a minute"
            ]
        }
        var lines = ["replies and bounces of \(from) reach [mailbox.\(source)]"]
        if habit.keepsMessageID == false {
            lines.append("the server replaces the Message-ID: replies are known by References")
        }
        if habit.filesCopy == true { lines.append("the server files its own copy in Sent") }
        if habit.subAddress == false, configuration.sending?.subAddress == true {
            lines.append(
                "warning: \(from.localPart)+…@\(from.domain) does not arrive: set sub_address = false")
        } else if habit.subAddress == true, configuration.sending?.subAddress == false {
            lines.append("sub-addresses arrive: sub_address = true would make replies surer")
        }
        return lines
    }

    /// By whoever has the data.
    private static func record(_ habit: RouteHabit, _ invocation: Invocation) async throws {
        func word(_ flag: Bool?) -> String { flag.map { $0 ? "yes" : "no" } ?? "unknown" }
        let words = [
            habit.route.isEmpty ? "smtp" : habit.route, word(habit.keepsMessageID), word(habit.filesCopy),
            word(habit.subAddress), habit.bouncesTo ?? "nowhere",
        ]
        let (command, rest) = try CommandTable.find(["queue", "learn"] + words)
        let learning = Invocation(
            arguments: try command.parse(rest), output: invocation.output, actor: invocation.actor,
            configurationPath: invocation.configurationPath, file: nil)
        _ = try await Desk.withDesk(for: command, words: [command.name] + rest, learning, learn)
    }

    /// `mailroom queue learn`: what a probe found out.
    static func learn(_ invocation: Invocation, _ desk: Desk) async throws -> ExitCode {
        let words = invocation.arguments.operands
        func flag(_ word: String) -> Bool? { word == "yes" ? true : word == "no" ? false : nil }
        let habit = RouteHabit(
            route: words[0] == "smtp" ? "" : words[0], keepsMessageID: flag(words[1]),
            filesCopy: flag(words[2]), subAddress: flag(words[3]),
            bouncesTo: words[4] == "nowhere" ? nil : words[4])
        let now = desk.now
        try await desk.store.write { try $0.setHabit(habit, now: now) }
        return .ok
    }
}
