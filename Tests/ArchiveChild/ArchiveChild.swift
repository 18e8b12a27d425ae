import Archive
import Glibc
import Sandbox

/// Runs a tool of the child's, or a misbehaviour under the same lock.
enum ArchiveChild {
    static func run(_ arguments: [String]) -> Int32 {
        if arguments == [StandBy.word] { return StandBy.serve().map(run) ?? 0 }
        if let misbehaviour = arguments.first.flatMap({ Misbehaviour(rawValue: $0) }) {
            return misbehaviour.run(Array(arguments.dropFirst()))
        }
        guard let tool = ContainerTool(arguments: arguments) else { return EX_USAGE }
        let needs = tool.needs
        let lockdown = Lockdown(
            limits: ResourceLimits(
                memory: needs.memory, processorSeconds: needs.processorSeconds, threads: needs.threads),
            reach: needs.program.map { .program($0) } ?? .nothing)
        return tool.run { (try? lockdown.apply()) != nil }
    }
}

func exitWith(_ status: Int32) -> Never { exit(status) }
