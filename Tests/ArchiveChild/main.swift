import Archive
import Sandbox

// Stands in for `mailroom child TOOL`: the same wiring, and tools that misbehave.
exitWith(ArchiveChild.run(Array(CommandLine.arguments.dropFirst(2))))
