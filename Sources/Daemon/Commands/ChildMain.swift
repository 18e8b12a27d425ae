internal import Archive
internal import Sandbox

/// `mailroom child TOOL`: opens what a stranger sent, locked down before the first octet.
///
/// Internal, in no help text. Run before anything starts a thread: Landlock
/// holds for the thread that asks and those it starts.
package enum ChildMain {
    /// - Parameter arguments: the words after `child`.
    /// - Returns: the exit status: 64 for words that are not ours, 69 when the lock did not hold.
    package static func run(_ arguments: [String]) -> Int32 {
        if arguments == [StandBy.word] { return StandBy.serve().map(run) ?? 0 }
        guard let tool = ContainerTool(arguments: arguments) else { return 64 }
        let needs = tool.needs
        let lockdown = Lockdown(
            limits: ResourceLimits(
                memory: needs.memory, processorSeconds: needs.processorSeconds, threads: needs.threads),
            reach: needs.program.map { .program($0) } ?? .nothing)
        return tool.run {
            do throws(SandboxError) {
                _ = try lockdown.apply()
                return true
            } catch {
                return false
            }
        }
    }
}
